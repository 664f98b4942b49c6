# SPDX-License-Identifier: MIT
"""Which wheels are made: one with the stable ABI, one each where there is none."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / ".github/workflows/wheels.yml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PYTHONS = ["cp311", "cp312", "cp313t", "cp314t"]
PLATFORMS = {
    ("linux", "x86_64"): ["manylinux_x86_64", "musllinux_x86_64"],
    ("linux", "aarch64"): ["manylinux_aarch64", "musllinux_aarch64"],
    ("macos", "x86_64"): ["macosx_x86_64"],
    ("macos", "arm64"): ["macosx_arm64"],
    ("windows", "AMD64"): ["win_amd64"],
}


@pytest.mark.parametrize("platform", PLATFORMS, ids="-".join)
def test_cibuildwheel_makes_these(platform: tuple[str, str]) -> None:
    pytest.importorskip("cibuildwheel", reason="`make wheel` has it")
    system, machine = platform
    command = [sys.executable, "-m", "cibuildwheel", "--print-build-identifiers"]
    command += ["--platform", system, "--archs", machine, str(ROOT)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    expected = [f"{python}-{tag}" for tag in PLATFORMS[platform] for python in PYTHONS]
    assert run.stdout.split() == expected


def test_the_oldest_python_with_the_stable_abi_makes_that_wheel() -> None:
    assert PROJECT["tool"]["scikit-build"]["wheel"]["py-api"] == "cp312"
    assert [b.removesuffix("-*") for b in PROJECT["tool"]["cibuildwheel"]["build"]] == (
        PYTHONS
    )


def test_what_is_tested_in_a_wheel_is_there() -> None:
    files = (ROOT / "tests/python/anywhere.txt").read_text().split()
    assert len(files) > 10
    for name in [*files, *PROJECT["tool"]["cibuildwheel"]["test-sources"]]:
        assert (ROOT / name).exists(), name
    commands = " ".join(PROJECT["tool"]["cibuildwheel"]["test-command"])
    assert "@tests/python/anywhere.txt" in commands


def test_actions_are_pinned_and_nothing_is_published() -> None:
    text = WORKFLOW.read_text()
    actions = re.findall(r"uses: (\S+)", text)
    assert actions
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", a) for a in actions)
    assert "secrets." not in text
    assert re.search(r"^permissions:\n  contents: read$", text, re.MULTILINE)
    assert "write" not in text
