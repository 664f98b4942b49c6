# SPDX-License-Identifier: MIT
"""Every Python block of the documentation is a program; its assertions decide."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scs import _core

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "docs").glob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP", "BLIS")
}


def blocks() -> list[tuple[str, str]]:
    """Where each program is, and the program."""
    found = []
    for page in PAGES:
        text = page.read_text()
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append((f"{page.name}:{line}", match[1]))
    return found


PROGRAMS = blocks()


@pytest.mark.parametrize(
    "program", [p for _, p in PROGRAMS], ids=[place for place, _ in PROGRAMS]
)
def test_block_runs_and_its_assertions_hold(program: str) -> None:
    assert re.search(r"^ *assert ", program, re.MULTILINE), "nothing is checked"
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | ONE_THREAD,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""


def test_every_cone_has_its_section_in_the_order_of_the_rows() -> None:
    page = (ROOT / "docs/cones.md").read_text()
    keys = [
        key.strip()
        for heading in re.findall(r"^## ([\w, ]+): ", page, re.MULTILINE)
        for key in heading.split(",")
    ]
    assert sorted(keys[2:4]) == ["bl", "bu"]
    fields = list(_core.CONE_FIELDS)
    assert sorted(fields[2:4]) == ["bl", "bu"]
    assert [*keys[:2], *keys[4:]] == [*fields[:2], *fields[4:]]


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in PAGES:
        text = page.read_text()
        anchors = {
            re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        }
        for target in re.findall(r"\]\(([^)]+)\)", text):
            if target.startswith("#"):
                assert target[1:] in anchors, f"{page.name}: {target}"
            elif "://" not in target:
                place = page.parent / target.split("#")[0]
                assert place.exists(), f"{page.name}: {target}"
