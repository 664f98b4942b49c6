# SPDX-License-Identifier: MIT
"""Judges answers by arithmetic of its own, from the data as given.

Nothing here asks the solver how well it did.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import scipy.sparse as sp


def _full(data: dict[str, Any]) -> tuple[Any, Any, np.ndarray, np.ndarray]:
    n = data["c"].size
    upper = data.get("P")
    upper = sp.csc_matrix((n, n)) if upper is None else sp.triu(upper, format="csc")
    p = upper + sp.triu(upper, 1).T
    return p, data["A"], data["b"], data["c"]


def _lists(cone: dict[str, Any], key: str) -> list[Any]:
    return list(np.atleast_1d(cone.get(key, [])))


def _blocks(cone: dict[str, Any]) -> Iterator[tuple[str, int, Any]]:
    """Kind, rows and parameter of every block, in the order of the rows of A."""
    yield "z", int(cone.get("z", 0)), None
    yield "l", int(cone.get("l", 0)), None
    lower = np.array(_lists(cone, "bl"), dtype=float)
    upper = np.array(_lists(cone, "bu"), dtype=float)
    if lower.size:
        yield "box", lower.size + 1, (lower, upper)
    for order in _lists(cone, "q"):
        yield "q", int(order), None
    for order in _lists(cone, "s"):
        yield "s", int(order) * (int(order) + 1) // 2, int(order)
    for key in ("cs", "ep", "ed", "p", "d", "nuc_m", "ell1", "sl_n"):
        assert not cone.get(key), f"verify does not know cone {key}"


def _smallest_eigenvalue(rows: np.ndarray, order: int) -> float:
    matrix = np.zeros((order, order))
    column, row = np.triu_indices(order)
    matrix[row, column] = rows / np.sqrt(2)
    matrix += np.tril(matrix, -1).T
    matrix[np.diag_indices(order)] *= np.sqrt(2)
    return float(np.linalg.eigvalsh(matrix)[0])


def _outside(kind: str, rows: np.ndarray, parameter: Any, dual: bool) -> float:
    """How far outside its cone (or the dual of it) a block is, 0 inside."""
    if not rows.size:
        return 0.0
    if kind == "z":
        return 0.0 if dual else float(np.abs(rows).max())
    if kind == "l":
        return float(-rows.min())
    if kind == "q":
        return float(np.linalg.norm(rows[1:]) - rows[0])
    if kind == "s":
        return -_smallest_eigenvalue(rows, parameter)
    lower, upper = parameter
    first, rest = rows[0], rows[1:]
    with np.errstate(invalid="ignore"):
        if dual:  # <(first, rest), (1, s)> >= 0 for lower <= s <= upper
            worst = np.where(rest == 0, 0.0, np.minimum(rest * lower, rest * upper))
            # The rounding error of a multiplier at an infinite bound is no sin.
            worst[np.isinf(worst) & (np.abs(rest) < 1e-9)] = 0.0
            return float(-(first + worst.sum()))
        low = np.where(np.isinf(lower), -np.inf, first * lower - rest)
        high = np.where(np.isinf(upper), -np.inf, rest - first * upper)
    return float(max(-first, low.max(), high.max()))


def distance(cone: dict[str, Any], vector: np.ndarray, dual: bool = False) -> float:
    """How far a vector is outside the cone or its dual, relative to its size."""
    worst, begin = 0.0, 0
    for kind, count, parameter in _blocks(cone):
        rows = vector[begin : begin + count]
        worst = max(worst, _outside(kind, rows, parameter, dual))
        begin += count
    assert begin == vector.size, "the cone does not fit the vector"
    return worst / max(1.0, float(np.abs(vector).max(initial=0)))


def _norm(vector: np.ndarray) -> float:
    return float(np.abs(vector).max(initial=0.0))


def check_solution(
    data: dict[str, Any],
    cone: dict[str, Any],
    result: dict[str, Any],
    eps: float = 1e-4,
    slack: float = 1e-6,
) -> None:
    """Assert that x, y, s solve the problem to eps_abs = eps_rel = eps.

    `slack` is how much more, relatively, rounding may cost.
    """
    p, a, b, c = _full(data)
    x, y, s = result["x"], result["y"], result["s"]
    ax, px, aty = a @ x, p @ x, a.T @ y
    xpx, cx, by = float(x @ px), float(c @ x), float(b @ y)
    eps *= 1 + slack
    floor = 1e-14 * max(_norm(ax), _norm(s), _norm(b), 1)
    primal = eps * (1 + max(_norm(ax), _norm(s), _norm(b)))
    assert _norm(ax + s - b) <= primal + floor
    assert (
        _norm(px + aty + c) <= eps * (1 + max(_norm(px), _norm(aty), _norm(c))) + floor
    )
    assert abs(xpx + cx + by) <= eps * (1 + max(abs(xpx), abs(cx), abs(by))) + floor
    assert distance(cone, s) <= 1e-9
    assert distance(cone, y, dual=True) <= 1e-9


def check_infeasible(
    data: dict[str, Any],
    cone: dict[str, Any],
    result: dict[str, Any],
    eps: float = 1e-7,
) -> None:
    """Assert that y proves that no x and s exist."""
    y = result["y"]
    assert abs(data["b"] @ y + 1) <= 1e-9
    assert _norm(data["A"].T @ y) <= eps * (1 + 1e-6)
    assert distance(cone, y, dual=True) <= 1e-9
    assert np.isnan(result["x"]).all()
    assert np.isnan(result["s"]).all()


def check_unbounded(
    data: dict[str, Any],
    cone: dict[str, Any],
    result: dict[str, Any],
    eps: float = 1e-7,
) -> None:
    """Assert that x and s are a ray along which the objective falls."""
    p, a, _, c = _full(data)
    x, s = result["x"], result["s"]
    assert abs(c @ x + 1) <= 1e-9
    assert _norm(p @ x) <= eps * (1 + 1e-6)
    assert _norm(a @ x + s) <= eps * (1 + 1e-6)
    assert distance(cone, s) <= 1e-9
    assert np.isnan(result["y"]).all()
