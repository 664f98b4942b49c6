# SPDX-License-Identifier: MIT
"""The README's examples are programs that run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()


def block(language: str) -> str:
    found = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    assert len(found) == 1
    return str(found[0])


def test_python_example_prints_its_solutions() -> None:
    run = subprocess.run(
        [sys.executable, "-c", block("python")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    numbers = [float(x) for x in re.findall(r"\d+\.\d+", run.stdout)]
    assert run.stdout.startswith("solved ")
    # min 3/2 a^2 - a b + b^2 - a - k b on a + b = 1: a = (4 - k) / 7 for k = 1 and 2.
    expected = [3 / 7, 4 / 7, 2 / 7, 5 / 7]
    assert len(numbers) == len(expected)
    for number, value in zip(numbers, expected, strict=True):
        assert abs(number - value) < 1e-6


def test_cpp_example_is_the_compiled_one() -> None:
    compiled = (ROOT / "tests/cpp/readme.cpp").read_text()
    assert compiled.endswith(block("cpp"))
    assert compiled.count("\n") == block("cpp").count("\n") + 3
