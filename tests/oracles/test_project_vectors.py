# SPDX-License-Identifier: MIT
"""Box, second-order and l1 norm cones against exact arithmetic."""

from __future__ import annotations

import exact
import numpy as np
import points
import precise
import pytest
from campaign import LONG, SHORT, compare, hunt
from hypothesis import given
from hypothesis import strategies as st
from properties import assert_close, assert_projects

TOLERANCE = 1e-13


def soc_dual(w):
    return precise.scaled(precise.second_order, list(w))


def ell1_dual(w):
    return exact.ell1_dual(exact.fractions(w.tolist()))


@pytest.mark.parametrize("rows", [1, 2, 3, 5, 40])
def test_second_order(library, rows):
    compare(library, {"q": [rows]}, soc_dual, 1000, TOLERANCE)


@pytest.mark.parametrize("n", [1, 2, 3, 9, 40])
def test_ell1(library, n):
    compare(library, {"ell1": [n]}, ell1_dual, 1000, TOLERANCE)


@SHORT
@given(w=points.nasty(3))
def test_nasty_second_order(library, w):
    hunt(library, {"q": [3]}, w, soc_dual, TOLERANCE)


@SHORT
@given(w=st.integers(2, 7).flatmap(points.nasty))
def test_nasty_ell1(library, w):
    hunt(library, {"ell1": [w.size - 1]}, w, ell1_dual, TOLERANCE)


@pytest.mark.parametrize("k", [1, 7, 100])
def test_ell1_with_long_ties(library, k):
    """Many equal entries at the cut, where Newton's method has least to go by."""
    w = np.repeat([[0.5, -1.0, 1.0, 1.0, -2.0]], k, axis=1)
    w = np.c_[w[:, :1], w]
    with library.open({"ell1": [w.size - 1]}) as projection:
        expected = np.array([[float(x) for x in ell1_dual(w[0])]])
        assert_close(projection.dual(w), expected, w, TOLERANCE)


# --- box ------------------------------------------------------------------------------


def box_dual(w, r, lower, upper):
    """w + s / r, s being the point of the cone nearest to -r w in the metric 1 / r."""
    w, r = exact.fractions(w.tolist()), exact.fractions(r.tolist())
    x = [-a * b for a, b in zip(r, w, strict=True)]
    s = exact.box(x, lower, upper, [1 / a for a in r])
    return [a + b / c for a, b, c in zip(w, s, r, strict=True)]


def check_box(library, lower, upper, w, r):
    with library.open({"bl": lower, "bu": upper}) as projection:
        expected = [
            [float(v) for v in box_dual(a, b, lower, upper)]
            for a, b in zip(w, r, strict=True)
        ]
        y = assert_projects(projection, w, r, 1e-12)
        # Where an entry is cut off, its error is one of t times the bound.
        assert_close(y, np.array(expected), w, 1e-12)


def random_bounds(rng, n):
    lower = -rng.uniform(0, 2, n) * 10.0 ** rng.integers(-3, 4, n)
    upper = rng.uniform(0, 2, n) * 10.0 ** rng.integers(-3, 4, n)
    shift = rng.choice([0, 0, 3, -3], n)
    lower, upper = lower + shift, upper + shift
    kind = rng.integers(6, size=n)
    lower[kind == 0] = -np.inf
    upper[kind == 1] = np.inf
    upper[kind == 2] = lower[kind == 2]
    return lower.tolist(), upper.tolist()


@pytest.mark.parametrize("n", [1, 2, 5, 30])
@pytest.mark.parametrize("seed", range(6))
def test_box(library, n, seed):
    rng = np.random.default_rng(seed)
    lower, upper = random_bounds(rng, n)
    w = points.random(rng, n + 1, 60)
    for spread in (0, 1, 3):
        check_box(
            library, lower, upper, w, 10.0 ** rng.uniform(-spread, spread, w.shape)
        )


@LONG
@given(
    w=points.nasty(4),
    lower=st.lists(
        st.sampled_from([-np.inf, -1e6, -2, -1, -1e-9, 0]), min_size=3, max_size=3
    ),
    upper=st.lists(
        st.sampled_from([np.inf, 1e6, 2, 1, 1e-9, 0]), min_size=3, max_size=3
    ),
)
def test_nasty_box(library, w, lower, upper):
    with library.open({"bl": lower, "bu": upper}) as projection:
        y = projection.dual(w[None])
        assert np.isfinite(y).all()
        expected = [float(v) for v in box_dual(w, np.ones(4), lower, upper)]
        assert_close(y, np.array([expected]), w[None], 1e-12)
