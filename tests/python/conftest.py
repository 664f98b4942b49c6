# SPDX-License-Identifier: MIT
"""What the tests of the Python package share."""

from __future__ import annotations

import os
import sys
import sysconfig
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# The slow projections with which catalogue.py makes problems.
sys.path.insert(0, str(Path(__file__).parents[1] / "oracles"))

FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))


def _gil_is_on() -> bool:
    is_on: Any = vars(sys).get("_is_gil_enabled")  # since 3.13
    return not FREE_THREADED or is_on()


# What scs builds on comes first, so that only scs itself can be blamed.
import numpy  # noqa: E402, F401
import scipy.sparse  # noqa: E402, F401

_gil_was_on = _gil_is_on()

import scs  # noqa: E402, F401

# Reproducible by default; HYPOTHESIS_PROFILE=explore looks further.
hypothesis.settings.register_profile(
    "repeatable", deadline=None, max_examples=25, derandomize=True, database=None
)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_configure() -> None:
    if not _gil_was_on and _gil_is_on():
        pytest.exit("importing scs re-enabled the GIL", returncode=1)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    # What is imported late, LAPACK for example, must not do it either.
    if not _gil_was_on and _gil_is_on():
        session.exitstatus = 1
        print("\nERROR: something imported during the tests re-enabled the GIL")


@pytest.fixture(scope="session")
def stored() -> Path:
    """Return the folder of small real problems in the repository."""
    return Path(__file__).parents[1] / "data" / "problems"


@pytest.fixture(scope="session")
def collection() -> Path:
    """Return the folder of the whole problem collection, where there is one."""
    folder = os.environ.get("SCS_PROBLEMS")
    if not folder:
        pytest.skip("SCS_PROBLEMS does not name the folder of the problem collection")
    if not Path(folder).is_dir():
        pytest.fail(f"SCS_PROBLEMS: {folder} is not a folder")
    return Path(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[], Path]:
    """Return a function: a folder of the calling thread's own."""

    def own() -> Path:
        path = tmp_path / str(threading.get_ident())
        path.mkdir(exist_ok=True)
        return path

    return own
