# SPDX-License-Identifier: MIT
"""Distances to the spectral cones, given eigenvalues or singular values.

Such a cone asks something of (t, X) that depends on the spectrum of X alone, so
the nearest point keeps the eigenvectors and the distance is that of the spectra
(von Neumann's trace inequality). The cones and their duals, with the inner product
t u + <X, Y>:

    l1, nuclear   |x|_1 <= t                     dual: max |y| <= u
    sum of the    x_1 + ... + x_k <= t           dual: 0 <= -y <= u, sum(-y) = k u,
    k largest     (largest first)                because u (sum of k largest of x)
                                                 is the support function of that set
    log-det       -v sum(log(x_i / v)) <= t,     dual (q belongs to v): u, y > 0,
                  v, x > 0, closed               q >= -u (n + sum(log(y_i / u))),
                                                 closed: the least of u t + q + y'x
                                                 is at v = 1, x_i = u / y_i

The closures add v = 0, t >= 0, x >= 0, and u = 0, q >= 0, y >= 0. With u in place of
v and q in place of t the dual is the same set with n v taken off the left side.
Vectors should be of a size that can be squared.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scsbench.problems import FloatArray

# Enough to exhaust the doubles of an interval that is not resolved near zero.
BISECTIONS = 80
# The logarithms between which the lengths of a projection of a unit vector are
# searched; exp() of the lower one is near the least double.
LOG_RANGE = (-740.0, 1.0)


def l1_distance(t: float, x: FloatArray) -> float:
    """Distance of (t, x) to {|x|_1 <= t}.

    The nearest point is (t + r, x shrunk by r), r the root of the convex piecewise
    linear sum(max(|x| - r, 0)) - t - r, which is the largest of the roots of its
    lines: those of the k largest |x|, k = 0, 1, ...
    """
    sizes = np.abs(x)
    shift = max(0.0, _largest_root(sizes, -t))
    return _length(shift, np.minimum(sizes, shift))


def max_norm_distance(t: float, x: FloatArray) -> float:
    """Distance of (t, x) to {max |x| <= t}; the bound moves to r >= 0.

    r is the root of sum(max(|x| - r, 0)) + t - r, again the largest of its lines'.
    """
    sizes = np.abs(x)
    bound = max(0.0, _largest_root(sizes, t))
    return _length(bound - t, np.maximum(sizes - bound, 0.0))


def _largest_root(sizes: FloatArray, constant: float) -> float:
    sums = np.cumsum(np.concatenate(([constant], np.sort(sizes)[::-1])))
    return float(np.max(sums / np.arange(1, sums.size + 1)))


def sum_largest_distance(t: float, x: FloatArray, k: int) -> float:
    """Distance of (t, x) to {sum of the k largest entries of x <= t}.

    By Moreau it is the length of the projection onto the polar, {(-u, z)} with
    (u, z) as in ``project_capped``.
    """
    if float(np.sum(np.sort(x)[-k:])) <= t:
        return 0.0
    return _length(*project_capped(-t, x, k))


def sum_largest_dual_distance(u: float, y: FloatArray, k: int) -> float:
    """Distance of (u, y) to {0 <= -y <= u, sum(-y) = k u}."""
    bound, nearest = project_capped(u, -y, k)
    return _length(u - bound, y + nearest)


def project_capped(u: float, z: FloatArray, k: int) -> tuple[float, FloatArray]:
    """Nearest point of {(u, z): 0 <= z <= u, sum(z) = k u}.

    For a fixed bound the nearest z is max(0, min(z - shift, bound)), the shift that
    gives the sum; half the squared distance then has the derivative
    bound - u - k shift - sum(max(z - shift - bound, 0)), which rises with the bound.
    """
    size = _length(u, z)

    def shift_of(bound: float) -> float:
        def lacking(shift: float) -> float:
            return k * bound - float(np.sum(np.clip(z - shift, 0.0, bound)))

        return _bisect(lacking, float(np.min(z)) - bound, float(np.max(z)))

    def slope(bound: float) -> float:
        shift = shift_of(bound)
        over = np.sum(np.maximum(z - shift - bound, 0.0))
        return bound - u - k * shift - float(over)

    if not size > 0.0:
        return 0.0, np.zeros_like(z)
    bound = _bisect(slope, 0.0, size)
    return bound, np.clip(z - shift_of(bound), 0.0, bound)


def logdet_distance(t: float, v: float, x: FloatArray) -> float:
    """Distance of (t, v, x) to the closure of -v sum(log(x_i / v)) <= t."""
    return _perspective_distance(t, v, x, 0.0)


def logdet_dual_distance(u: float, q: float, y: FloatArray) -> float:
    """Distance of (u, q, y) to the dual of the log-det cone."""
    return _perspective_distance(q, u, y, 1.0)


def _perspective_distance(t: float, v: float, x: FloatArray, extra: float) -> float:
    """Distance to the closure of f(v, x) = -v sum(extra + log(x_i / v)) <= t.

    With the multiplier r of the constraint the nearest point has t + r in place of
    t, x_i as the positive root of x (x - x_i) = r v, and v as the root of a rising
    function; f - t falls with r. Whatever the error of the two roots, raising t to
    f makes a member, so that a distance found here is never too small.
    """
    size = max(abs(t), abs(v), float(np.max(np.abs(x))))
    if not size > 0.0:
        return 0.0
    t, v, x = t / size, v / size, x / size

    def height(v: float, x: FloatArray) -> float:
        return -v * float(np.sum(extra + np.log(x) - np.log(v)))

    if v > 0.0 and np.all(x > 0.0) and height(v, x) <= t:
        return 0.0
    longest = _length(t, np.append(x, v))

    def nearest_of(log_r: float) -> tuple[float, FloatArray]:
        r = float(np.exp(log_r))

        def entries(log_v: float) -> FloatArray:
            # in logarithms, because r v may underflow
            return _positive_root(x, log_r + log_v)

        def slope(log_v: float) -> float:
            steep = log_v + 1.0 - extra - np.log(entries(log_v))
            return float(np.exp(log_v)) - v + r * float(np.sum(steep))

        log_v = _bisect(slope, LOG_RANGE[0], LOG_RANGE[1] + np.log(longest))
        return float(np.exp(log_v)), entries(log_v)

    def lacking(log_r: float) -> float:
        return t + float(np.exp(log_r)) - height(*nearest_of(log_r))

    log_r = _bisect(lacking, LOG_RANGE[0], LOG_RANGE[1] + np.log(longest))
    near_v, near_x = nearest_of(log_r)
    curved = _length(
        max(height(near_v, near_x) - t, 0.0), np.append(x - near_x, v - near_v)
    )
    face = _length(min(t, 0.0), np.append(np.minimum(x, 0.0), v))
    return size * min(curved, face, longest)


def _positive_root(x: FloatArray, log_product: float) -> FloatArray:
    """(x + sqrt(x^2 + 4 e^log_product)) / 2 without cancellation; positive."""
    half = np.exp(0.5 * log_product)
    larger = 0.5 * np.abs(x) + np.hypot(0.5 * x, half)
    # the other root's size: their product is e^log_product
    smaller = np.maximum(half * (half / larger), np.finfo(np.float64).tiny)
    return np.asarray(np.where(x >= 0.0, larger, smaller))


def _length(first: float, others: FloatArray) -> float:
    return float(np.hypot(first, np.linalg.norm(others)))


def _bisect(rising: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(BISECTIONS):
        middle = 0.5 * (low + high)
        if middle in (low, high):
            break
        if rising(middle) > 0.0:
            high = middle
        else:
            low = middle
    return 0.5 * (low + high)
