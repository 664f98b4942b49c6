# SPDX-License-Identifier: MIT
"""qpsolvers with solver="scs": its problems with known solutions, and its limits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import qpsolvers
import scipy.sparse as sp
from qpsolvers import problems

import scs

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


def _random_program(seed: int) -> qpsolvers.Problem:
    """Return a QP with a solution: 100 variables, 150 inequalities, 10 equations."""
    random = np.random.default_rng(seed)
    root = random.standard_normal((100, 100))
    inside = random.standard_normal(100)
    g = random.standard_normal((150, 100))
    room = np.abs(random.standard_normal(150)) * (random.random(150) < 0.7)
    a = random.standard_normal((10, 100))
    q = random.standard_normal(100)
    box = np.full(100, 5.0)
    return qpsolvers.Problem(
        root @ root.T / 100, q, g, g @ inside + room, a, a @ inside, -box, box
    )


def test_a_start_from_x_alone_saves_iterations() -> None:
    """qpsolvers passes no y and no s, which therefore start at zero.

    Measured: 0.86 of the iterations in all, 1.17 at most; cold starts take few here.
    """
    cold, warm = [], []
    for seed in range(16):
        problem = _random_program(seed)
        first = qpsolvers.solve_problem(problem, solver="scs")
        again = qpsolvers.solve_problem(problem, initvals=first.x, solver="scs")
        assert again.is_optimal(1e-2)
        cold.append(first.extras["iter"])
        warm.append(again.extras["iter"])
    assert sum(warm) <= 0.92 * sum(cold)
    assert max(np.divide(warm, cold)) <= 1.5


@pytest.mark.parametrize("eps", [1e-4, 1e-9])
def test_a_start_from_the_whole_solution_is_the_solution(
    eps: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What qpsolvers cannot pass on: there is nothing left to do. Measured: 0."""
    calls: list[tuple[Any, ...]] = []

    def record(data: Any, cone: Any, **settings: Any) -> Any:
        result = scs.solve(data, cone, **settings)
        calls.append((data, cone, settings, result))
        return result

    monkeypatch.setattr("qpsolvers.solvers.scs_.solve", record)
    programs = [pair()[0] for pair in PAIRS.values()] + [_random_program(0)]
    for problem in programs:
        qpsolvers.solve_problem(problem, solver="scs", eps_abs=eps, eps_rel=eps)
    assert len(calls) == len(programs)
    for data, cone, settings, cold in calls:
        start = {key: cold[key] for key in ("x", "y", "s")}
        warm = scs.solve({**data, **start}, cone, **settings)
        assert cold["info"]["iter"] >= 5
        assert warm["info"]["iter"] < 5  # the first check after the one of the start
        assert warm["info"]["status"] == "solved"


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
