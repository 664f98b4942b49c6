# SPDX-License-Identifier: MIT
"""Exponential and power cones against multiple-precision arithmetic."""

from __future__ import annotations

import numpy as np
import points
import precise
import pytest
from campaign import LONG, SHORT, compare, hunt
from hypothesis import given
from hypothesis import strategies as st
from properties import assert_close, assert_projects

TOLERANCE = 1e-14
EXPONENTS = [
    0.5,
    0.25,
    1 / 3,
    0.9,
    1e-3,
    1e-10,
    1 - 1e-10,
    1e-200,
    1 - 2.0**-53,
    0.0,
    1.0,
]


def dual(w, project, *parameters):
    """w plus the nearest point of the cone to -w."""
    s = precise.scaled(project, [-value for value in w.tolist()], *parameters)
    return [a + b for a, b in zip(w.tolist(), s, strict=True)]


def exp_dual(w):
    return dual(w, precise.exponential)


def exp_primal(w):
    return precise.scaled(precise.exponential, w.tolist())


def power_dual(exponent):
    if exponent < 0:
        return lambda w: precise.scaled(precise.power, w.tolist(), -exponent)
    return lambda w: dual(w, precise.power, exponent)


def test_exponential(library):
    compare(library, {"ep": 1}, exp_dual, 3000, TOLERANCE, asked=1000)


def test_dual_exponential(library):
    compare(library, {"ed": 1}, exp_primal, 3000, TOLERANCE, asked=500)


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_power(library, exponent):
    compare(library, {"p": [exponent]}, power_dual(exponent), 400, TOLERANCE, asked=120)


@pytest.mark.parametrize("exponent", [-a for a in EXPONENTS if a])
def test_dual_power(library, exponent):
    compare(library, {"p": [exponent]}, power_dual(exponent), 400, TOLERANCE, asked=60)


@LONG
@given(w=points.nasty(3))
def test_nasty_exponential(library, w):
    hunt(library, {"ep": 1}, w, exp_dual, TOLERANCE)


@SHORT
@given(w=points.nasty(3))
def test_nasty_dual_exponential(library, w):
    hunt(library, {"ed": 1}, w, exp_primal, TOLERANCE)


@LONG
@given(
    w=points.nasty(3),
    exponent=st.one_of(st.floats(-1, 1), st.sampled_from(EXPONENTS)),
)
def test_nasty_power(library, w, exponent):
    hunt(library, {"p": [exponent]}, w, power_dual(exponent), TOLERANCE)


@pytest.mark.parametrize("distance", [0, 1e-16, 1e-12, 1e-6, 1e-2])
def test_exponential_next_to_its_surface(library, distance):
    """Both sides of the curved boundary and of that of the polar cone."""
    rng = np.random.default_rng(7)
    rho = np.r_[rng.uniform(-20, 20, 150), rng.uniform(-700, 700, 50)]
    size = 10.0 ** rng.uniform(-3, 3, rho.size)
    on_primal = (
        size[:, None] * np.c_[rho, np.ones(rho.size), np.exp(np.minimum(rho, 600))]
    )
    height = np.exp(np.minimum(-rho, 600) - 1)
    on_dual = size[:, None] * np.c_[-np.ones(rho.size), rho, height]
    w = np.r_[-on_primal, on_dual]
    w *= 1 + distance * rng.standard_normal(w.shape)
    w = w[np.isfinite(w).all(axis=1)]
    with library.open({"ep": 1}) as projection:
        y = assert_projects(projection, w, tolerance=TOLERANCE)
        some = rng.choice(len(w), 40, replace=False)
        expected = np.array([[float(v) for v in exp_dual(w[i])] for i in some])
        assert_close(y[some], expected, w[some], TOLERANCE)
