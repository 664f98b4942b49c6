# SPDX-License-Identifier: MIT
"""Every Python block of the documentation is a program; its assertions decide.

What the pages say in tables is compared with the code and the records it comes from.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

import scs
from scs import _core

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ONE_THREAD = {
    f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP", "BLIS")
}


def load(path: Path) -> ModuleType:
    """A module that is in no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def blocks() -> list[tuple[str, str]]:
    """Where each program is, and the program."""
    found = []
    for page in PAGES:
        text = page.read_text()
        for match in BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append((f"{page.relative_to(DOCS)}:{line}", match[1]))
    return found


def rows(page: str, heading: str) -> list[list[str]]:
    """The cells of the table whose first heading is this, without the headings."""
    text = (DOCS / page).read_text()
    start = text.index(f"\n| {heading} |") + 1
    lines = text[start:].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


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


def transcripts() -> list[tuple[str, str, str, str]]:
    """Where an object is shown, its name, the program that makes it, what is shown."""
    found = []
    for page in PAGES:
        text = page.read_text()
        for match in re.finditer(r"^```text\n>>> (\w+)\n(.*?)^```$", text, re.M | re.S):
            makes = re.compile(rf"^{match[1]} = ", re.M)
            before = BLOCK.findall(text, 0, match.start())
            program = [block for block in before if makes.search(block)][-1]
            line = text.count("\n", 0, match.start()) + 1
            place = f"{page.relative_to(DOCS)}:{line}"
            found.append((place, match[1], program, match[2]))
    return found


SHOWN = transcripts()


@pytest.mark.parametrize(
    ("name", "program", "shown"), [row[1:] for row in SHOWN], ids=[r[0] for r in SHOWN]
)
def test_objects_are_shown_as_they_are(name: str, program: str, shown: str) -> None:
    pages = load(ROOT / "tools/gallery_pages.py")
    run = subprocess.run(
        [sys.executable, "-c", f"{program}\nprint(repr({name}))"],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | ONE_THREAD,
    )
    assert run.returncode == 0, run.stderr
    without = without_times(shown), without_times(run.stdout)
    assert pages.differences(*without) == []


def without_times(shown: str) -> str:
    """Zeros for the numbers of the lines that say how long something took."""
    return re.sub(
        r"^  time +solve .*$",
        lambda line: re.sub(r"\d[\d.e+-]*", "0", line[0]),
        shown,
        flags=re.MULTILINE,
    )


def test_every_cone_has_its_section_in_the_order_of_the_rows() -> None:
    page = (DOCS / "cones.md").read_text()
    keys = [
        key.strip()
        for heading in re.findall(r"^## ([\w, ]+): ", page, re.MULTILINE)
        for key in heading.split(",")
    ]
    assert sorted(keys[2:4]) == ["bl", "bu"]
    fields = list(_core.CONE_FIELDS)
    assert sorted(fields[2:4]) == ["bl", "bu"]
    assert [*keys[:2], *keys[4:]] == [*fields[:2], *fields[4:]]


SETTINGS = {row[0].strip("`"): row for row in rows("settings.md", "setting")}


def test_every_setting_has_its_row_with_its_default() -> None:
    assert set(SETTINGS) == set(_core.SETTINGS)
    for name, (_, default, *_) in SETTINGS.items():
        actual = _core.DEFAULTS[name]
        said = {"True": True, "None": None}.get(default, default)
        assert (float(str(said)) if isinstance(said, str) else said) == actual, name


