# SPDX-License-Identifier: MIT
"""Projections that sorting and rational arithmetic make exact.

Every number is a Fraction, so nothing is rounded before the end; vectors are lists.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

Vector = list[Fraction]

ZERO = Fraction(0)
INFINITE = 1e15  # a bound of this size is none


def fractions(values: list[float]) -> Vector:
    return [Fraction(value) for value in values]


class _Sides:
    """The finite bounds of a box cone, each with its entry of x and of the weight."""

    def __init__(
        self, x: Vector, lower: list[float], upper: list[float], weight: Vector
    ) -> None:
        self.first = x[0], weight[0]
        self.entries = [
            (Fraction(bound), value, size, is_lower)
            for value, low, high, size in zip(
                x[1:], lower, upper, weight[1:], strict=True
            )
            for bound, is_lower in ((low, True), (high, False))
            if abs(bound) < INFINITE
        ]

    def slope(self, t: Fraction) -> Fraction:
        """The derivative of half the squared distance to the slice of the cone at t."""
        total = self.first[1] * (t - self.first[0])
        for bound, value, size, is_lower in self.entries:
            violation = t * bound - value
            if (violation > 0) == is_lower and violation != 0:
                total += size * bound * violation
        return total

    def minimiser(self) -> Fraction:
        """The t >= 0 of the nearest slice: the slope is linear between breakpoints."""
        if self.slope(ZERO) >= 0:
            return ZERO
        breaks = {value / bound for bound, value, _, _ in self.entries if bound != 0}
        points = [ZERO, *sorted(t for t in breaks if t > 0)]
        points.append(points[-1] + 1)
        while self.slope(points[-1]) < 0:
            points.append(2 * points[-1])
        for left, right in pairwise(points):
            at_left, at_right = self.slope(left), self.slope(right)
            if at_right >= 0:
                return left - at_left * (right - left) / (at_right - at_left)
        raise AssertionError("an increasing function without a root")


def box(x: Vector, lower: list[float], upper: list[float], weight: Vector) -> Vector:
    """Nearest point of {(t, s): t lower <= s <= t upper} in the metric diag(weight)."""
    t = _Sides(x, lower, upper, weight).minimiser()
    result = [t]
    for value, low, high in zip(x[1:], lower, upper, strict=True):
        above = max(value, t * Fraction(low)) if low > -INFINITE else value
        result.append(min(above, t * Fraction(high)) if high < INFINITE else above)
    return result


def ell1_dual(w: Vector) -> Vector:
    """Nearest point of {(u, y): |y_i| <= u}: cut the k largest off, k found by trial.

    For the right k the cut lies between the k-th and the next absolute value.
    """
    sizes = sorted((abs(value) for value in w[1:]), reverse=True)
    total = w[0]
    cut = total
    for k in range(len(sizes) + 1):
        cut = total / (k + 1)
        if k == len(sizes) or cut >= sizes[k]:
            break
        total += sizes[k]
    cut = max(cut, ZERO)
    return [cut, *(max(-cut, min(cut, value)) for value in w[1:])]


def _sum_largest_trial(
    t: Fraction, x: Vector, k: int, top: int, end: int
) -> Vector | None:
    """The point if the first `top` entries are above the tie and it ends at `end`.

    The top entries move down by theta, those of the tie to one value tau; both follow
    from t + theta = sum of the top + (k - top) tau and from the sum of what the tie
    gives away, theta (k - top).
    """
    head, tie = x[:top], x[top:end]
    many, share = len(tie), k - top
    mean = sum(tie, ZERO) / many
    theta = sum(head, ZERO) + share * mean - t
    theta /= 1 + top + Fraction(share * share, many)
    tau = mean - theta * share / many
    if theta < 0 or any(value - theta < tau for value in head):
        return None
    if any(value > tau for value in x[end:]):
        return None
    if any(not 0 <= value - tau <= theta for value in tie):
        return None
    result = [value - theta for value in head] + [tau] * many + x[end:]
    return [t + theta, *result]


def sum_largest(w: Vector, k: int) -> Vector:
    """Nearest point of {(t, x): sum of the k largest x_i <= t}: try every tie."""
    order = sorted(range(1, len(w)), key=lambda i: w[i], reverse=True)
    t, x = w[0], [w[i] for i in order]
    if sum(x[:k], ZERO) <= t:
        return list(w)
    trials = ((top, end) for top in range(k) for end in range(k, len(x) + 1))
    for top, end in trials:
        found = _sum_largest_trial(t, x, k, top, end)
        if found is not None:
            result = [found[0]] + [ZERO] * len(x)
            for place, value in zip(order, found[1:], strict=True):
                result[place] = value
            return result
    raise AssertionError("no tie satisfies the optimality conditions")
