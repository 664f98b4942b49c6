# SPDX-License-Identifier: MIT
"""qpsolvers with solver="scs": its problems with known solutions, and its limits."""

from __future__ import annotations

import numpy as np
import pytest
import qpsolvers
import scipy.sparse as sp
from qpsolvers import problems

# Most of its problems are dense, and it says that it converts them.
pytestmark = pytest.mark.filterwarnings("ignore:Converted matrix")

ACCURATE = {"solver": "scs", "eps_abs": 1e-9, "eps_rel": 1e-9}
PAIRS = {
    name: getattr(problems, f"get_{name}")
    for name in ("qpsut01", "qpsut02", "qpsut03", "qpsut04", "qptest")
}


def test_scs_is_a_solver() -> None:
    assert "scs" in qpsolvers.available_solvers
    assert "scs" in qpsolvers.sparse_solvers


@pytest.mark.parametrize("name", PAIRS)
def test_problems_with_known_solutions(name: str) -> None:
    problem, expected = PAIRS[name]()
    solution = qpsolvers.solve_problem(problem, **ACCURATE)
    assert solution.found
    np.testing.assert_allclose(solution.x, expected.x, atol=1e-5)
    assert solution.is_optimal(1e-5)  # the duals too, which need not be unique


def test_duals_where_they_are_unique() -> None:
    problem, expected = problems.get_qpsut01()
    solution = qpsolvers.solve_problem(problem, **ACCURATE)
    np.testing.assert_allclose(solution.y, expected.y, atol=1e-5)
    np.testing.assert_allclose(solution.z, expected.z, atol=1e-5)
    np.testing.assert_allclose(solution.z_box, expected.z_box, atol=1e-5)


@pytest.mark.parametrize("name", ["qpgurdu", "qpgurabs", "qpgureq"])
def test_problems_whose_solution_is_checked_by_their_conditions(name: str) -> None:
    problem, *_ = getattr(problems, f"get_{name}")()
    solution = qpsolvers.solve_problem(problem, **ACCURATE)
    assert solution.found
    assert solution.is_optimal(1e-5)


def test_a_sparse_least_squares_problem() -> None:
    r, s, g, h, a, b, lb, ub = problems.get_sparse_least_squares(200)
    x = qpsolvers.solve_ls(r, s, g, h, a, b, lb, ub, sparse_conversion=True, **ACCURATE)
    assert x is not None
    assert (a @ x)[0] == pytest.approx(42, abs=1e-4)
    assert x.min() > -1e-5
    assert (g @ x - h).max() < 1e-5


def test_a_start_from_x_alone_is_taken_and_does_no_harm() -> None:
    problem, _ = problems.get_qpsut02()
    cold = qpsolvers.solve_problem(problem, **ACCURATE)
    warm = qpsolvers.solve_problem(problem, initvals=cold.x, **ACCURATE)
    np.testing.assert_allclose(warm.x, cold.x, atol=1e-5)
    # qpsolvers passes no y and no s, which therefore start at zero.
    assert warm.extras["iter"] != cold.extras["iter"]
    assert warm.extras["iter"] <= 1.5 * cold.extras["iter"]


def test_infeasible_is_told() -> None:
    with pytest.warns(UserWarning, match="INFEASIBLE"):
        x = qpsolvers.solve_qp(
            sp.eye_array(2, format="csc"),
            np.zeros(2),
            G=sp.csc_array([[1.0, 0.0], [-1.0, 0.0]]),
            h=np.array([-1.0, -1.0]),
            solver="scs",
        )
    assert x is None


def test_dense_matrices_are_converted_by_qpsolvers() -> None:
    x = qpsolvers.solve_qp(
        np.array([[2.0, 1.0], [1.0, 2.0]]),
        np.array([-3.0, -3.0]),
        lb=np.zeros(2),
        ub=np.full(2, 0.75),
        **ACCURATE,
    )
    np.testing.assert_allclose(x, [0.75, 0.75], atol=1e-6)