# What a range of the table lets in and what it keeps out.
RANGES: dict[str, tuple[list[object], list[object]]] = {
    ">= 0": ([0.0, 7.0], [-1e-9, np.inf, np.nan]),
    "> 0": ([1e-9, 7.0], [0.0, -1.0, np.inf, np.nan]),
    "in (0, 2)": ([1e-3, 1.999], [0.0, 2.0]),
    "in [0, 2]": ([0.0, 2.0], [-1e-9, 2.001]),
    "finite": ([-1.0, 0.0, 1.0], [np.inf, np.nan]),
    "integer >= 0": ([0, 3], [-1, 1.5]),
    "integer > 0": ([1, 3], [0, -1, 1.5]),
    "integer": ([0, 1, 2, -1], [1.5]),
    "bool": ([True, False], [2]),
    "path": ([None], [7]),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_ranges_of_settings_are_those_of_the_table(name: str) -> None:
    data = {"A": -sp.eye(2, format="csc"), "b": -np.ones(2), "c": np.ones(2)}
    inside, outside = RANGES[SETTINGS[name][2]]

    def construct(value: Any) -> None:
        scs.SCS(data, {"l": 2}, **({"verbose": False} | {name: value}))

    for value in inside:
        construct(value)
    for value in outside:
        with pytest.raises((ValueError, TypeError)):
            construct(value)


def test_statuses_of_the_table_are_those_of_the_package() -> None:
    for value, constant, status, *_ in rows("problem.md", "`status_val`"):
        name = constant.strip("`")
        assert getattr(scs, name) == int(value)
        said = {"FAILED": "failure", "SIGINT": "interrupted"}
        assert status.split()[0] == said.get(name, name.split("_")[0].lower())


def test_results_of_the_table_are_those_of_the_records() -> None:
    if not (ROOT / "benchmarks").exists():
        pytest.skip("a source distribution has no benchmarks")
    sys.path.insert(0, str(ROOT / "benchmarks"))
    from scsbench import condensed, plot

    lines = condensed.read(DOCS / "_static/performance.csv")
    found = plot.by_class(lines, limit=60.0)
    table = {row[0]: row[1:] for row in rows("performance.md", "class")}
    assert set(table) == {plot.TITLES[name] for name in found if name != "all"}
    for name, summary in found.items():
        if name != "all":
            assert table[plot.TITLES[name]] == [
                str(summary.problems),
                *map(str, summary.confirmed),
                f"{summary.time_ratio:.2f}",
                f"{summary.iteration_ratio:.2f}",
            ]


def test_reference_pages_have_every_public_function() -> None:
    header_pages = load(DOCS / "_ext/header_pages.py")
    page = header_pages.fill((DOCS / "api-c.md").read_text())
    headings = re.findall(r"^### `(\w+)`", page, re.MULTILINE)
    for name in ("scs.h", "scs_ext.h", "scs_lapack.h"):
        text = (ROOT / "scs_source/include" / name).read_text()
        functions = re.findall(r"^SCS_API [^(]*?(\w+)\(", text, re.MULTILINE)
        structs = re.findall(r"^\} (\w+);", text, re.MULTILINE)
        assert functions
        for function in functions + structs:
            assert headings.count(function) == 1, function
    assert "SCS_API" not in page
    # a declaration, and after it what its comment says
    assert "```c\nvoid scs_finish(ScsWork *work);\n```\n\nFree the workspace" in page

    page = header_pages.fill((DOCS / "api-cpp.md").read_text())
    headers = set((ROOT / "include/scs").glob("*.hpp"))
    headers.remove(ROOT / "include/scs/fields.hpp")  # for those who write bindings
    for header in sorted(headers):
        text = header.read_text()
        for name in re.findall(r"^(?:class|struct) (?:SCS\w+ )?(\w+)", text, re.M):
            assert f"### `{name}`" in page
    assert "```cpp\nvoid interrupt() noexcept;\n```" in page
    assert "private:" not in page
    assert "SCS_FACADE_API" not in page


def test_python_reference_has_every_public_name() -> None:
    page = (DOCS / "api-python.md").read_text()
    for name in scs.__all__:
        auto = rf"^\.\. auto\w+:: {name}(\(\.\.\.\))?$"
        assert re.search(auto, page, re.MULTILINE) or f"`{name}`" in page, name


def test_first_page_lists_the_pages_that_are_there() -> None:
    pages = load(DOCS / "_ext/pages.py")
    first = "a\n\n```{toctree}\n:hidden:\n\none\ngone\n```\n\n```{toctree}\ntwo\n```\n"
    found = pages.complete(first, {"index", "one", "two", "new"})
    assert "one\n```" in found
    assert "gone" not in found
    assert found.endswith("two\nnew\n```\n")
    text = "[in](../b.md) [out](../../b.md#c)"
    page = DOCS / "examples/a.md"
    assert pages.without_links_out(text, page, DOCS) == "[in](../b.md) out"


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)]+)\)", text):
            if "://" not in target:
                where = f"{page.name}: {target}"
                name, _, anchor = target.partition("#")
                place = page.parent / name if name else page
                assert place.exists(), where
                if anchor and place.suffix == ".md":
                    assert anchor in anchors(place.read_text()), where


def anchors(text: str) -> set[str]:
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
