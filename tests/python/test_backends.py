# SPDX-License-Identifier: MIT
"""Every linear-system backend of this build solves what the direct one solves."""

from __future__ import annotations

import copy
from typing import Any

import makers
import numpy as np
import pytest
import verify
from scipy import sparse

import scs

BACKENDS = [scs.LinearSolver.CPU_INDIRECT, scs.LinearSolver.CPU_DENSE]
NAMES = {
    scs.LinearSolver.CPU_INDIRECT: "sparse-indirect-scs",
    scs.LinearSolver.CPU_DENSE: "dense-direct-cholesky",
}
ACCURATE: dict[str, Any] = {"verbose": False, "eps_abs": 1e-7, "eps_rel": 1e-7}


def linear(seed: int, m: int, n: int) -> makers.Problem:
    """Return a linear program with a known feasible pair."""
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((m, n))
    x = rng.standard_normal(n)
    slack = rng.uniform(0, 1, m)
    active = rng.random(m) < 0.5
    y = np.where(active, rng.uniform(0.1, 1, m), 0)
    slack[active] = 0
    data = {"A": sparse.csc_matrix(a), "b": a @ x + slack, "c": -a.T @ y}
    return data, {"l": m}


def quadratic(seed: int, m: int, n: int) -> makers.Problem:
    data, cone = linear(seed, m, n)
    root = np.random.default_rng(seed + 1).standard_normal((n // 2, n))
    data["P"] = sparse.csc_matrix(np.triu(root.T @ root))
    return data, cone


def second_order(_seed: int, _m: int, _n: int) -> makers.Problem:
    data, cone, _ = makers.random_solvable(3, 8, 2, 12, 3, [4, 3])
    return data, cone


def semidefinite(seed: int, order: int, n: int) -> makers.Problem:
    """Return the smallest trace of a matrix whose products with n others are given."""
    rng = np.random.default_rng(seed)
    rows, columns = np.triu_indices(order)
    weight = np.where(rows == columns, 1, np.sqrt(2))
    root = rng.standard_normal((order, 2))
    x = (root @ root.T)[rows, columns] * weight
    products = rng.standard_normal((n, len(x)))
    data = {
        "A": sparse.csc_matrix(np.vstack([products, -np.eye(len(x))])),
        "b": np.concatenate([products @ x, np.zeros(len(x))]),
        "c": (rows == columns).astype(float),
    }
    return data, {"z": n, "s": [order]}


PROBLEMS = {
    "lp, tall": (linear, 60, 20),
    "lp, wide": (linear, 20, 15),
    "qp": (quadratic, 50, 20),
    "socp": (second_order, 0, 0),
    "sdp": (semidefinite, 6, 12),
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", PROBLEMS)
def test_agrees_with_direct(backend, name):
    make, *shape = PROBLEMS[name]
    data, cone = make(5, *shape)
    expected = scs.solve(data, cone, linear_solver="qdldl", **ACCURATE)
    found = scs.solve(data, cone, linear_solver=backend, **ACCURATE)
    assert expected["info"]["status"] == found["info"]["status"] == "solved"
    assert found["info"]["lin_sys_solver"] == NAMES[backend]
    verify.check_solution(data, cone, found, 1e-6)
    size = 1 + abs(expected["info"]["pobj"])
    assert abs(found["info"]["pobj"] - expected["info"]["pobj"]) < 1e-5 * size
    assert found["info"]["iter"] <= 1.1 * expected["info"]["iter"] + 50


@pytest.mark.parametrize("backend", BACKENDS)
def test_certificates(backend):
    for make, status in ((makers.infeasible, -2), (makers.unbounded, -1)):
        result = scs.solve(*make(), linear_solver=backend, **makers.QUIET)
        assert result["info"]["status_val"] == status


@pytest.mark.parametrize("backend", BACKENDS)
def test_strings_and_members_are_the_same(backend):
    data, cone = linear(6, 30, 10)
    by_member = scs.solve(data, cone, linear_solver=backend, **makers.QUIET)
    by_name = scs.solve(data, cone, linear_solver=backend.value, **makers.QUIET)
    np.testing.assert_array_equal(by_member["x"], by_name["x"])


@pytest.mark.parametrize("backend", BACKENDS)
def test_modules_of_earlier_versions(backend):
    module = scs._select_scs_module(backend)
    data, cone = linear(6, 30, 10)
    a = data["A"]
    solver = module.SCS(
        a.shape, a.data, a.indices, a.indptr, None, None, None,
        data["b"], data["c"], cone, verbose=False,
    )  # fmt: skip
    assert solver.solve()["info"]["lin_sys_solver"] == NAMES[backend]
    with pytest.raises(TypeError, match=r"_scs_.*SCS' is not an acceptable base type"):
        type("Mine", (module.SCS,), {})


@pytest.mark.parametrize("backend", BACKENDS)
def test_updates_and_copies(backend):
    data, cone = quadratic(7, 40, 15)
    solver = scs.SCS(data, cone, linear_solver=backend, **ACCURATE)
    solver.solve()
    twin = copy.copy(solver)
    changed = {**data, "c": 1.1 * data["c"], "b": data["b"] + 0.1}
    for one in (solver, twin):
        one.update(b=changed["b"], c=changed["c"])
        result = one.solve()
        assert result["info"]["status"] == "solved"
        verify.check_solution(changed, cone, result, 1e-6)


def test_indirect_needs_no_room_for_the_factor():
    """A random sparse system, whose factor is nearly dense."""
    rng = np.random.default_rng(8)
    n = 400
    a = sparse.random(2 * n, n, 8 / n, random_state=rng, format="csc")
    x = rng.standard_normal(n)
    data = {"A": a, "b": a @ x + rng.uniform(0, 1, 2 * n), "c": -a.T @ np.ones(2 * n)}
    cone = {"l": 2 * n}
    expected = scs.solve(data, cone, **makers.QUIET)
    found = scs.solve(data, cone, linear_solver="cpu_indirect", **makers.QUIET)
    assert expected["info"]["status"] == found["info"]["status"] == "solved"
    verify.check_solution(data, cone, found, 1e-3)
    assert found["info"]["iter"] <= 1.1 * expected["info"]["iter"] + 25


def chosen(data, cone, **settings):
    """Return the backend that auto takes, from a solver that needs not solve."""
    limits: dict[str, Any] = {"max_iters": 1, "verbose": False}
    solver = scs.SCS(data, cone, linear_solver="auto", **limits, **settings)
    return solver.solve()["info"]["lin_sys_solver"]


def test_auto_takes_direct_for_sparse_ones_and_dense_for_full_ones():
    rng = np.random.default_rng(10)
    for a, name in (
        (sparse.random(1200, 600, 0.005, random_state=rng, format="csc"), "sparse"),
        (sparse.csc_matrix(rng.standard_normal((60, 20))), "dense"),
        (sparse.csc_matrix(rng.standard_normal((400, 150))), "dense"),
    ):
        data = {"A": a, "b": np.ones(a.shape[0]), "c": np.ones(a.shape[1])}
        assert chosen(data, {"l": a.shape[0]}).startswith(f"{name}-direct")


def test_auto_takes_indirect_where_the_factor_is_enormous():
    rng = np.random.default_rng(11)
    n = 1200
    a = sparse.random(2 * n, n, 4 / n, random_state=rng, format="csc")
    data = {"A": a, "b": np.ones(2 * n), "c": np.ones(n), "P": sparse.eye_array(n)}
    data["P"] = sparse.csc_matrix(1e3 * data["P"])
    cone = {"l": 2 * n}
    assert chosen(data, cone, normalize=False) == "sparse-indirect-scs"
    assert chosen({**data, "P": None}, cone) == "sparse-direct-amd-qdldl"
