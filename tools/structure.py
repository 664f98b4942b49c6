# SPDX-License-Identifier: MIT
"""The rules of the tree, as functions that return what breaks them.

Every rule takes the root of a tree and returns one sentence per violation, the file
first, so an empty list means that the rule holds. `python tools/structure.py` checks
the repository; tests/meta shows for each rule a small tree that breaks it.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

Rule = Callable[[Path], list[str]]

MAX_LINES = 500
CODE = {".c", ".h", ".cpp", ".hpp", ".py", ".pyi"}
TEXT = CODE | {".cmake", ".in", ".json", ".md", ".sh", ".toml", ".txt", ".yaml", ".yml"}
UNNAMED = {"Makefile", "LICENSE", "run"}
GENERATED = {"build", "dist", "node_modules", "__pycache__"}

CORE = "scs_source/src"
CORE_HEADERS = "scs_source/include"
VERSION_HEADER = f"{CORE_HEADERS}/scs_version.h"

# A folder may include itself and folders of a lower rank.
RANKS = {
    "base": 1,
    "la": 2,
    "problem": 3,
    "cones": 3,
    "linsys": 3,
    "accel": 3,
    "solver": 4,
    "io": 4,
}
API_RANK = 5  # files directly in scs_source/src

# Core sources without a test file of their own -> the file or folder that tests them.
# A row for a file that is gone, or that has its test by now, is itself a violation.
TESTED_ELSEWHERE: dict[str, str] = {
    "api.c": "tests/capi",  # argument checks and calls: only the C API can drive it
    "cones/cone_table.c": "tests/core/cones/test_cone_set.c",  # one table, walked there
    # one interface compiled for several instruction sets, compared with one another
    "la/dense_dispatch_other.c": "tests/core/la/test_dense_kernels.c",
    "la/dense_dispatch_x86.c": "tests/core/la/test_dense_kernels.c",
    "la/dense_kernels_avx2.c": "tests/core/la/test_dense_kernels.c",
    "la/dense_kernels_avx512.c": "tests/core/la/test_dense_kernels.c",
    "la/dense_kernels_baseline.c": "tests/core/la/test_dense_kernels.c",
    "linsys/accelerate_none.c": "tests/core/linsys/test_linsys_table.c",  # no backend
    # what is linked, or nothing: one interface
    "la/lapack_linked.c": "tests/core/la/test_lapack.c",
    "la/lapack_none.c": "tests/core/la/test_lapack.c",
    "base/platform_posix.c": "tests/core/base/test_platform.c",
    "base/platform_win32.c": "tests/core/base/test_platform.c",
}

# File names that tools require, one per folder.
REPEATED_NAMES = {"__init__.py", "__main__.py", "conftest.py"}

# Places where the version must be told again: prose, and the package's own history; and
# measurements, which are of one version.
VERSION_PROSE = {".md"}
MEASUREMENTS = "docs/_static"


def files(root: Path, suffixes: set[str], under: str = "") -> Iterator[Path]:
    """Files of a kind, without what a build or a tool generates, in a fixed order."""
    for folder, names, found in os.walk(root / under):
        names[:] = sorted(
            n
            for n in names
            if n not in GENERATED and (not n.startswith(".") or n == ".ci")
        )
        for name in sorted(found):
            if Path(name).suffix in suffixes or (suffixes >= TEXT and name in UNNAMED):
                yield Path(folder, name)


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="surrogateescape")


def relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def strip_c(text: str, keep_strings: bool = False) -> str:
    """C or C++ source without comments and, unless kept, the contents of literals."""
    token = re.compile(
        r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL
    )

    def blank(match: re.Match[str]) -> str:
        found = match.group()
        if found.startswith("/"):
            return "\n" * found.count("\n") or " "
        return found if keep_strings else found[0] * 2

    return token.sub(blank, text)


def includes(path: Path) -> list[str]:
    text = strip_c(read(path), keep_strings=True)
    return re.findall(r"^[ \t]*#[ \t]*include[ \t]*[<\"]([^>\"]+)[>\"]", text, re.M)


def public_headers(root: Path) -> set[str]:
    return {p.name for p in files(root, {".h"}, CORE_HEADERS)}


def core_include_fault(src: Path, place: Path, name: str) -> str | None:
    """What is wrong with the include `name` in the core file src/place, if anything."""
    own = place.parts[0] if len(place.parts) > 1 else ""
    rank = RANKS[own] if own else API_RANK
    folder = name.split("/")[0] if "/" in name else ""
    if folder in RANKS:
        allowed = folder == own or RANKS[folder] < rank
        return None if allowed else f"{own or 'api'} must not include {name}"
    if (src / place.parent / name).exists():
        return f"write {name} with its folder"
    if name.startswith((".", "scs/")):
        return f"the core must not include {name}"
    return None


def core_include_ranks(root: Path) -> list[str]:
    """A core file includes its own folder, lower ranks and the public headers only."""
    bad = []
    src = root / CORE
    for path in files(root, {".c", ".h"}, CORE):
        place = path.relative_to(src)
        if len(place.parts) > 1 and place.parts[0] not in RANKS:
            bad.append(f"{relative(root, path)}: {place.parts[0]}/ has no rank here")
            continue
        faults = [core_include_fault(src, place, name) for name in includes(path)]
        bad += [f"{relative(root, path)}: {fault}" for fault in faults if fault]
    return bad


def public_headers_alone(root: Path) -> list[str]:
    """The C core's public headers include no header that is not installed with them."""
    return [
        f"{relative(root, path)}: a public header must not include {name}"
        for path in files(root, {".h"}, CORE_HEADERS)
        for name in includes(path)
        if name.startswith(("scs/", ".")) or name.split("/")[0] in RANKS
    ]


