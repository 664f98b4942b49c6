# SPDX-License-Identifier: MIT
"""A pytest plugin that keeps those of a package's tests that concern scs.

CVXPY's wheel ships its whole test suite. Of that, with

    --scs named    the tests that name scs themselves: in the test's own source, the
                   name of its class or one of its parameters;
    --scs files    every test of a file that names scs anywhere

are kept, as they are. What the tests do is no part of the rule.
"""

from __future__ import annotations

import inspect
import re

import hypothesis
import pytest

import scs

# A machine that has other things to do is no fault of theirs.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

NAME = re.compile(r"(?<![a-z])scs(?![a-z])", re.IGNORECASE)


def named_by_test(item: pytest.Function) -> bool:
    """Whether source, class or parameters of a test name scs."""
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    texts = [inspect.getsource(item.function), item.name, *map(str, parameters)]
    if item.cls is not None:
        # SCS is a word of TestSCS, which the pattern would not see.
        texts += re.findall(r"SCS", item.cls.__name__)
    return any(NAME.search(text) for text in texts)


def named_by_file(item: pytest.Function) -> bool:
    """Whether the file of a test names scs."""
    return NAME.search(inspect.getsource(item.module)) is not None


RULES = {"named": named_by_test, "files": named_by_file}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--scs", choices=[*RULES], default="named", help="tests to keep")


def pytest_report_header() -> str:
    return f"scs {scs.__version__} of {scs.__file__}"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    keep = RULES[config.getoption("--scs")]
    kept = [item for item in items if isinstance(item, pytest.Function) and keep(item)]
    left = [item for item in items if item not in set(kept)]
    config.hook.pytest_deselected(items=left)
    items[:] = kept
