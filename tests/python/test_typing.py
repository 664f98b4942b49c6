# SPDX-License-Identifier: MIT
"""Type checkers agree with what the package does at run time."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

import scs

PROGRAM = Path(__file__).parents[1] / "typing" / "uses_everything.py"


@pytest.mark.thread_unsafe(reason="imports are shared")
def test_the_program_that_uses_everything_runs(capsys):
    runpy.run_path(str(PROGRAM), run_name="__main__")
    assert capsys.readouterr().out == ""


def test_it_uses_everything():
    text = PROGRAM.read_text()
    unused = [name for name in scs.__all__ if f"scs.{name}" not in text]
    unused += [
        name
        for name in vars(scs.SCS)
        if not name.startswith("_") and f".{name}(" not in text
    ]
    unused += [name for name in scs.Settings.__annotations__ if f'"{name}"' not in text]
    assert unused == []


@pytest.mark.thread_unsafe(reason="starts a process that takes a while")
def test_mypy_is_satisfied_with_it(tmp_path):
    pytest.importorskip("mypy")
    # Not the project's: this is what a user sees, with the installed package.
    config = tmp_path / "mypy.ini"
    config.write_text(
        "[mypy]\nstrict = True\n"
        "[mypy-scipy.*,matplotlib.*]\nignore_missing_imports = True\n"
    )
    run = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", config, PROGRAM],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_settings_of_the_type_are_those_of_the_solver():
    from scs import _core

    own = {"linear_solver", "on_concurrent_use"}
    assert set(scs.Settings.__annotations__) | own == set(_core.SETTINGS) | own
    assert set(scs.Settings.__optional_keys__) == set(_core.SETTINGS) | own
