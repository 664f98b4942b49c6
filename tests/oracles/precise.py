# SPDX-License-Identifier: MIT
"""Projections onto curved cones in multiple-precision arithmetic.

Each ends in a proof: by Moreau's theorem p is the nearest point of K to v if and only
if p is in K, q = p - v in K* and p'q = 0, and all three are checked with the
definitions of K and K* before p is returned. So whatever led to p need not be trusted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import scipy.optimize
from mpmath import mpf

DIGITS = 60
FARTHEST = -1e6  # where the search for a logarithm begins
SLACK = mpf(10) ** -28  # of the proof, for vectors of size 1
TINIEST = mpf(10) ** -400  # what is smaller than any double is nothing
Vector = list[mpf]

mpmath.mp.dps = DIGITS


def root(f: Callable[[mpf], mpf], low: mpf, high: mpf) -> mpf:
    """The root of an increasing f in [low, high], to about SLACK^1.5 of its size.

    Illinois steps, and a halving whenever one does not halve the interval: superlinear
    and safe. f may be infinite at the ends.
    """
    f_low, f_high = f(low), f(high)
    if f_low >= 0:
        return low
    if f_high <= 0:
        return high
    tiny = SLACK**1.5
    side = 0
    for _ in range(1000):
        width = high - low
        if width <= tiny * max(abs(low), abs(high), TINIEST):
            break
        x = (low * f_high - high * f_low) / (f_high - f_low)
        regular = low < x < high
        x = x if regular else _between(low, high)
        value = f(x)
        if value == 0:
            return x
        if value < 0:
            low, f_low = x, value
            f_high = f_high / 2 if side < 0 else f_high
            side = -1
        else:
            high, f_high = x, value
            f_low = f_low / 2 if side > 0 else f_low
            side = 1
        if regular and high - low > width / 2:
            x = _between(low, high)
            value = f(x)
            low, f_low = (x, value) if value < 0 else (low, f_low)
            high, f_high = (high, f_high) if value < 0 else (x, value)
            side = 0
    return (low + high) / 2


def _between(low: mpf, high: mpf) -> mpf:
    """The mean, or something nearer to the smaller end if they differ in size."""
    if low > 0 and high > 16 * low:
        return mpmath.sqrt(low * high)
    if high < 0 and low < 16 * high:
        return -mpmath.sqrt(low * high)
    if low <= 0 <= high and max(-low, high) > 256:
        return mpmath.sqrt(high) if high > -low else -mpmath.sqrt(-low)
    return (low + high) / 2


def scaled(
    project: Callable[..., Vector], v: list[float], *parameters: object
) -> Vector:
    """The projection of v by way of v divided by its largest entry."""
    exact = [mpf(value) for value in v]
    size = max(abs(value) for value in exact)
    if size == 0:
        return exact
    return [size * value for value in project([x / size for x in exact], *parameters)]


def _is_nearest(
    v: Vector,
    p: Vector,
    inside: Callable[[Vector], bool],
    inside_dual: Callable[[Vector], bool],
    interior: Vector,
) -> bool:
    q = [a - b for a, b in zip(p, v, strict=True)]
    return (
        inside([a + SLACK * e for a, e in zip(p, interior, strict=True)])
        and inside_dual([a + SLACK * e for a, e in zip(q, interior, strict=True)])
        and abs(mpmath.fdot(p, q)) <= SLACK
    )


def _prove(v: Vector, p: Vector, *cones: Any) -> Vector:
    assert _is_nearest(v, p, *cones), "the oracle has not found the nearest point"
    return p


# --- exponential cone -----------------------------------------------------------------


def _in_exp(w: Vector) -> bool:
    x, y, z = w
    if y > 0:
        return z > 0 and x <= y * mpmath.log(z / y)
    return bool(y == 0 and x <= 0 and z >= 0)


def _in_exp_dual(w: Vector) -> bool:
    u, v, z = w
    if u < 0:
        return z > 0 and v >= u * (1 + mpmath.log(z / -u))
    return bool(u == 0 and v >= 0 and z >= 0)


def _over(numerator: mpf, denominator: mpf) -> mpf:
    """The logarithm of the quotient of two numbers that are not negative."""
    if numerator == 0:
        return mpmath.ninf
    return mpmath.inf if denominator == 0 else mpmath.log(numerator / denominator)


def exponential(v: Vector) -> Vector:
    """Nearest point of the exponential cone.

    If neither part of v = p - q is zero or on a flat face, p is a multiple of
    (rho, 1, exp(rho)) and q of (-1, rho - 1, exp(-rho)): see Friberg (2023).
    """
    x, y, z = v
    if _in_exp(v):
        return list(v)
    if _in_exp_dual([-entry for entry in v]):
        return [mpf(0)] * 3
    if x <= 0 and y <= 0:
        return [x, mpf(0), max(z, mpf(0))]

    def parts(rho: mpf) -> tuple[mpf, mpf]:
        square = rho * rho - rho + 1
        return (y + (rho - 1) * x) / square, (x - rho * y) / square

    def equation(rho: mpf) -> mpf:
        a, b = (max(part, mpf(0)) for part in parts(rho))
        return _over(
            a * mpmath.exp(rho) + max(-z, mpf(0)), b * mpmath.exp(-rho) + max(z, mpf(0))
        )

    far = mpf(10) ** 400
    rho = root(equation, 1 - y / x if x > 0 else -far, x / y if y > 0 else far)
    a, b = parts(rho)
    if rho < 0:
        p = [a * rho, a, a * mpmath.exp(rho)]
    else:
        p = [x - b, y + b * (rho - 1), z + b * mpmath.exp(-rho)]
    return _prove(v, p, _in_exp, _in_exp_dual, [mpf(-1), mpf(1), mpf(1)])


# --- power cone -----------------------------------------------------------------------


def _in_power(w: Vector, a: mpf) -> bool:
    x, y, z = w
    if x < 0 or y < 0:
        return False
    return bool(z == 0 or mpmath.power(x, a) * mpmath.power(y, 1 - a) >= abs(z))


def _in_power_dual(w: Vector, a: mpf) -> bool:
    x, y, z = w
    return _in_power([x / a if a > 0 else x, y / (1 - a) if a < 1 else y, z], a)


def power(v: Vector, exponent: float) -> Vector:
    """Nearest point of {x^a y^(1-a) >= |z|}, by the size r of its third entry.

    x (x - x0) = a r (|z0| - r) and the same of y with 1 - a: see Hien (2015).
    """
    a = mpf(exponent)
    x0, y0, z0 = v
    if _in_power(v, a):
        return list(v)
    if _in_power_dual([-entry for entry in v], a):
        return [mpf(0)] * 3
    if z0 == 0:
        return [max(x0, mpf(0)), max(y0, mpf(0)), z0]
    size = abs(z0)

    def larger_root(start: mpf, product: mpf) -> mpf:
        big = (abs(start) + mpmath.sqrt(start * start + 4 * product)) / 2
        return big if start > 0 else product / big if big > 0 else mpf(0)

    def point(r: mpf, d: mpf) -> Vector:
        return [larger_root(x0, a * r * d), larger_root(y0, (1 - a) * r * d), r]

    def equation(r: mpf, d: mpf) -> mpf:
        """Increasing in r: log of r over x^a y^(1-a)."""
        x, y, _ = point(r, d)
        if (x == 0 and a > 0) or (y == 0 and a < 1):
            return mpmath.inf
        logs = (a * mpmath.log(x) if a > 0 else 0) + (
            (1 - a) * mpmath.log(y) if a < 1 else 0
        )
        return mpmath.log(r) - logs

    least = mpf(10) ** -700
    half = size / 2
    if equation(half, half) >= 0:
        r = root(lambda r: equation(r, size - r), least, half)
        d = size - r
    else:
        d = root(lambda d: -equation(size - d, d), least, half)
        r = size - d
    p = point(r, d)
    p[2] = mpmath.sign(z0) * r
    return _prove(
        v,
        p,
        lambda w: _in_power(w, a),
        lambda w: _in_power_dual(w, a),
        [mpf(1), mpf(1), mpf(0)],
    )


# --- logarithmic determinant, on the eigenvalues --------------------------------------


def _in_logdet(w: Vector) -> bool:
    t, v, x = w[0], w[1], w[2:]
    if v > 0:
        return min(x) > 0 and -v * sum(mpmath.log(entry / v) for entry in x) <= t
    return bool(v == 0 and t >= 0 and min(x) >= 0)


def _in_logdet_dual(w: Vector) -> bool:
    u, s, y = w[0], w[1], w[2:]
    if u > 0:
        return (
            min(y) > 0
            and -u * (len(y) + sum(mpmath.log(entry / u) for entry in y)) <= s
        )
    return bool(u == 0 and s >= 0 and min(y) >= 0)


def _lifted(x0: Vector, product: mpf) -> Vector:
    """The x_i >= x0_i with x_i (x_i - x0_i) = product."""
    bigger = [(abs(x) + mpmath.sqrt(x * x + 4 * product)) / 2 for x in x0]
    return [b if x > 0 else product / b for b, x in zip(bigger, x0, strict=True)]


def _slice_multiplier(w: list[float], log_v: float) -> tuple[float, float]:
    """In a slice of given v: the logarithm of u = t - t0, and sum log(x_i / v)."""
    t0, x0 = w[0], np.array(w[2:])
    v = np.exp(log_v)

    def logs(log_u: float) -> float:
        product = np.exp(log_u + log_v)
        bigger = (np.abs(x0) + np.sqrt(x0 * x0 + 4 * product)) / 2
        half = (log_u + log_v) / 2  # log x_i where x0_i is nothing
        size = np.log(bigger, out=np.full(x0.size, half), where=bigger > 0)
        result = np.where(x0 > 0, size, log_u + log_v - size)
        return float(result.sum() - x0.size * log_v)

    def equation(log_u: float) -> float:
        return float(np.exp(log_u) + t0 + v * logs(log_u))

    low, high = FARTHEST, 12.0
    if equation(low) > 0:
        return low, logs(low)
    log_u = scipy.optimize.brentq(equation, low, high, xtol=1e-14)
    return log_u, logs(log_u)


def _logdet_guess(w: list[float]) -> tuple[float, float]:
    """Roughly log u and log v of the projection: v minimises a convex distance."""

    def slope(log_v: float) -> float:
        log_u, logs = _slice_multiplier(w, log_v)
        return float(np.exp(log_v) - w[1] + np.exp(log_u) * (len(w) - 2 - logs))

    low, high = FARTHEST, 6.0
    if slope(low) > 0:
        return _slice_multiplier(w, low)[0], low
    log_v = scipy.optimize.brentq(slope, low, high, xtol=1e-14)
    return _slice_multiplier(w, log_v)[0], log_v


def logdet(w: Vector) -> Vector:
    """Nearest point of the closure of {(t, v, x): -v sum log(x_i / v) <= t, v > 0}.

    With the multiplier u = t - t0 the optimality conditions are
    x_i (x_i - x0_i) = u v, u + t0 = -v L and v - v0 = u (L - n), L = sum log(x_i / v):
    two nested roots in double precision, made precise by Newton's method for
    (log u, log v).
    """
    t0, v0, x0 = w[0], w[1], w[2:]
    n, nothing = len(x0), mpf(0)
    clipped = [max(x, nothing) for x in x0]
    ones = [mpf(1)] * len(w)
    easy = [
        list(w),
        [nothing] * len(w),
        [max(t0, nothing), nothing, *clipped],
        [t0, v0, *clipped],  # for large t / v, where exp(-t / v) is nothing
    ]
    for p in easy:
        if _is_nearest(w, p, _in_logdet, _in_logdet_dual, ones):
            return p
    u, v = (mpmath.exp(value) for value in _logdet_guess([float(x) for x in w]))
    for _ in range(60):
        x = _lifted(x0, u * v)
        logs = sum(mpmath.log(entry / v) for entry in x)
        s = sum(u * v / (a * (2 * a - b)) for a, b in zip(x, x0, strict=True))
        first, second = u + t0 + v * logs, v - v0 + u * (n - logs)
        j = [u + v * s, v * (logs + s - n), u * (n - logs - s), v - u * (s - n)]
        det = j[0] * j[3] - j[1] * j[2]
        log_u = (j[1] * second - j[3] * first) / det
        log_v = (j[2] * first - j[0] * second) / det
        size = max(abs(log_u), abs(log_v))
        damp = min(mpf(1), 2 / size) if size > 0 else mpf(1)
        u, v = u * mpmath.exp(damp * log_u), v * mpmath.exp(damp * log_v)
        if size < SLACK:
            break
    x = _lifted(x0, u * v)
    p = [-v * sum(mpmath.log(entry / v) for entry in x), v, *x]
    return _prove(w, p, _in_logdet, _in_logdet_dual, ones)


# --- second-order cone ----------------------------------------------------------------


def second_order(v: Vector) -> Vector:
    """Nearest point of {|z| <= t}: cut off the negative ones of the two eigenvalues."""
    t, z = v[0], v[1:]
    norm = mpmath.sqrt(mpmath.fdot(z, z))
    plus, minus = max(t + norm, mpf(0)), max(t - norm, mpf(0))
    if norm == 0:
        return [plus, *z]
    return [(plus + minus) / 2, *((plus - minus) / 2 * x / norm for x in z)]
