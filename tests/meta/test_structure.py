# SPDX-License-Identifier: MIT
"""The rules of the tree hold here, and each rule notices a tree that breaks it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

spec = importlib.util.spec_from_file_location("structure", ROOT / "tools/structure.py")
assert spec is not None
assert spec.loader is not None
structure = importlib.util.module_from_spec(spec)
spec.loader.exec_module(structure)

SPDX = "/* SPDX-License-Identifier: MIT */\n"
VERSION = {"scs_source/include/scs_version.h": '#define SCS_VERSION "7.8.9"\n'}

# Rule, a tree that keeps it, the change that breaks it, what the sentence must name.
Tree = dict[str, str]
CASES: dict[str, tuple[str, Tree, Tree, str]] = {
    "source that the map leaves out": (
        "core_map",
        {
            "scs_source/README.md": "`vec` vectors; `dense_dispatch_*` chooses",
            "scs_source/src/la/vec.h": "",
            "scs_source/src/la/dense_dispatch_x86.c": "",
        },
        {"scs_source/src/la/eigen.c": ""},
        "scs_source/src/la/eigen.c: not in scs_source/README.md",
    ),
    "higher rank": (
        "core_include_ranks",
        {"scs_source/src/la/vec.c": '#include "base/real.h"\n#include "la/vec.h"\n'},
        {"scs_source/src/la/vec.c": '#include "solver/solve.h"\n'},
        "la must not include solver/solve.h",
    ),
    "sibling of the same rank": (
        "core_include_ranks",
        {"scs_source/src/cones/soc.c": '#include "cones/cone.h"\n#include <math.h>\n'},
        {"scs_source/src/cones/soc.c": '#include "linsys/linsys.h"\n'},
        "cones must not include linsys/linsys.h",
    ),
    "io and solver are siblings": (
        "core_include_ranks",
        {"scs_source/src/io/file.c": '#include "problem/problem.h"\n'},
        {"scs_source/src/io/file.c": '#include "solver/workspace.h"\n'},
        "io must not include solver/workspace.h",
    ),
    "include without its folder": (
        "core_include_ranks",
        {"scs_source/src/la/vec.c": '#include "la/vec.h"\n'},
        {
            "scs_source/src/la/vec.c": '#include "vec.h"\n',
            "scs_source/src/la/vec.h": "",
        },
        "write vec.h with its folder",
    ),
    "include by a relative path": (
        "core_include_ranks",
        {"scs_source/src/la/vec.c": '// #include "../solver/solve.h"\n'},
        {"scs_source/src/la/vec.c": '#include "../solver/solve.h"\n'},
        "../solver/solve.h",
    ),
    "core includes the facade": (
        "core_include_ranks",
        {"scs_source/src/api.c": '#include "solver/solve.h"\n'},
        {"scs_source/src/api.c": "#include <scs/scs.hpp>\n"},
        "scs/scs.hpp",
    ),
    "folder without a rank": (
        "core_include_ranks",
        {"scs_source/src/base/real.h": ""},
        {"scs_source/src/extras/thing.c": ""},
        "extras/ has no rank",
    ),
    "public header includes the core": (
        "public_headers_alone",
        {"scs_source/include/scs.h": '#include "scs_types.h"\n'},
        {"scs_source/include/scs.h": '#include "base/arena.h"\n'},
        "base/arena.h",
    ),
    "facade header includes scs.h": (
        "upper_include_ranks",
        {
            "scs_source/include/scs.h": "",
            "scs_source/include/scs_types.h": "",
            "include/scs/solver.hpp": '#include "scs_types.h"\n#include <vector>\n',
        },
        {"include/scs/solver.hpp": '#include "scs.h"\n'},
        "include/scs includes scs.h",
    ),
    "facade source includes the core's inside": (
        "upper_include_ranks",
        {"scs_source/include/scs.h": "", "cpp/solver.cpp": '#include "scs.h"\n'},
        {"cpp/solver.cpp": '#include "solver/workspace.h"\n'},
        "cpp includes solver/workspace.h",
    ),
    "binding includes the C API": (
        "upper_include_ranks",
        {
            "scs_source/include/scs.h": "",
            "python/bindings/arrays.h": "",
            "python/bindings/module.cpp": '#include "arrays.h"\n#include "scs/scs.hpp"',
        },
        {"python/bindings/module.cpp": "#include <scs.h>\n"},
        "python/bindings includes scs.h",
    ),
    "cycle": (
        "include_cycles",
        {
            "scs_source/src/la/one.h": '#include "la/two.h"\n',
            "scs_source/src/la/two.h": '#include "base/three.h"\n',
            "scs_source/src/base/three.h": "",
        },
        {"scs_source/src/base/three.h": '#include "la/one.h"\n'},
        "cycle base/three.h -> la/one.h -> la/two.h -> base/three.h",
    ),
    "name taken twice": (
        "unique_names",
        {"a/__init__.py": "", "b/__init__.py": "", "a/x.c": "", "a/x.h": ""},
        {"b/x.c": ""},
        "a/x.c, b/x.c: one name",
    ),
    "version written again": (
        "version_once",
        {
            **VERSION,
            "CHANGELOG.md": "7.8.9",
            "docs/_static/speed.json": '"7.8.9"',
            "pyproject.toml": 'needs = "17.8.9"\n',
        },
        {"pyproject.toml": 'version = "7.8.9"\n'},
        "pyproject.toml: version 7.8.9",
    ),
    "no version": (
        "version_once",
        VERSION,
        {"scs_source/include/scs_version.h": "#define SCS_VERSION unknown\n"},
        "no version of the form",
    ),
    "long file": (
        "line_limit",
        {"python/scs/fine.py": "x = 1\n" * 500},
        {"python/scs/fine.py": "x = 1\n" * 501},
        "fine.py: 501 lines",
    ),
    "not ASCII": (
        "ascii_only",
        {"docs/page.md": "naive\n"},
        {"docs/page.md": "plain\nna\u00efve\n"},
        "docs/page.md:2",
    ),
    "no licence line": (
        "licence_line",
        {"cpp/a.cpp": SPDX},
        {"cpp/a.cpp": "int a;\n"},
        "cpp/a.cpp",
    ),
    "print in the core": (
        "silent_core",
        {
            "scs_source/src/base/sink.c": "fwrite(t, 1, n, stdout);\n",
            "scs_source/src/io/file.c": "fprintf(f, t);\n",
            "scs_source/src/base/error.h": "__attribute__((format(printf, 2, 3)))\n",
            "scs_source/src/solver/a.c": '/* printf(x) */ snprintf(t, n, "stdout");\n',
        },
        {"scs_source/src/solver/a.c": '\nprintf("x");\n'},
        "solver/a.c:2: printf",
    ),
    "stream in the core": (
        "silent_core",
        {"scs_source/src/la/a.c": "int a;\n"},
        {"scs_source/src/la/a.c": "FILE *f = stderr;\n"},
        "stderr",
    ),
    "allocation outside the arena": (
        "arena_only",
        {
            "scs_source/src/base/arena.c": "p = calloc(n, size);\n",
            "scs_source/src/la/a.c": "kind->free(p); scs_arena_free(p); // free(p)\n",
        },
        {"scs_source/src/la/a.c": "int b;\nfree (p);\n"},
        "la/a.c:2: free (",
    ),
    "goto": (
        "no_goto",
        {"scs_source/src/la/a.c": "/* goto */ int gotohell;\n"},
        {"scs_source/src/la/a.c": "goto done;\n"},
        "la/a.c:1",
    ),
}


def grow(root: Path, tree: Tree) -> None:
    for name, text in tree.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("rule", structure.RULES, ids=lambda rule: rule.__name__)
def test_repository_keeps_the_rule(rule: Callable[[Path], list[str]]) -> None:
    assert rule(ROOT) == []


@pytest.mark.parametrize("case", CASES)
def test_rule_notices_a_breach(case: str, tmp_path: Path) -> None:
    name, good, breach, expected = CASES[case]
    rule = getattr(structure, name)
    grow(tmp_path, good)
    assert rule(tmp_path) == []
    grow(tmp_path, breach)
    found = rule(tmp_path)
    assert len(found) == 1
    assert expected in found[0]


def test_rule_notices_a_source_without_a_test(tmp_path: Path) -> None:
    rule = structure.mirrored_tests
    grow(tmp_path, {"scs_source/src/la/a.c": "", "tests/core/la/test_a.c": ""})
    assert rule(tmp_path, {}) == []
    grow(tmp_path, {"scs_source/src/la/b.c": ""})
    assert rule(tmp_path, {}) == ["scs_source/src/la/b.c: no tests/core/la/test_b.c"]


def test_table_of_tests_elsewhere_is_checked(tmp_path: Path) -> None:
    rule = structure.mirrored_tests
    grow(tmp_path, {"scs_source/src/la/a.c": "", "tests/capi/test_all.c": ""})
    assert rule(tmp_path, {"la/a.c": "tests/capi"}) == []
    assert rule(tmp_path, {"la/a.c": "tests/none"}) == [
        "scs_source/src/la/a.c: no tests/none"
    ]
    table = {"la/a.c": "tests/capi", "la/z.c": "tests/capi"}
    assert rule(tmp_path, table) == [
        "scs_source/src/la/z.c: gone, drop it from the table"
    ]
    grow(tmp_path, {"tests/core/la/test_a.c": ""})
    assert rule(tmp_path, {"la/a.c": "tests/capi"}) == [
        "scs_source/src/la/a.c: has its test, drop it from the table"
    ]


def test_every_rule_is_seen_to_fail() -> None:
    shown = {case[0] for case in CASES.values()} | {"mirrored_tests"}
    assert shown == {rule.__name__ for rule in structure.RULES}


def test_generated_folders_are_not_searched(tmp_path: Path) -> None:
    grow(
        tmp_path,
        {"build/dev/x.c": "\u00e9", ".venv/x.py": "\u00e9", "tools/x.sh": "ok"},
    )
    assert structure.ascii_only(tmp_path) == []
    grow(tmp_path, {".ci/run": "\u00e9", "Makefile": "\u00e9"})
    assert len(structure.ascii_only(tmp_path)) == 2
