# SPDX-License-Identifier: MIT
"""Parameters and warm starts: the same cp.Problem solved again and again."""

from __future__ import annotations

import cvxpy as cp
import numpy as np
import pytest

ACCURATE = {"solver": cp.SCS, "eps": 1e-8}


def portfolio(n: int) -> tuple[cp.Problem, cp.Parameter, cp.Variable]:
    """A parametrised portfolio whose risk aversion is a parameter."""
    rng = np.random.default_rng(5)
    factors = rng.standard_normal((n, 5))
    returns = rng.uniform(0, 1, n)
    aversion = cp.Parameter(nonneg=True)
    weights = cp.Variable(n, nonneg=True)
    risk = cp.sum_squares(factors.T @ weights) + 0.1 * cp.sum_squares(weights)
    problem = cp.Problem(
        cp.Maximize(returns @ weights - aversion * risk), [cp.sum(weights) == 1]
    )
    return problem, aversion, weights


def iterations(problem: cp.Problem) -> int:
    return int(problem.solver_stats.num_iters)


def test_a_warm_start_from_the_solution_ends_at_once() -> None:
    problem, aversion, weights = portfolio(40)
    aversion.value = 1.0
    problem.solve(**ACCURATE)
    cold, first = iterations(problem), weights.value
    problem.solve(**ACCURATE, warm_start=True)
    assert iterations(problem) < cold / 2
    np.testing.assert_allclose(weights.value, first, atol=1e-5)


def test_a_cold_start_does_not_depend_on_what_was_before() -> None:
    problem, aversion, weights = portfolio(40)
    aversion.value = 1.0
    problem.solve(**ACCURATE, warm_start=False)
    cold, first = iterations(problem), weights.value
    problem.solve(**ACCURATE, warm_start=False)
    assert iterations(problem) == cold
    np.testing.assert_array_equal(weights.value, first)


def test_a_path_of_parameters_equals_solving_each_afresh() -> None:
    problem, aversion, weights = portfolio(30)
    assert problem.is_dcp(dpp=True)
    along, afresh = 0, 0
    for value in np.geomspace(0.3, 3, 12):
        aversion.value = value
        problem.solve(**ACCURATE, warm_start=True)
        assert problem.status == cp.OPTIMAL
        along += iterations(problem)
        other, parameter, expected = portfolio(30)
        parameter.value = value
        other.solve(**ACCURATE)
        afresh += iterations(other)
        assert problem.value == pytest.approx(other.value, abs=1e-6)
        np.testing.assert_allclose(weights.value, expected.value, atol=1e-4)
    assert along < afresh


def test_the_second_compilation_of_a_parametrised_problem_is_skipped() -> None:
    # Nearest point of a box to a point that moves: the answer is to clip.
    point = cp.Parameter(3)
    x = cp.Variable(3)
    problem = cp.Problem(cp.Minimize(cp.norm(x - point)), [x >= -1, x <= 1])
    for value in ([2.0, 0.5, -3.0], [0.1, -0.2, 4.0], [5.0, 5.0, 0.0]):
        point.value = np.array(value)
        problem.solve(**ACCURATE)
        np.testing.assert_allclose(x.value, np.clip(value, -1, 1), atol=1e-5)
        assert problem._cache.param_prog is not None


def test_parameters_in_the_matrix_of_a_semidefinite_program() -> None:
    c = cp.Parameter((4, 4), symmetric=True)
    x = cp.Variable((4, 4), PSD=True)
    problem = cp.Problem(cp.Maximize(cp.trace(c @ x)), [cp.trace(x) == 1])
    rng = np.random.default_rng(2)
    for _ in range(4):
        root = rng.standard_normal((4, 4))
        c.value = root + root.T
        value = problem.solve(**ACCURATE)
        assert value == pytest.approx(np.linalg.eigvalsh(c.value)[-1], abs=1e-5)


def test_an_infeasible_value_between_two_feasible_ones() -> None:
    limit = cp.Parameter()
    x = cp.Variable()
    problem = cp.Problem(cp.Minimize(x), [x >= 1, x <= limit])
    expected = [(2.0, cp.OPTIMAL), (0.0, cp.INFEASIBLE), (3.0, cp.OPTIMAL)]
    for value, status in expected:
        limit.value = value
        problem.solve(**ACCURATE, warm_start=True)
        assert problem.status == status
    assert x.value == pytest.approx(1, abs=1e-6)
