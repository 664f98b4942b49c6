# SPDX-License-Identifier: MIT
"""What the examples print, in their pages: compares it, or writes it anew.

    python tools/gallery_pages.py                 says which pages are out of date
    python tools/gallery_pages.py --write         writes what the examples print now
    python tools/gallery_pages.py --write --pictures      and draws the pictures

A page holds the whole output of its script as an indented block. Answers have to be the
same up to rounding; counts of iterations may differ by half, as they depend on compiler
and BLAS, and times are not compared.
"""

from __future__ import annotations

import argparse
import math
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GALLERY = ROOT / "examples" / "gallery"
PAGES = ROOT / "docs" / "examples"
SHARED = {"conic", "picture"}  # modules of the examples, no examples

_BLOCK = re.compile(r"(?<=\n\n)(?:    .*\n)+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?: ms)?")
_RELATIVE, _ABSOLUTE = 2e-3, 1e-5
_COUNTS_DIFFER_BY = 1.5


def names() -> list[str]:
    """The examples, in the order of the alphabet."""
    return sorted({path.stem for path in GALLERY.glob("*.py")} - SHARED)


def split(page: str) -> tuple[str, str, str]:
    """What stands before the output, the output without its indent, and the rest.

    Raises
    ------
    ValueError
        There is no indented block, or more than one.

    """
    found = list(_BLOCK.finditer(page))
    if len(found) != 1:
        raise ValueError(f"{len(found)} indented blocks instead of one")
    start, end = found[0].span()
    return page[:start], re.sub("^    ", "", page[start:end], flags=re.M), page[end:]


def join(before: str, output: str, after: str) -> str:
    """Put a page together again."""
    return before + re.sub("^(?=.)", "    ", output, flags=re.M) + after


def differences(shown: str, printed: str) -> list[str]:
    """Lines of two outputs that do not say the same, in words."""
    old, new = shown.splitlines(), printed.splitlines()
    if len(old) != len(new):
        return [f"{len(old)} lines are shown, {len(new)} are printed"]
    last_is_count = bool(new) and new[0].endswith("iterations")
    return [
        f"{one!r} is shown, {two!r} is printed"
        for one, two in zip(old, new, strict=True)
        if not _same(one, two, last_is_count)
    ]


def _same(one: str, two: str, last_is_count: bool) -> bool:
    if _words(one) != _words(two):
        return False
    pairs = list(zip(_NUMBER.findall(one), _NUMBER.findall(two), strict=True))
    for k, (a, b) in enumerate(pairs):
        if a.endswith(" ms"):
            continue
        x, y = float(a), float(b)
        if " iterations" in one or (last_is_count and k == len(pairs) - 1):
            if max(x, y) > _COUNTS_DIFFER_BY * min(x, y):
                return False
        elif not math.isclose(x, y, rel_tol=_RELATIVE, abs_tol=_ABSOLUTE):
            return False
    return True


def _words(line: str) -> list[str]:
    return _NUMBER.sub(lambda f: "0 ms" if f[0].endswith("ms") else "0", line).split()


def printed(name: str, picture: Path | None = None) -> str:
    """Run an example and return what it prints."""
    drawing = [] if picture is None else ["--picture", str(picture)]
    return subprocess.run(
        [sys.executable, "-W", "error", str(GALLERY / f"{name}.py"), *drawing],
        stdout=subprocess.PIPE,
        text=True,
        timeout=300,
        check=True,
    ).stdout


def main() -> int:
    """Run the command line; 1 if a page is out of date and stays so."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="write the outputs")
    parser.add_argument("--pictures", action="store_true", help="draw the pictures")
    options = parser.parse_args()
    stale = False
    for name in names():
        path = PAGES / f"{name}.md"
        output = printed(name, PAGES / f"{name}.svg" if options.pictures else None)
        before, shown, after = split(path.read_text("utf-8"))
        found = differences(shown, output)
        for each in found:
            print(f"{path.relative_to(ROOT)}: {each}")
        if options.write:
            path.write_text(join(before, output, after), "utf-8")
        else:
            stale |= bool(found)
    if stale:
        print("make gallery writes what the examples print now")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
