# SPDX-License-Identifier: MIT
"""What every projection onto a dual cone satisfies, whatever the cone.

Errors are measured relative to the largest entry of the projected point; the smallest
double, times a few, is forgiven in addition, since numbers below are not to be had.
"""

from __future__ import annotations

import numpy as np
import verify
from probe import Projection

Array = np.ndarray

DENORMAL = 5e-324


def sizes(w: Array) -> Array:
    """The largest entry of each row, as a power of two, so that dividing is exact."""
    largest = np.abs(w).max(axis=1, initial=0.0)
    exponent = np.clip(np.frexp(largest)[1], -1000, 1023)
    return np.where(largest > 0, np.ldexp(1.0, exponent), 1.0)[:, None]


def assert_close(y: Array, expected: Array, w: Array, tolerance: float) -> None:
    """Assert that y is the expected point, relative to w."""
    unit = sizes(w)
    error = np.abs(y / unit - expected / unit).max(axis=1)
    allowed = tolerance + 8 * DENORMAL / unit[:, 0]
    worst = int(np.argmax(error - allowed))
    assert error[worst] <= allowed[worst], (
        f"off by {error[worst]:.3g} for w = {w[worst].tolist()}: "
        f"{y[worst].tolist()}, expected {expected[worst].tolist()}"
    )


def assert_projects(
    projection: Projection, w: Array, r: Array | float = 1.0, tolerance: float = 1e-12
) -> Array:
    """Assert all properties for the rows of w in the metric r; return the points."""
    cone = projection.cone
    y = projection.dual(w, r)
    assert np.isfinite(y).all(), f"not finite for {w[~np.isfinite(y).all(1)][0]}"
    assert_close(projection.dual(w, r, cold=True), y, w, tolerance)
    assert_close(projection.dual(y, r), y, w, tolerance)

    unit = sizes(w)
    metric = np.broadcast_to(np.asarray(r, dtype=float), w.shape)
    scaled_y, scaled_s = y / unit, metric * (y / unit - w / unit)
    slack = tolerance + 64 * DENORMAL / unit[:, 0]
    for i, (one_y, one_s) in enumerate(zip(scaled_y, scaled_s, strict=True)):
        where = f"for w = {w[i].tolist()}, r = {metric[i].tolist()}"
        allowed = slack[i] * max(1.0, float(metric[i].max()))
        assert verify.distance(cone, one_y, dual=True) <= allowed, (
            f"y not in K* {where}"
        )
        assert verify.distance(cone, one_s) <= allowed, f"s not in K {where}"
        assert abs(one_y @ one_s) <= 4 * w.shape[1] * allowed, f"s'y is not 0 {where}"

    for factor in (0.25, 3.7):
        assert_close(projection.dual(factor * w, r) / factor, y, w, 2 * tolerance)
    return y


def assert_nonexpansive(projection: Projection, w: Array, tolerance: float) -> None:
    """Assert that neighbours among the rows of w do not move apart."""
    unit = np.maximum(sizes(w[:-1]), sizes(w[1:]))
    y = projection.dual(w)
    before = np.linalg.norm(w[1:] / unit - w[:-1] / unit, axis=1)
    after = np.linalg.norm(y[1:] / unit - y[:-1] / unit, axis=1)
    allowed = tolerance * w.shape[1] + 64 * DENORMAL / unit[:, 0]
    assert (after <= before + allowed).all()


def assert_keeps_boundary(
    projection: Projection, w: Array, rng: np.random.Generator, tolerance: float
) -> None:
    """Assert that points between the boundaries of K* and -K go where they must."""
    unit = sizes(w)
    y = projection.dual(w / unit)
    s = y - w / unit
    alpha, beta = rng.choice([0, 1e-16, 1e-8, 1, 3], (2, w.shape[0], 1))
    combined = alpha * y - beta * s
    assert_close(projection.dual(combined), alpha * y, np.ones_like(w), 8 * tolerance)
