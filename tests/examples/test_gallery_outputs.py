# SPDX-License-Identifier: MIT
"""The pages show what the examples print; what differs is noticed."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

spec = importlib.util.spec_from_file_location(
    "gallery_pages", ROOT / "tools/gallery_pages.py"
)
assert spec is not None
assert spec.loader is not None
gallery_pages = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gallery_pages)


@pytest.mark.parametrize("name", gallery_pages.names())
def test_page_shows_what_is_printed(name, capsys):
    importlib.import_module(name).main()
    printed = capsys.readouterr().out
    page = (gallery_pages.PAGES / f"{name}.md").read_text("utf-8")
    before, shown, after = gallery_pages.split(page)
    assert before + after
    assert gallery_pages.differences(shown, printed) == [], "refresh: make gallery"
    assert gallery_pages.join(before, shown, after) == page


def test_pages_without_a_single_output_are_refused():
    assert gallery_pages.split("# T\n\n    a\n    b 1\n\nend\n") == (
        "# T\n\n",
        "a\nb 1\n",
        "\nend\n",
    )
    for page in ("# T\n\ntext\n", "a\n\n    b\n\nc\n\n    d\n"):
        with pytest.raises(ValueError, match="instead of one"):
            gallery_pages.split(page)


TABLE = "penalty  features   iterations\n 0.2424         5          100\n"


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("theta 2.236068\n", "theta 2.236069\n"),
        ("error 9.2e-10\n", "error 1.3e-08\n"),
        ("took 0.14 ms, 25 iterations\n", "took 8.00 ms, 25 iterations\n"),
        ("75 iterations warm, 100 cold\n", "100 iterations warm, 75 cold\n"),
        (TABLE, TABLE.replace("        100", "        125")),
    ],
)
def test_rounding_iterations_and_times_are_let_through(shown, printed):
    assert gallery_pages.differences(shown, printed) == []


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("theta 2.236068\n", "theta 2.246068\n"),
        ("theta 2.236068\n", "Theta 2.236068\n"),
        ("theta 2.236068\n", "theta -2.236068\n"),
        ("error 9.2e-10\n", "error 9.2e-04\n"),
        ("took 0.14 ms\n", "took 0.14 s\n"),
        ("took 0.14 ms, 25 iterations\n", "took 0.14 ms, 50 iterations\n"),
        (TABLE, TABLE.replace("        100", "        175")),
        (TABLE, TABLE.replace("  5  ", "  6  ")),
        ("one\ntwo\n", "one\n"),
        ("1 2\n", "1 2 3\n"),
    ],
)
def test_other_answers_are_not(shown, printed):
    assert len(gallery_pages.differences(shown, printed)) == 1
