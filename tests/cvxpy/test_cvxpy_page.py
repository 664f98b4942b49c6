# SPDX-License-Identifier: MIT
"""The documentation's examples that need other packages are programs, too.

They are marked ```py there, those that need scs alone ```python.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs/coming-from-reference.md"
PROGRAMS = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)


def test_there_are_two() -> None:
    assert len(PROGRAMS) == 2


@pytest.mark.parametrize("program", PROGRAMS)
def test_program_runs_and_its_assertions_hold(program: str) -> None:
    assert re.search(r"^ *assert ", program, re.MULTILINE), "nothing is checked"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60
    )
    assert run.returncode == 0, run.stderr
