# SPDX-License-Identifier: MIT
"""Every kind of problem that CVXPY hands to scs, against known optima."""

from __future__ import annotations

import math

import cvxpy as cp
import numpy as np
import pytest

ACCURATE = {"solver": cp.SCS, "eps": 1e-9, "max_iters": 200_000}


def solve(problem: cp.Problem, **settings: object) -> float:
    value = problem.solve(**(ACCURATE | settings))
    assert problem.status == cp.OPTIMAL
    assert problem.solver_stats.solver_name == "SCS"
    assert problem.solver_stats.num_iters > 0
    return float(value)


def test_linear_program_with_its_duals() -> None:
    # The corner of x + 2 y = 4 and 3 x + y = 6.
    x = cp.Variable(2, nonneg=True)
    limits = [x[0] + 2 * x[1] <= 4, 3 * x[0] + x[1] <= 6]
    problem = cp.Problem(cp.Maximize(x[0] + x[1]), limits)
    assert solve(problem) == pytest.approx(14 / 5, abs=1e-7)
    np.testing.assert_allclose(x.value, [8 / 5, 6 / 5], atol=1e-7)
    # y1 + 3 y2 = 1 and 2 y1 + y2 = 1
    duals = [float(limit.dual_value) for limit in limits]
    np.testing.assert_allclose(duals, [2 / 5, 1 / 5], atol=1e-7)


def test_transport_by_equalities() -> None:
    # Greedy is optimal: the costs have the Monge property.
    cost = np.array([[1.0, 2.0, 4.0], [2.0, 2.0, 3.0]])
    flow = cp.Variable((2, 3), nonneg=True)
    problem = cp.Problem(
        cp.Minimize(cp.sum(cp.multiply(cost, flow))),
        [cp.sum(flow, axis=1) == [5, 4], cp.sum(flow, axis=0) == [3, 3, 3]],
    )
    expected = 3 * 1 + 2 * 2 + 1 * 2 + 3 * 3
    assert solve(problem) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("quadratic", [True, False], ids=["P", "cone"])
def test_quadratic_program_in_both_forms(quadratic: bool) -> None:
    # The point of the plane a'x = 1 nearest to p.
    p, a = np.array([1.0, -2.0, 3.0]), np.array([1.0, 1.0, 2.0])
    x = cp.Variable(3)
    problem = cp.Problem(cp.Minimize(cp.sum_squares(x - p)), [a @ x == 1])
    data = problem.get_problem_data(
        cp.SCS, solver_opts={"use_quad_obj": quadratic, "verbose": False}
    )[0]
    assert ("P" in data) == quadratic
    distance = (1 - a @ p) ** 2 / (a @ a)
    value = solve(problem, use_quad_obj=quadratic)
    assert value == pytest.approx(distance, abs=1e-6)
    np.testing.assert_allclose(x.value, p + a * (1 - a @ p) / (a @ a), atol=1e-5)


def test_quadratic_program_with_a_full_matrix() -> None:
    # Both triangles of the quadratic form matter.
    q = np.array([[2.0, 0.8, -0.3], [0.8, 1.5, 0.4], [-0.3, 0.4, 1.0]])
    x = cp.Variable(3)
    problem = cp.Problem(cp.Minimize(cp.quad_form(x, q)), [cp.sum(x) == 1])
    w = np.linalg.solve(q, np.ones(3))
    assert solve(problem) == pytest.approx(1 / w.sum(), abs=1e-7)
    np.testing.assert_allclose(x.value, w / w.sum(), atol=1e-6)


def test_second_order_cone_program() -> None:
    # Fermat's point of an equilateral triangle is its centre.
    corners = np.array([[0.0, 0.0], [2.0, 0.0], [1.0, math.sqrt(3)]])
    x = cp.Variable(2)
    problem = cp.Problem(cp.Minimize(sum(cp.norm(x - corner) for corner in corners)))
    assert solve(problem) == pytest.approx(2 * math.sqrt(3), abs=1e-6)
    np.testing.assert_allclose(x.value, corners.mean(axis=0), atol=1e-5)


def test_semidefinite_program() -> None:
    # max trace(C X), trace X = 1, X psd is the largest eigenvalue.
    rng = np.random.default_rng(7)
    c = rng.standard_normal((6, 6))
    c = c + c.T
    values, vectors = np.linalg.eigh(c)
    x = cp.Variable((6, 6), PSD=True)
    problem = cp.Problem(cp.Maximize(cp.trace(c @ x)), [cp.trace(x) == 1])
    assert solve(problem) == pytest.approx(values[-1], abs=1e-6)
    top = vectors[:, -1]
    np.testing.assert_allclose(x.value, np.outer(top, top), atol=1e-4)


