# SPDX-License-Identifier: MIT
"""The types that the package declares are those that it has."""

from __future__ import annotations

import ast
import doctest
import importlib.resources
import inspect
import re
import textwrap
from typing import Any

import pytest

import scs
from scs import _core


def _stub(text):
    """Names that a stub declares, those of classes with their members."""
    names = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef):
            names[node.name] = {
                item.name for item in node.body if isinstance(item, ast.FunctionDef)
            }
        elif isinstance(node, ast.FunctionDef):
            names[node.name] = set()
        elif isinstance(node, ast.AnnAssign):
            names[ast.unparse(node.target)] = set()
    return names


@pytest.fixture(scope="module")
def stub():
    return _stub((importlib.resources.files(scs) / "_core.pyi").read_text())


def test_package_is_marked_as_typed():
    assert (importlib.resources.files(scs) / "py.typed").is_file()


def test_stub_declares_what_the_extension_has(stub):
    assert set(stub) == {name for name in dir(_core) if not name.startswith("_")}


def test_stub_declares_the_methods_of_the_solver(stub):
    found = {name for name in dir(_core.Solver) if not name.startswith("_")}
    assert stub["Solver"] == found | {"__init__"}


def test_settings_are_documented_with_their_defaults():
    documented: dict[str, str] = {}
    for names, default in re.findall(
        r"^(\w+(?:, \w+)*) : .*?(?:default (.*)|optional)$",
        inspect.getdoc(scs.SCS) or "",
        re.MULTILINE,
    ):
        value = ast.literal_eval(default) if re.match("[0-9]|True", default) else None
        documented |= dict.fromkeys(names.split(", "), value)
    for name, default in _core.DEFAULTS.items():
        assert documented[name] == default, name


def test_public_names_are_documented():
    for name in scs.__all__:
        thing = getattr(scs, name)
        if callable(thing):
            assert inspect.getdoc(thing), name
    for name, method in vars(scs.SCS).items():
        if callable(method) and not name.startswith("_"):
            assert inspect.getdoc(method), name


@pytest.mark.thread_unsafe(reason="doctest replaces sys.stdout")
@pytest.mark.parametrize(
    "thing", [scs.SCS, scs.solve], ids=lambda thing: thing.__name__
)
def test_examples_of_docstrings_run(thing):
    (examples,) = doctest.DocTestFinder(recurse=False).find(thing, globs={})
    outcome = doctest.DocTestRunner().run(examples)
    assert outcome.attempted >= 3
    assert outcome.failed == 0


def test_the_example_of_the_package_runs():
    found = re.search(r"^    import numpy.*?(?=^What)", scs.__doc__ or "", re.M | re.S)
    assert found
    program: dict[str, Any] = {}
    exec(textwrap.dedent(found[0]), program)
    assert program["result"].info.status == "solved"
    assert abs(program["result"].x - [0, 2]).max() < 1e-3
