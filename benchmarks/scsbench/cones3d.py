# SPDX-License-Identifier: MIT
"""Distances to many exponential or power cones at once (rows of an (N, 3) array).

Exponential cone: closure of {(x, y, z): y > 0, y exp(x / y) <= z}. Outside the
easy cases v splits into orthogonal parts along a(r) = (r, 1, e^r), on the cone,
and b(r) = (1, 1 - r, -e^-r), on its polar; r is the one root of a monotone
function (Friberg, "Projection onto the exponential cone: a univariate
root-finding problem", 2023). All candidates are points of their cone whatever
the error in r, so a distance found here is never too small.

Power cone: {(x, y, z): x^a y^(1-a) >= |z|, x >= 0, y >= 0}; the projection is one
root in the size of z (Hien, "Differential properties of Euclidean projection onto
power cone", 2015).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from scsbench.problems import FloatArray

BoolArray = npt.NDArray[np.bool_]

# exp() of this is near the largest double.
EXPONENT_LIMIT = 700.0
BISECTIONS = 100


def exponential_distance(v: FloatArray, *, dual: bool) -> float:
    """Largest distance of a row to the exponential cone, or to its dual."""
    size = np.maximum(np.max(np.abs(v), axis=1), np.finfo(np.float64).tiny)
    unit = (-v if dual else v) / size[:, None]
    inside = _in_dual_exponential(-unit) if dual else _in_exponential(unit)
    found = _exponential_gap(unit, dual=dual)
    return float(np.max(np.where(inside, 0.0, found * size)))


def _in_exponential(v: FloatArray) -> BoolArray:
    x, y, z = v.T
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        curved = (y > 0.0) & (z > 0.0) & (x / y <= np.log(z) - np.log(y))
    return np.asarray(curved | ((x <= 0.0) & (y == 0.0) & (z >= 0.0)))


def _in_dual_exponential(v: FloatArray) -> BoolArray:
    # {(u, v, w): u < 0, -u exp(v / u) <= e w} and the face u = 0, v >= 0, w >= 0
    x, y, z = v.T
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        curved = (x < 0.0) & (z > 0.0) & (y / x <= 1.0 + np.log(z) - np.log(-x))
    return np.asarray(curved | ((x == 0.0) & (y >= 0.0) & (z >= 0.0)))


def _exponential_gap(v: FloatArray, *, dual: bool) -> FloatArray:
    """Distance of v to the cone or (``dual``) of v to its polar; |v| about 1."""
    x, y, z = v.T
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(x > 0.0, 1.0 - y / x, -EXPONENT_LIMIT)
        high = np.where(y > 0.0, x / y, EXPONENT_LIMIT)
    low = np.clip(np.nan_to_num(low), -EXPONENT_LIMIT, EXPONENT_LIMIT)
    high = np.clip(np.nan_to_num(high), -EXPONENT_LIMIT, EXPONENT_LIMIT)

    def height(r: FloatArray) -> FloatArray:
        common = r * r - r + 1.0
        on_cone = ((r - 1.0) * x + y) / common
        on_polar = (x - r * y) / common
        return np.asarray(on_cone * np.exp(r) - on_polar * np.exp(-r) - z)

    r = _bisect(height, low, np.maximum(low, high))
    # Re-fit the lengths along the two directions: they are exact for a given r,
    # while the quotients above cancel badly when e^r is large.
    falling = np.exp(-np.abs(r))
    rising = np.where(r > 0.0, falling, 1.0)
    a = np.stack((r * rising, rising, np.where(r > 0.0, 1.0, falling)), axis=1)
    rising = np.where(r > 0.0, 1.0, falling)
    b = np.stack((rising, (1.0 - r) * rising, -np.where(r > 0.0, falling, 1.0)), axis=1)
    zero = np.zeros_like(x)
    # Beyond the limit the curved surface is flat to rounding.
    if dual:
        first, third = np.maximum(x, 0.0), np.minimum(z, 0.0)
        second = np.minimum(y, (1.0 - EXPONENT_LIMIT) * first)
        face = np.stack((zero, np.minimum(y, 0.0), third), axis=1)
        flat = np.stack((first, second, third), axis=1)
        return _nearest(v, _along(v, b), face, flat)
    second, third = np.maximum(y, 0.0), np.maximum(z, 0.0)
    first = np.minimum(x, -EXPONENT_LIMIT * second)
    face = np.stack((np.minimum(x, 0.0), zero, third), axis=1)
    flat = np.stack((first, second, third), axis=1)
    return _nearest(v, _along(v, a), face, flat)


def _along(v: FloatArray, direction: FloatArray) -> FloatArray:
    length = np.sum(v * direction, axis=1) / np.sum(direction * direction, axis=1)
    return np.asarray(np.maximum(length, 0.0)[:, None] * direction)


def _nearest(v: FloatArray, *candidates: FloatArray) -> FloatArray:
    each = [np.linalg.norm(v - candidate, axis=1) for candidate in candidates]
    return np.asarray(np.min(np.stack(each), axis=0))


def power_distance(v: FloatArray, a: FloatArray, *, dual: bool) -> float:
    """Largest distance of a row to the power cone of exponent ``a[i]`` in [0, 1]."""
    if np.any((a < 0.0) | (a > 1.0)):
        raise ValueError("power cone exponents must be in [-1, 1]")
    size = np.maximum(np.max(np.abs(v), axis=1), np.finfo(np.float64).tiny)
    unit = (-v if dual else v) / size[:, None]
    nearest = project_power(unit, a)
    gap = np.linalg.norm(nearest if dual else unit - nearest, axis=1)
    return float(np.max(gap * size))


def project_power(v: FloatArray, a: FloatArray) -> FloatArray:
    """Nearest points of the power cones; rows are (x, y, z), ``a`` in [0, 1]."""
    x, y, z = v.T
    wide = np.abs(z)

    def sides(r: FloatArray) -> tuple[FloatArray, FloatArray]:
        room = r * (wide - r)
        return _positive_root(x, a * room), _positive_root(y, (1.0 - a) * room)

    def excess(r: FloatArray) -> FloatArray:
        left, right = sides(r)
        return np.asarray(r - left**a * right ** (1.0 - a))

    inside = (x >= 0.0) & (y >= 0.0)
    inside &= np.maximum(x, 0.0) ** a * np.maximum(y, 0.0) ** (1.0 - a) >= wide
    # -v in the dual cone: the nearest point is 0
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(a > 0.0, (np.maximum(-x, 0.0) / a) ** a, 1.0)
        right = np.where(a < 1.0, (np.maximum(-y, 0.0) / (1.0 - a)) ** (1.0 - a), 1.0)
    polar = (x <= 0.0) & (y <= 0.0) & (left * right >= wide)
    r = _bisect(excess, np.zeros_like(wide), wide)
    left, right = sides(r)
    root = _nearest_member(v, left, right, r, a)
    flat = np.stack((np.maximum(x, 0.0), np.maximum(y, 0.0), 0.0 * z), axis=1)
    nearest = np.where((wide == 0.0)[:, None], flat, root)
    nearest = np.where(polar[:, None], 0.0, nearest)
    return np.asarray(np.where(inside[:, None], v, nearest))


def _nearest_member(
    v: FloatArray, left: FloatArray, right: FloatArray, r: FloatArray, a: FloatArray
) -> FloatArray:
    """Make (left, right, r) a member by moving the coordinate that costs least.

    With a near 0 or 1 a side of 1e-200 may matter, which r cannot resolve; that
    side is then recovered from the other two.
    """
    lowered = np.minimum(r, left**a * right ** (1.0 - a))
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        wider_left = np.maximum(left, (r / right ** (1.0 - a)) ** (1.0 / a))
        wider_right = np.maximum(right, (r / left**a) ** (1.0 / (1.0 - a)))
    candidates = np.stack(
        [
            np.stack((left, right, lowered), axis=1),
            np.stack((wider_left, right, r), axis=1),
            np.stack((left, wider_right, r), axis=1),
        ]
    )
    candidates[:, :, 2] = np.copysign(candidates[:, :, 2], v[:, 2])
    with np.errstate(over="ignore", invalid="ignore"):
        cost = np.linalg.norm(candidates - v, axis=2)
    # the first is always finite, so a NaN of the others never wins
    best = np.argmin(np.where(np.isnan(cost), np.inf, cost), axis=0)
    return np.asarray(candidates[best, np.arange(r.size)])


def _positive_root(u: FloatArray, w: FloatArray) -> FloatArray:
    """(u + sqrt(u^2 + 4 w)) / 2 for w >= 0 without cancellation."""
    root = np.sqrt(u * u + 4.0 * w)
    with np.errstate(divide="ignore", invalid="ignore"):
        below = np.where(root - u > 0.0, 2.0 * w / (root - u), 0.0)
    return np.asarray(np.where(u >= 0.0, 0.5 * (u + root), below))


def _bisect(
    rising: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray
) -> FloatArray:
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        above = rising(middle) > 0.0
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray(0.5 * (low + high))
