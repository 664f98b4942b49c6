# SPDX-License-Identifier: MIT
"""One way to compare a projection with its oracle, for all cones."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import hypothesis
import numpy as np
import points
from probe import Library
from properties import (
    assert_close,
    assert_keeps_boundary,
    assert_nonexpansive,
    assert_projects,
)

Oracle = Callable[[np.ndarray], Any]  # nearest point of the dual cone


def _settings(examples: int) -> hypothesis.settings:
    # Reproducible by default; HYPOTHESIS_PROFILE=explore looks further.
    explore = os.environ.get("HYPOTHESIS_PROFILE") == "explore"
    return hypothesis.settings(
        max_examples=40 * examples if explore else examples,
        derandomize=not explore,
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )


SHORT = _settings(150)
LONG = _settings(400)


def _expected(oracle: Oracle, w: np.ndarray) -> np.ndarray:
    return np.array([[float(value) for value in oracle(row)] for row in w])


def compare(
    library: Library,
    cone: dict[str, Any],
    oracle: Oracle,
    count: int,
    tolerance: float,
    asked: int | None = None,
) -> None:
    """Check `count` points of the cone, and `asked` of them against the oracle."""
    rng = np.random.default_rng(count)
    with library.open(cone) as projection:
        rows = projection.rows
        w = np.r_[
            points.random(rng, rows, count // 2),
            points.adversarial(rng, rows, count - count // 2),
        ]
        rng.shuffle(w)
        y = assert_projects(projection, w, tolerance=tolerance)
        assert_nonexpansive(projection, w, tolerance)
        assert_keeps_boundary(projection, w, rng, tolerance)
        some = w[:asked]
        assert_close(y[: len(some)], _expected(oracle, some), some, tolerance)


def hunt(
    library: Library,
    cone: dict[str, Any],
    w: np.ndarray,
    oracle: Oracle,
    tolerance: float,
) -> None:
    """Check one point in every way."""
    with library.open(cone) as projection:
        w = w[None]
        y = assert_projects(projection, w, tolerance=tolerance)
        assert_close(y, _expected(oracle, w), w, tolerance)
