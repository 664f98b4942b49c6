# SPDX-License-Identifier: MIT
"""Points to project: random ones, and the ones that break formulas."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

Array = np.ndarray

NASTY = [
    *(0.0, -0.0, 1.0, -1.0, 2.0, -3.0, 0.5),
    *(1 + 2.0**-52, 1 - 2.0**-53, -1 - 2.0**-52, 1e-16, -1e-16, 1e-8, -1e-8),
    *(5e-324, -5e-324, 1e-310, -2.3e-308, 1e-200, -1e-200, 1e-100, -1e-150),
    *(1e16, -1e16, 1e8, -1e5, 1e100, -1e100, 1e200, -1e200),
]

entries = st.one_of(
    st.sampled_from(NASTY),
    st.floats(-10, 10),
    st.integers(-3, 3).map(float),
    st.floats(-1e200, 1e200),
    st.floats(-200, 200).map(lambda power: float(10.0**power)),
    st.floats(-200, 200).map(lambda power: -float(10.0**power)),
)


def nasty(rows: int) -> st.SearchStrategy[Array]:
    """Vectors of a given length, with or without a pattern in them."""
    free = st.lists(entries, min_size=rows, max_size=rows)
    few = st.lists(entries, min_size=1, max_size=2).flatmap(
        lambda values: st.lists(st.sampled_from(values), min_size=rows, max_size=rows)
    )
    return st.one_of(free, few).map(lambda values: np.array(values, dtype=float))


def _spread(rng: np.random.Generator, w: Array) -> Array:
    return w * 10.0 ** rng.uniform(-4, 4, w.shape)


def _one_huge(rng: np.random.Generator, w: Array) -> Array:
    w[rng.integers(w.size)] *= 10.0 ** rng.uniform(4, 200)
    return w


def _one_tiny(rng: np.random.Generator, w: Array) -> Array:
    w[rng.integers(w.size)] *= 10.0 ** -rng.uniform(4, 200)
    return w


def _far_away(rng: np.random.Generator, w: Array) -> Array:
    return w * 10.0 ** rng.uniform(-200, 200)


def _with_zeros(rng: np.random.Generator, w: Array) -> Array:
    return w * (rng.uniform(size=w.shape) < 0.5)


def _equal(rng: np.random.Generator, w: Array) -> Array:
    return w[0] * rng.choice([-1.0, 1.0], w.shape)


def _nearly_equal(rng: np.random.Generator, w: Array) -> Array:
    return w[0] * (1 + 1e-15 * rng.standard_normal(w.shape))


def _first_dominates(rng: np.random.Generator, w: Array) -> Array:
    w[0] *= 10.0 ** rng.uniform(0, 3)
    return w


def _first_balances(rng: np.random.Generator, w: Array) -> Array:
    """Near the boundary of cones of norms, inside and outside."""
    norm = [np.abs(w[1:]).sum(), np.abs(w[1:]).max(), np.linalg.norm(w[1:])]
    w[0] = rng.choice([-1, 1]) * rng.choice(norm) * (1 + rng.choice([0, 1e-15, -1e-9]))
    return w


def _denormal(rng: np.random.Generator, w: Array) -> Array:
    return w * 2.0 ** rng.uniform(-1073, -1015)


CHANGES = [
    *(_spread, _one_huge, _one_tiny, _far_away, _with_zeros, _equal, _nearly_equal),
    *(_first_dominates, _first_balances, _denormal),
]


def random(rng: np.random.Generator, rows: int, count: int) -> Array:
    """Well-scaled vectors, one a row."""
    return rng.standard_normal((count, rows)) * rng.uniform(0.1, 10, (count, 1))


def adversarial(rng: np.random.Generator, rows: int, count: int) -> Array:
    """Vectors of each kind of trouble in turn, one a row."""
    points = rng.standard_normal((count, rows))
    for i in range(count):
        if rows > 1:
            points[i] = CHANGES[i % len(CHANGES)](rng, points[i])
    return points