def upper_include_ranks(root: Path) -> list[str]:
    """Facade headers know two light ones, cpp/ the C API, bindings scs/*.hpp alone."""
    public = public_headers(root)
    allowed: dict[str, Callable[[str], bool]] = {
        "include/scs": lambda name: name in {"scs_types.h", "scs_lapack.h"},
        "cpp": lambda name: name in public,
        "python/bindings": lambda name: False,
    }
    bad = []
    for layer, may_use in allowed.items():
        local = {p.name for p in files(root, CODE, layer)}
        for path in files(root, CODE, layer):
            for name in includes(path):
                of_core = name in public or name.split("/")[0] in RANKS
                refused = of_core and name not in local and not may_use(name)
                if refused or name.startswith(".."):
                    bad.append(f"{relative(root, path)}: {layer} includes {name}")
    return bad


def include_cycles(root: Path) -> list[str]:
    """No header includes itself, directly or through others."""
    known: dict[str, list[str]] = {}
    for base in (CORE, CORE_HEADERS, "include", "cpp", "python/bindings"):
        for path in files(root, {".h", ".hpp"}, base):
            known[path.relative_to(root / base).as_posix()] = includes(path)
    done: set[str] = set()
    bad: list[str] = []

    def visit(name: str, trail: list[str]) -> None:
        if name in trail:
            bad.append(f"{name}: cycle {' -> '.join([*trail, name])}")
        elif name in known and name not in done:
            for target in known[name]:
                visit(target, [*trail, name])
            done.add(name)

    for name in known:
        visit(name, [])
    return bad


def unique_names(root: Path) -> list[str]:
    """No two source files share a name, so that a name alone says which file."""
    places = defaultdict(list)
    for path in files(root, CODE):
        if path.name not in REPEATED_NAMES:
            places[path.name].append(relative(root, path))
    return [f"{', '.join(p)}: one name" for p in places.values() if len(p) > 1]


def version_once(root: Path) -> list[str]:
    """The version stands in scs_version.h; everything else reads it from there."""
    header = root / VERSION_HEADER
    if not header.exists():
        return [f"{VERSION_HEADER}: missing"]
    text = read(header)
    whole = re.search(r'"(\d+\.\d+\.\d+)[^"]*"', text)
    if whole is None:
        return [f'{VERSION_HEADER}: no version of the form "1.2.3"']
    pattern = re.compile(rf"(?<![\w.]){re.escape(whole[1])}(?![\w.]*\d)")
    return [
        f"{relative(root, path)}: version {whole[1]} written again"
        for path in files(root, TEXT - VERSION_PROSE)
        if path != header
        and not path.is_relative_to(root / MEASUREMENTS)
        and pattern.search(read(path))
    ]


