# SPDX-License-Identifier: MIT
"""diffcp with solve_method="SCS": derivatives against formulae and differences."""

from __future__ import annotations

import cvxpy as cp
import diffcp
import numpy as np
import pytest
import scipy.sparse as sp

SCS = {"solve_method": "SCS", "eps": 1e-10}


def random_program() -> tuple[sp.csc_matrix, np.ndarray, np.ndarray, dict[str, object]]:
    """A program over five kinds of cones with a known solution, made strictly feasible.

    x0 and an interior slack make it feasible, c from an interior dual point bounded.
    """
    rng = np.random.default_rng(3)
    cone = {"z": 2, "l": 3, "q": [3], "s": [2], "ep": 1}
    inside = [
        np.zeros(2),
        np.ones(3),
        np.array([2.0, 0.5, -0.5]),
        np.array([1.0, 0.3, 1.0]),
        np.array([0.0, 1.0, 2.0]),
    ]
    dual = [
        rng.standard_normal(2),
        np.ones(3),
        np.array([2.0, -0.5, 0.5]),
        np.array([1.0, 0.2, 1.0]),
        np.array([-1.0, 1.0, 2.0]),
    ]
    slack, y = np.concatenate(inside), np.concatenate(dual)
    a = rng.standard_normal((slack.size, 5))
    return sp.csc_matrix(a), a @ rng.standard_normal(5) + slack, -a.T @ y, cone


def test_solution_and_adjoint_against_differences() -> None:
    a, b, c, cone = random_program()
    x, _y, _s, derivative, adjoint = diffcp.solve_and_derivative(
        a, b, c, cone, mode="dense", **SCS
    )
    rng = np.random.default_rng(4)
    db, dc = 1e-4 * rng.standard_normal(b.size), 1e-4 * rng.standard_normal(c.size)
    da = sp.csc_matrix(1e-4 * rng.standard_normal(a.shape))
    dx, _, _ = derivative(da, db, dc)
    ahead = diffcp.solve_only(a + da, b + db, c + dc, cone, **SCS)
    back = diffcp.solve_only(a - da, b - db, c - dc, cone, **SCS)
    np.testing.assert_allclose(dx, (ahead[0] - back[0]) / 2, rtol=1e-3, atol=1e-7)
    # <g, D(dA, db, dc)> = <D'g, (dA, db, dc)>
    g = rng.standard_normal(x.size)
    a_bar, b_bar, c_bar = adjoint(g, np.zeros(b.size), np.zeros(b.size))
    product = (a_bar.multiply(da)).sum() + b_bar @ db + c_bar @ dc
    assert product == pytest.approx(g @ dx, rel=1e-5, abs=1e-10)


def test_derivative_of_a_projection_through_cvxpy() -> None:
    # The projection onto the plane a'x = 1 has the derivative I - a a' / a'a.
    a = np.array([1.0, 2.0, -1.0])
    point, x = cp.Parameter(3), cp.Variable(3)
    problem = cp.Problem(cp.Minimize(cp.sum_squares(x - point)), [a @ x == 1])
    point.value = np.array([0.3, -0.7, 2.0])
    problem.solve(solver=cp.DIFFCP, solve_method="SCS", requires_grad=True, eps=1e-10)
    for row in range(3):
        x.gradient = np.eye(3)[row]
        problem.backward()
        expected = np.eye(3)[row] - a[row] * a / (a @ a)
        np.testing.assert_allclose(point.gradient, expected, atol=1e-4)


def test_infeasible_is_an_error() -> None:
    a = sp.csc_matrix([[1.0], [-1.0]])
    with pytest.raises(diffcp.SolverError, match="infeasible"):
        diffcp.solve_and_derivative(
            a, np.array([-1.0, -1.0]), np.ones(1), {"l": 2}, solve_method="SCS"
        )


def test_a_warm_start() -> None:
    a, b, c, cone = random_program()
    first = diffcp.solve_only(a, b, c, cone, **SCS)
    again = diffcp.solve_only(a, b, c, cone, warm_start=first, **SCS)
    np.testing.assert_allclose(again[0], first[0], atol=1e-7)
