# SPDX-License-Identifier: MIT
"""The examples of parallel solving run; each compares its results with serial ones."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "examples" / "parallel"
EXAMPLES = sorted(path for path in FOLDER.glob("*.py") if path.name != "workload.py")


@pytest.mark.thread_unsafe(reason="starts processes")
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path):
    done = subprocess.run(
        [sys.executable, str(path), "4", "10"],
        capture_output=True,
        text=True,
        timeout=250,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr
    assert len(re.findall(r"^.* \d+\.\d ms", done.stdout, re.M)) >= 2, done.stdout


def test_there_are_examples():
    assert len(EXAMPLES) >= 6
