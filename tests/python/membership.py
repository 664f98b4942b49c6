# SPDX-License-Identifier: MIT
"""How far a point is outside a cone or its dual, straight from the definitions.

For most cones a norm or an extreme eigenvalue says it. For the curved ones the measure
is the step along a fixed interior direction e that leads into the cone: if the point is
at distance d and the ball of radius rho around e is in the cone, that step is between
d / |e| and d / rho, so it is the distance up to a constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


def symmetric(rows: Array, n: int) -> Array:
    """The matrix whose lower triangle, off-diagonal times sqrt 2, is rows."""
    matrix = np.zeros((n, n))
    column, row = np.triu_indices(n)
    matrix[row, column] = rows
    off = np.tril(matrix, -1) / np.sqrt(2)
    return off + off.T + np.diag(np.diag(matrix))


def symmetric_rows(matrix: Array) -> Array:
    """The inverse of symmetric."""
    column, row = np.triu_indices(matrix.shape[0])
    return np.where(row == column, 1, np.sqrt(2)) * matrix[row, column]


def hermitian(rows: Array, n: int) -> Array:
    """The Hermitian matrix that a block of cone cs holds."""
    matrix = np.zeros((n, n), dtype=complex)
    place = 0
    for j in range(n):
        matrix[j, j] = rows[place]
        below = rows[place + 1 : place + 1 + 2 * (n - 1 - j)] / np.sqrt(2)
        matrix[j + 1 :, j] = below[::2] + 1j * below[1::2]
        matrix[j, j + 1 :] = matrix[j + 1 :, j].conj()
        place += 1 + below.size
    return matrix


def hermitian_rows(matrix: Array) -> Array:
    """The inverse of hermitian."""
    parts = []
    for j in range(matrix.shape[0]):
        below = matrix[j + 1 :, j] * np.sqrt(2)
        parts += [[matrix[j, j].real], np.c_[below.real, below.imag].ravel()]
    return np.concatenate(parts)


# --- cones whose distance a norm or an eigenvalue tells -------------------------------


def _box(block: Array, bounds: tuple[Array, Array], dual: bool) -> float:
    lower, upper = bounds
    first, rest = block[0], block[1:]
    with np.errstate(invalid="ignore"):
        if dual:  # <(first, rest), (1, s)> >= 0 for lower <= s <= upper
            worst = np.where(rest == 0, 0.0, np.minimum(rest * lower, rest * upper))
            # The rounding error of a multiplier at an infinite bound is no sin.
            worst[np.isinf(worst) & (np.abs(rest) < 1e-9)] = 0.0
            return float(-(first + worst.sum()))
        low = np.where(np.isinf(lower), -np.inf, first * lower - rest)
        high = np.where(np.isinf(upper), -np.inf, rest - first * upper)
    return float(max(-first, low.max(), high.max()))


def _nuclear(block: Array, shape: tuple[int, int], dual: bool) -> float:
    values = np.linalg.svd(block[1:].reshape(shape, order="F"), compute_uv=False)
    return float((values.max() if dual else values.sum()) - block[0])


def _sum_largest(block: Array, sizes: tuple[int, int], dual: bool) -> float:
    n, k = sizes
    values = np.linalg.eigvalsh(symmetric(block[1:], n))
    if dual:  # 0 <= -Y <= u I and -trace Y = k u
        u, values = block[0], -values
        return float(max(-values[0], values[-1] - u, abs(values.sum() - k * u)))
    return float(values[n - k :].sum() - block[0])


def _ell1(block: Array, _: None, dual: bool) -> float:
    sizes = np.abs(block[1:])
    return float((sizes.max() if dual else sizes.sum()) - block[0])


# --- cones that are asked along a direction -------------------------------------------


def _in_exp(x: float, y: float, z: float) -> bool:
    if y > 0:
        return z > 0 and x / y <= np.log(z) - np.log(y)
    return y == 0 and x <= 0 and z >= 0


def _in_exp_dual(u: float, v: float, w: float) -> bool:
    if u < 0:
        return w > 0 and v / u <= 1 + np.log(w) - np.log(-u)
    return u == 0 and v >= 0 and w >= 0


def _in_power(x: float, y: float, z: float, a: float) -> bool:
    if x < 0 or y < 0 or z == 0:
        return x >= 0 and y >= 0
    powers = [(a, x), (1 - a, y)]
    if any(exponent > 0 and base == 0 for exponent, base in powers):
        return False
    logs = [exponent * np.log(base) for exponent, base in powers if exponent > 0]
    return bool(sum(logs) >= np.log(abs(z)))


def _in_power_dual(u: float, v: float, w: float, a: float) -> bool:
    x = u / a if a > 0 else u
    y = v / (1 - a) if a < 1 else v
    return _in_power(x, y, w, a)


def _in_logdet(t: float, v: float, values: Array) -> bool:
    if v > 0:
        if values[0] <= 0:
            return False
        return bool(-np.sum(np.log(values) - np.log(v)) <= t / v)
    return v == 0 and t >= 0 and bool(values[0] >= 0)


def _in_logdet_dual(u: float, s: float, values: Array) -> bool:
    """The least of u t + s v + <Y, X> over the cone is not negative."""
    if u > 0:
        if values[0] <= 0:
            return False
        return bool(-values.size - np.sum(np.log(values) - np.log(u)) <= s / u)
    return u == 0 and s >= 0 and bool(values[0] >= 0)


def _step(inside: Callable[[Array], bool], block: Array, direction: Array) -> float:
    """The step along the direction that leads inside, up to a factor of 2."""
    step = 0.0
    with np.errstate(over="ignore", divide="ignore", under="ignore"):
        while not inside(block + step * direction):
            step = 2 * step or 1e-18 * max(float(np.abs(block).max()), 1e-280)
    return step


def _curved(kind: str, block: Array, parameter: Any, dual: bool) -> float:
    if kind in ("ep", "ed"):
        member = _in_exp if (kind == "ep") != dual else _in_exp_dual
        return _step(lambda w: member(*w), block, np.array([-1.0, 1.0, 1.0]))
    if kind == "p":
        power = _in_power if (parameter >= 0) != dual else _in_power_dual
        return _step(
            lambda w: power(w[0], w[1], w[2], abs(parameter)),
            block,
            np.array([1.0, 1.0, 0.0]),
        )
    assert kind == "d", kind
    logdet = _in_logdet_dual if dual else _in_logdet
    values = np.linalg.eigvalsh(symmetric(block[2:], parameter))
    spectral = np.concatenate([block[:2], values])
    return _step(lambda w: logdet(w[0], w[1], w[2:]), spectral, np.ones(spectral.size))


MEASURES: dict[str, Callable[[Array, Any, bool], float]] = {
    "z": lambda block, _, dual: 0.0 if dual else float(np.abs(block).max()),
    "l": lambda block, _, dual: float(-block.min()),
    "box": _box,
    "q": lambda block, _, dual: float(np.linalg.norm(block[1:]) - block[0]),
    "s": lambda block, n, dual: -float(np.linalg.eigvalsh(symmetric(block, n))[0]),
    "cs": lambda block, n, dual: -float(np.linalg.eigvalsh(hermitian(block, n))[0]),
    "nuc": _nuclear,
    "ell1": _ell1,
    "sl": _sum_largest,
}


def outside(kind: str, block: Array, parameter: Any, dual: bool) -> float:
    """How far outside its cone (or the dual of it) a block is; not positive inside."""
    if not block.size:
        return 0.0
    if kind in MEASURES:
        return MEASURES[kind](block, parameter, dual)
    return _curved(kind, block, parameter, dual)


# --- the order of the rows ------------------------------------------------------------

ROWS: dict[str, Callable[[Any], int]] = {
    "z": lambda count: count,
    "l": lambda count: count,
    "box": lambda bounds: bounds[0].size + 1,
    "q": lambda order: order,
    "s": lambda order: order * (order + 1) // 2,
    "cs": lambda order: order**2,
    "ep": lambda _: 3,
    "ed": lambda _: 3,
    "p": lambda _: 3,
    "d": lambda order: order * (order + 1) // 2 + 2,
    "nuc": lambda shape: shape[0] * shape[1] + 1,
    "ell1": lambda order: order + 1,
    "sl": lambda sizes: sizes[0] * (sizes[0] + 1) // 2 + 1,
}


def _parameters(cone: dict[str, Any]) -> dict[str, list[Any]]:
    def numbers(key: str) -> list[Any]:
        return np.atleast_1d(cone.get(key, [])).tolist()

    def pairs(one: str, two: str) -> list[tuple[int, int]]:
        return list(zip(numbers(one), numbers(two), strict=True))

    bounds = tuple(np.array(numbers(key), dtype=float) for key in ("bl", "bu"))
    return {
        **{key: [int(cone.get(key, 0))] for key in ("z", "l")},
        **{key: numbers(key) for key in ("q", "s", "cs", "p", "d", "ell1")},
        **{key: [None] * int(cone.get(key, 0)) for key in ("ep", "ed")},
        "box": [bounds] if bounds[0].size else [],
        "nuc": pairs("nuc_m", "nuc_n"),
        "sl": pairs("sl_n", "sl_k"),
    }


def blocks(cone: dict[str, Any]) -> Iterator[tuple[str, int, Any]]:
    """Kind, rows and parameter of every block, in the order of the rows of A."""
    parameters = _parameters(cone)
    for kind, count in ROWS.items():
        for parameter in parameters[kind]:
            yield kind, count(parameter), parameter


def rows(cone: dict[str, Any]) -> int:
    """How many rows of A a cone takes."""
    return sum(count for _, count, _ in blocks(cone))
