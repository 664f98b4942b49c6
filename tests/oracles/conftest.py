# SPDX-License-Identifier: MIT
"""Finds the library that lets Python call the projections.

The tests build nothing: `make test` builds build/dev before it runs them. Set
SCS_CONE_PROBE to the path of another cone_probe library, or SCS_CONE_PROBE_OPTIONAL
where there is none on purpose.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "python"))  # verify.py knows every cone

from probe import Library  # noqa: E402


def _find() -> Path:
    named = os.environ.get("SCS_CONE_PROBE")
    candidates = (
        [Path(named)]
        if named
        else [ROOT / "build" / "dev" / f"cone_probe{end}" for end in (".so", ".dll")]
    )
    for path in candidates:
        if path.is_file():
            return path
    reason = f"{candidates[0]} is missing: run `make ctest-dev` or set SCS_CONE_PROBE"
    if os.environ.get("SCS_CONE_PROBE_OPTIONAL"):
        pytest.skip(reason)
    pytest.fail(reason)


@pytest.fixture(scope="session")
def library() -> Library:
    """Return the projections of the library under test."""
    return Library(_find())
