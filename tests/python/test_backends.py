# SPDX-License-Identifier: MIT
"""Every linear-system backend of this build solves what the direct one solves."""

from __future__ import annotations

from typing import Any

import makers
import numpy as np
import pytest
import verify
from backend_checks import (
    PROBLEMS,
    check_certificates,
    check_updates_and_copies,
    linear,
    solve_by_module,
    solve_like_direct,
)
from scipy import sparse

import scs

BACKENDS = [scs.LinearSolver.CPU_INDIRECT, scs.LinearSolver.CPU_DENSE]
NAMES = {
    scs.LinearSolver.CPU_INDIRECT: "sparse-indirect-scs",
    scs.LinearSolver.CPU_DENSE: "dense-direct-cholesky",
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", PROBLEMS)
def test_agrees_with_direct(backend, name):
    expected, found = solve_like_direct(name, backend, NAMES[backend])
    assert found["info"]["iter"] <= 1.1 * expected["info"]["iter"] + 50


@pytest.mark.parametrize("backend", BACKENDS)
def test_certificates(backend):
    check_certificates(backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_strings_and_members_are_the_same(backend):
    data, cone = linear(6, 30, 10)
    by_member = scs.solve(data, cone, linear_solver=backend, **makers.QUIET)
    by_name = scs.solve(data, cone, linear_solver=backend.value, **makers.QUIET)
    np.testing.assert_array_equal(by_member["x"], by_name["x"])


@pytest.mark.parametrize("backend", BACKENDS)
def test_modules_of_earlier_versions(backend):
    module = scs._select_scs_module(backend)
    assert solve_by_module(module)["info"]["lin_sys_solver"] == NAMES[backend]
    with pytest.raises(TypeError, match=r"_scs_.*SCS' is not an acceptable base type"):
        type("Mine", (module.SCS,), {})


@pytest.mark.parametrize("backend", BACKENDS)
def test_updates_and_copies(backend):
    check_updates_and_copies(backend)


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
