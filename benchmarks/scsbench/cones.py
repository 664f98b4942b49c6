# SPDX-License-Identifier: MIT
"""Distances of a vector to a product of cones and to its dual.

Where only the primal projection is written, the distance of y to K* is the norm
of P_K(-y) by Moreau's decomposition v = P_K(v) - P_K*(-v).
Row order: z (and f), l, box, q, s, cs, ep, ed, p, d, nuc, ell1, sl.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

import numpy as np

from scsbench.cones3d import exponential_distance, power_distance
from scsbench.cones_spectral import (
    l1_distance,
    logdet_distance,
    logdet_dual_distance,
    max_norm_distance,
    sum_largest_distance,
    sum_largest_dual_distance,
)
from scsbench.problems import Cone, FloatArray

# The solver's convention: a bound this large is no bound.
INFINITE_BOUND = 1e15
SUPPORTED = (
    *("z", "f", "l", "bu", "bl", "q", "s", "cs", "ep", "ed", "p"),
    *("d", "nuc_m", "nuc_n", "ell1", "sl_n", "sl_k"),
)

Measure = Callable[[FloatArray, bool], float]


def distances(cone: Cone, v: FloatArray, *, dual: bool) -> dict[str, float]:
    """Return, per cone key, the largest Euclidean distance of a block of ``v``.

    ``dual`` measures against the dual cone. Raises ``ValueError`` when the rows
    do not add up to the length of ``v`` or the cone is not one of ``SUPPORTED``.
    """
    unknown = [key for key in cone if key not in SUPPORTED and not _is_empty(cone[key])]
    if unknown:
        raise ValueError(f"the judge does not know cone field {unknown[0]!r}")
    worst: dict[str, float] = {}
    row = 0
    for key, rows, measure in _groups(cone):
        part = v[row : row + rows]
        if part.size != rows:
            raise ValueError(f"cone has more rows than the vector ({v.size})")
        worst[key] = max(worst.get(key, 0.0), _scaled(measure, part, dual))
        row += rows
    if row != v.size:
        raise ValueError(f"cone has {row} rows, the vector {v.size}")
    return worst


def _scaled(measure: Measure, v: FloatArray, dual: bool) -> float:
    """Measure 2^-k v of size about 1: squares of 1e200 would overflow."""
    largest = float(np.max(np.abs(v), initial=0.0))
    if not 0.0 < largest < np.inf:
        return 0.0 if largest == 0.0 else np.inf
    exponent = int(np.frexp(largest)[1])
    return float(np.ldexp(measure(np.ldexp(v, -exponent), dual), exponent))


def _groups(cone: Cone) -> Iterator[tuple[str, int, Measure]]:
    """Yield (key, rows, measure) in row order; equal neighbours are one group."""
    yield "z", int(cone.get("z") or 0) + int(cone.get("f") or 0), _zero
    yield "l", int(cone.get("l") or 0), _nonnegative
    lower, upper = _floats(cone, "bl"), _floats(cone, "bu")
    if lower.size:
        yield "box", lower.size + 1, _box(lower, upper)
    for size, count in _runs(_ints(cone, "q")):
        if size:
            yield "q", size * count, _second_order(size)
    for size in _ints(cone, "s"):
        yield "s", size * (size + 1) // 2, _semidefinite(size)
    for size in _ints(cone, "cs"):
        yield "cs", size * size, _hermitian(size)
    yield "ep", 3 * int(cone.get("ep") or 0), _exponential(dual_cone=False)
    yield "ed", 3 * int(cone.get("ed") or 0), _exponential(dual_cone=True)
    powers = _floats(cone, "p")
    yield "p", 3 * powers.size, _power(powers)
    for size in _ints(cone, "d"):
        yield "d", 2 + size * (size + 1) // 2, _logdet(size)
    for rows, cols in _both(cone, "nuc_m", "nuc_n"):
        yield "nuc", 1 + rows * cols, _nuclear(rows, cols)
    for size in _ints(cone, "ell1"):
        yield "ell1", 1 + size, _l1
    for size, largest in _both(cone, "sl_n", "sl_k"):
        yield "sl", 1 + size * (size + 1) // 2, _sum_largest(size, largest)


def _zero(v: FloatArray, dual: bool) -> float:
    return 0.0 if dual else float(np.max(np.abs(v)))


def _nonnegative(v: FloatArray, dual: bool) -> float:
    del dual  # self-dual
    return max(0.0, -float(np.min(v)))


def _second_order(size: int) -> Measure:
    def measure(v: FloatArray, dual: bool) -> float:
        del dual  # self-dual
        blocks = v.reshape(-1, size)
        head, tail = blocks[:, 0], np.linalg.norm(blocks[:, 1:], axis=1)
        outside = np.where(
            head <= -tail, np.hypot(head, tail), (tail - head) / np.sqrt(2.0)
        )
        return max(0.0, float(np.max(outside)))

    return measure


def _semidefinite(size: int) -> Measure:
    def measure(v: FloatArray, dual: bool) -> float:
        del dual  # self-dual
        return _negative_part(unpack_symmetric(v, size))

    return measure


def _hermitian(size: int) -> Measure:
    def measure(v: FloatArray, dual: bool) -> float:
        del dual  # self-dual
        return _negative_part(unpack_hermitian(v, size))

    return measure


def _negative_part(matrix: FloatArray | np.ndarray) -> float:
    return float(np.linalg.norm(np.minimum(np.linalg.eigvalsh(matrix), 0.0)))


def unpack_symmetric(v: FloatArray, size: int) -> FloatArray:
    """Lower triangle by columns, off-diagonal entries times sqrt 2 -> matrix."""
    matrix = np.zeros((size, size))
    # Row-major order of the upper triangle is column order of the lower one.
    upper = np.triu_indices(size)
    matrix[upper] = np.where(upper[0] == upper[1], v, v / np.sqrt(2.0))
    return matrix + np.triu(matrix, 1).T


def unpack_hermitian(v: FloatArray, size: int) -> np.ndarray:
    """As ``unpack_symmetric``, an off-diagonal entry being (real, imaginary)."""
    matrix = np.zeros((size, size), dtype=np.complex128)
    row = 0
    for j in range(size):
        matrix[j, j] = v[row]
        below = size - j - 1
        pairs = v[row + 1 : row + 1 + 2 * below].reshape(below, 2) / np.sqrt(2.0)
        matrix[j + 1 :, j] = pairs[:, 0] + 1j * pairs[:, 1]
        matrix[j, j + 1 :] = pairs[:, 0] - 1j * pairs[:, 1]
        row += 1 + 2 * below
    return matrix


def _box(lower: FloatArray, upper: FloatArray) -> Measure:
    if lower.size != upper.size:
        raise ValueError("bu different dimension to bl")

    def measure(v: FloatArray, dual: bool) -> float:
        if dual:
            return float(np.linalg.norm(project_box(-v, lower, upper)))
        return float(np.linalg.norm(v - project_box(v, lower, upper)))

    return measure


def project_box(v: FloatArray, lower: FloatArray, upper: FloatArray) -> FloatArray:
    """Nearest point of {(t, s): t >= 0, t lower <= s <= t upper}.

    For fixed t the best s is a clipping, and the squared distance is convex in t,
    so its derivative is bisected.
    """
    head, tail = float(v[0]), v[1:]
    bounded_below, bounded_above = lower > -INFINITE_BOUND, upper < INFINITE_BOUND
    low = np.where(bounded_below, lower, 0.0)
    high = np.where(bounded_above, upper, 0.0)

    def slope(t: float) -> float:
        over = np.where(bounded_above, np.maximum(tail - t * high, 0.0), 0.0)
        under = np.where(bounded_below, np.minimum(tail - t * low, 0.0), 0.0)
        return t - head - float(high @ over) - float(low @ under)

    left, right = 0.0, max(1.0, abs(head))
    if slope(0.0) < 0.0:
        while slope(right) < 0.0:
            right *= 2.0
        while right - left > 1e-16 * right:
            middle = 0.5 * (left + right)
            if middle in (left, right):
                break
            if slope(middle) < 0.0:
                left = middle
            else:
                right = middle
    else:
        right = 0.0
    nearest = np.where(bounded_above, np.minimum(tail, right * high), tail)
    nearest = np.where(bounded_below, np.maximum(nearest, right * low), nearest)
    return np.concatenate(([right], nearest))


def _exponential(*, dual_cone: bool) -> Measure:
    def measure(v: FloatArray, dual: bool) -> float:
        return exponential_distance(v.reshape(-1, 3), dual=dual != dual_cone)

    return measure


def _power(exponents: FloatArray) -> Measure:
    def measure(v: FloatArray, dual: bool) -> float:
        blocks, worst = v.reshape(-1, 3), 0.0
        # A negative exponent stands for the dual of the cone of its absolute value.
        for flipped in (False, True):
            rows = (exponents < 0.0) == flipped
            if np.any(rows):
                found = power_distance(
                    blocks[rows], np.abs(exponents[rows]), dual=dual != flipped
                )
                worst = max(worst, found)
        return worst

    return measure


def _logdet(size: int) -> Measure:
    def measure(v: FloatArray, dual: bool) -> float:
        spectrum = _spectrum(v[2:], size)
        found = logdet_dual_distance if dual else logdet_distance
        return found(float(v[0]), float(v[1]), spectrum)

    return measure


def _nuclear(rows: int, cols: int) -> Measure:
    def measure(v: FloatArray, dual: bool) -> float:
        matrix = v[1:].reshape((rows, cols), order="F")
        spectrum = np.linalg.svd(matrix, compute_uv=False)
        return _l1(np.concatenate((v[:1], spectrum)), dual)

    return measure


def _l1(v: FloatArray, dual: bool) -> float:
    return (max_norm_distance if dual else l1_distance)(float(v[0]), v[1:])


def _sum_largest(size: int, largest: int) -> Measure:
    if not 0 < largest < size:
        raise ValueError(f"sl_k must be between 0 and sl_n = {size}, not {largest}")

    def measure(v: FloatArray, dual: bool) -> float:
        spectrum = _spectrum(v[1:], size)
        found = sum_largest_dual_distance if dual else sum_largest_distance
        return found(float(v[0]), spectrum, largest)

    return measure


def _spectrum(v: FloatArray, size: int) -> FloatArray:
    values = np.linalg.eigvalsh(unpack_symmetric(v, size))
    return np.asarray(values, dtype=np.float64)


def _both(cone: Cone, first: str, second: str) -> Iterator[tuple[int, int]]:
    left, right = _ints(cone, first), _ints(cone, second)
    if len(left) != len(right):
        raise ValueError(f"{first} different dimension to {second}")
    yield from zip(left, right, strict=True)


def _ints(cone: Cone, key: str) -> list[int]:
    value = cone.get(key)
    if value is None:
        return []
    return [int(k) for k in np.atleast_1d(value)]


def _floats(cone: Cone, key: str) -> FloatArray:
    value = cone.get(key)
    if value is None:
        return np.zeros(0)
    return np.atleast_1d(np.asarray(value, dtype=np.float64))


def _runs(sizes: list[int]) -> Iterator[tuple[int, int]]:
    for size, group in groupby(sizes):
        yield size, len(list(group))


def _is_empty(value: object) -> bool:
    return value is None or not np.any(np.asarray(value))