def line_limit(root: Path) -> list[str]:
    """No code file is longer than MAX_LINES."""
    return [
        f"{relative(root, path)}: {lines} lines, at most {MAX_LINES}"
        for path in files(root, CODE)
        if (lines := len(read(path).splitlines())) > MAX_LINES
    ]


def ascii_only(root: Path) -> list[str]:
    """Text files are ASCII."""
    bad = []
    for path in files(root, TEXT):
        for number, line in enumerate(read(path).splitlines(), 1):
            if not line.isascii():
                bad.append(f"{relative(root, path)}:{number}: not ASCII")
    return bad


def licence_line(root: Path) -> list[str]:
    """Every code file names its licence near the top."""
    return [
        f"{relative(root, path)}: no SPDX-License-Identifier: MIT in the first lines"
        for path in files(root, CODE - {".pyi"})
        if "SPDX-License-Identifier: MIT" not in "\n".join(read(path).split("\n")[:5])
    ]


def mirrored_tests(root: Path, elsewhere: dict[str, str] | None = None) -> list[str]:
    """src/<folder>/<file>.c has tests/core/<folder>/test_<file>.c."""
    elsewhere = TESTED_ELSEWHERE if elsewhere is None else elsewhere
    bad = []
    left = dict(elsewhere)
    for path in files(root, {".c"}, CORE):
        place = path.relative_to(root / CORE)
        mirror = root / "tests/core" / place.parent / f"test_{place.name}"
        other = left.pop(place.as_posix(), None)
        if mirror.exists() and other:
            bad.append(f"{relative(root, path)}: has its test, drop it from the table")
        elif not mirror.exists() and not (other and (root / other).exists()):
            bad.append(f"{relative(root, path)}: no {other or relative(root, mirror)}")
    return bad + [f"{CORE}/{key}: gone, drop it from the table" for key in left]


def core_map(root: Path) -> list[str]:
    """scs_source/README.md names every module; of variants, what they vary."""
    page = root / "scs_source/README.md"
    named = set(re.findall(r"[a-z0-9_]*[a-z0-9]", read(page) if page.exists() else ""))
    return [
        f"{relative(root, path)}: not in {relative(root, page)}"
        for path in files(root, {".c", ".h"}, CORE)
        if not {path.stem, path.stem.rpartition("_")[0]} & named
        and not path.stem.endswith("_body")
    ]


def tokens(
    root: Path, pattern: str, allowed: Callable[[str], bool], complaint: str
) -> list[str]:
    bad = []
    for path in files(root, {".c", ".h"}, CORE):
        if allowed(path.relative_to(root / CORE).as_posix()):
            continue
        for number, line in enumerate(strip_c(read(path)).split("\n"), 1):
            if match := re.search(pattern, line):
                bad.append(f"{relative(root, path)}:{number}: {match[0]} {complaint}")
    return bad


def silent_core(root: Path) -> list[str]:
    """Only base/sink.c and io/ may name an output stream or print."""
    return tokens(
        root,
        # format(printf, ...) is an attribute, not a call
        r"(?<!format\()\b(v?f?printf|f?puts|f?putc|putchar|perror|stdout|stderr)\b",
        lambda place: place == "base/sink.c" or place.startswith("io/"),
        "outside base/sink.c and io/",
    )


def arena_only(root: Path) -> list[str]:
    """Only base/arena.c takes memory from the C library or gives it back."""
    return tokens(
        root,
        r"(?<![\w.>])(malloc|calloc|realloc|free|aligned_alloc|strdup)\s*\(",
        lambda place: place == "base/arena.c",
        "outside base/arena.c",
    )


def no_goto(root: Path) -> list[str]:
    """The core has no goto: the arena makes clean-up ladders unnecessary."""
    return tokens(root, r"\bgoto\b", lambda place: False, "in the core")


RULES: tuple[Rule, ...] = (
    core_include_ranks,
    public_headers_alone,
    upper_include_ranks,
    include_cycles,
    unique_names,
    version_once,
    line_limit,
    ascii_only,
    licence_line,
    mirrored_tests,
    core_map,
    silent_core,
    arena_only,
    no_goto,
)


def main() -> int:
    root = Path(__file__).resolve().parent.parent
    bad = [f"{rule.__name__}: {line}" for rule in RULES for line in rule(root)]
    print("\n".join(bad) or f"structure: {len(RULES)} rules hold")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
