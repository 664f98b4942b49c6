# SPDX-License-Identifier: MIT
"""Judges answers by arithmetic of its own, from the data as given.

Nothing here asks the solver how well it did. What is in a cone and what is not is the
business of membership.py.
"""

from __future__ import annotations

from typing import Any

import membership
import numpy as np
import scipy.sparse as sp


def _full(data: dict[str, Any]) -> tuple[Any, Any, np.ndarray, np.ndarray]:
    n = data["c"].size
    upper = data.get("P")
    upper = sp.csc_matrix((n, n)) if upper is None else sp.triu(upper, format="csc")
    p = upper + sp.triu(upper, 1).T
    return p, data["A"], data["b"], data["c"]


def distance(cone: dict[str, Any], vector: np.ndarray, dual: bool = False) -> float:
    """How far a vector is outside the cone or its dual, relative to its size."""
    worst, begin = 0.0, 0
    for kind, count, parameter in membership.blocks(cone):
        block = vector[begin : begin + count]
        worst = max(worst, membership.outside(kind, block, parameter, dual))
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
