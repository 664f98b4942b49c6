# SPDX-License-Identifier: MIT
"""The gallery is complete: each example draws its picture and has its page."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

import picture

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "examples" / "gallery"
PAGES = ROOT / "docs" / "examples"
SHARED = {"conic", "picture"}
NAMES = sorted({path.stem for path in GALLERY.glob("*.py")} - SHARED)


def test_there_are_examples():
    assert len(NAMES) >= 8


@pytest.mark.parametrize("name", NAMES)
def test_picture(name, tmp_path):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    example = importlib.import_module(name)
    outcome = example.main()
    for suffix in (".png", ".svg"):
        path = tmp_path / f"{name}{suffix}"
        picture.save(lambda figure: example.draw(outcome, figure), path)
        assert 5000 < path.stat().st_size < 150_000


@pytest.mark.parametrize("name", NAMES)
def test_page(name):
    page = (PAGES / f"{name}.md").read_text()
    example = importlib.import_module(name)
    assert re.search(rf"^!\[.+\]\({name}\.svg\)$", page, re.MULTILINE)
    assert 5000 < (PAGES / f"{name}.svg").stat().st_size < 60_000
    shown = re.findall(
        r"^```\{literalinclude\} (\S+)\n:language: python\n:pyobject: (\w+)\n",
        page,
        re.MULTILINE,
    )
    assert shown
    for script, function in shown:
        assert (PAGES / script).resolve() == GALLERY / f"{name}.py"
        assert callable(getattr(example, function))
    assert f"({name}.md)" in (PAGES / "index.md").read_text()


def test_command_line(tmp_path):
    pytest.importorskip("matplotlib")
    script, file = GALLERY / "max_entropy.py", tmp_path / "dice.svg"
    run = subprocess.run(
        [sys.executable, "-W", "error", str(script), "--picture", str(file)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    assert "entropy" in run.stdout
    assert file.read_text().startswith("<?xml")


def test_without_matplotlib(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(SystemExit, match=r"pip install scs\[plot\]"):
        picture.save(lambda figure: None, tmp_path / "none.png")