def test_lovasz_theta_of_the_five_cycle() -> None:
    x = cp.Variable((5, 5), PSD=True)
    edges = [x[i, (i + 1) % 5] == 0 for i in range(5)]
    problem = cp.Problem(cp.Maximize(cp.sum(x)), [cp.trace(x) == 1, *edges])
    assert solve(problem) == pytest.approx(math.sqrt(5), abs=1e-6)


def test_hermitian_semidefinite_program() -> None:
    c = np.array([[1, 2j, 0], [-2j, 0, 1 + 1j], [0, 1 - 1j, -1]])
    x = cp.Variable((3, 3), hermitian=True)
    problem = cp.Problem(
        cp.Maximize(cp.real(cp.trace(c @ x))), [cp.real(cp.trace(x)) == 1, x >> 0]
    )
    assert solve(problem) == pytest.approx(np.linalg.eigvalsh(c)[-1], abs=1e-6)


def test_exponential_cone_program() -> None:
    # The softmax is the gradient of log-sum-exp: max c'p + entropy(p).
    c = np.array([0.3, -1.2, 2.0, 0.7])
    p = cp.Variable(4)
    problem = cp.Problem(cp.Maximize(c @ p + cp.sum(cp.entr(p))), [cp.sum(p) == 1])
    total = np.exp(c).sum()
    assert solve(problem) == pytest.approx(math.log(total), abs=1e-7)
    np.testing.assert_allclose(p.value, np.exp(c) / total, atol=1e-6)


def test_logarithm_of_a_determinant() -> None:
    # max log det X - trace(S X) is attained at the inverse of S.
    s = np.array([[2.0, 0.5, 0.1], [0.5, 1.0, -0.2], [0.1, -0.2, 1.5]])
    x = cp.Variable((3, 3), PSD=True)
    problem = cp.Problem(cp.Maximize(cp.log_det(x) - cp.trace(s @ x)))
    expected = -np.linalg.slogdet(s)[1] - 3
    assert solve(problem) == pytest.approx(expected, abs=1e-6)
    np.testing.assert_allclose(x.value, np.linalg.inv(s), atol=1e-5)


@pytest.mark.parametrize("alpha", [0.25, 0.5, 0.8])
def test_power_cone_program(alpha: float) -> None:
    # x^a y^(1-a) on x + y = 1 is largest at x = a.
    x, y, z = cp.Variable(), cp.Variable(), cp.Variable()
    problem = cp.Problem(cp.Maximize(z), [cp.PowCone3D(x, y, z, alpha), x + y == 1])
    dims = problem.get_problem_data(cp.SCS)[0]["dims"]
    assert list(dims.p3d) == [alpha]
    expected = alpha**alpha * (1 - alpha) ** (1 - alpha)
    assert solve(problem) == pytest.approx(expected, abs=1e-7)
    assert x.value == pytest.approx(alpha, abs=1e-4)


def test_power_cone_of_several_variables() -> None:
    weights = np.array([0.2, 0.3, 0.5])
    w, z = cp.Variable(3), cp.Variable()
    problem = cp.Problem(cp.Maximize(z), [cp.PowConeND(w, z, weights), cp.sum(w) == 1])
    assert solve(problem) == pytest.approx(np.prod(weights**weights), abs=1e-6)
    np.testing.assert_allclose(w.value, weights, atol=1e-3)


def test_all_cones_in_one_problem() -> None:
    # Separable, so the parts' optima add up: lambda_max, log-sum-exp, a norm, a mean.
    c, p = np.array([[1.0, 2.0], [2.0, -1.0]]), np.array([3.0, 4.0])
    x, t = cp.Variable((2, 2), PSD=True), cp.Variable(2, nonneg=True)
    q, u = cp.Variable(3), cp.Variable(2)
    problem = cp.Problem(
        cp.Maximize(
            cp.trace(c @ x)
            + cp.sum(cp.entr(q))
            - cp.norm(u - p)
            + cp.geo_mean(t, [1, 2], approx=False)
        ),
        [cp.trace(x) == 1, cp.sum(q) == 1, cp.norm(u, "inf") <= 0, cp.sum(t) == 3],
    )
    expected = math.sqrt(5) + math.log(3) - 5 + 2 ** (2 / 3)
    assert solve(problem) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("backend", ["qdldl", "cpu_indirect", "cpu_dense"])
def test_every_backend_by_its_setting(backend: str) -> None:
    x = cp.Variable(2)
    problem = cp.Problem(cp.Minimize(cp.sum_squares(x)), [x[0] + 2 * x[1] == 5])
    assert solve(problem, linear_solver=backend) == pytest.approx(5, abs=1e-6)
    indirect = "indirect" in problem.solver_stats.extra_stats["info"]["lin_sys_solver"]
    assert indirect == (backend == "cpu_indirect")
