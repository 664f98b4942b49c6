# SPDX-License-Identifier: MIT
"""What holds for every linear-system backend, and the problems on which it is seen."""

from __future__ import annotations

import copy
from types import ModuleType
from typing import Any

import makers
import numpy as np
import verify
from scipy import sparse

import scs

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


def solve_like_direct(name: str, backend: Any, called: str) -> tuple[Any, Any]:
    """Solve one of PROBLEMS: what the direct backend finds, and this one, alike."""
    make, *shape = PROBLEMS[name]
    data, cone = make(5, *shape)
    expected = scs.solve(data, cone, linear_solver="qdldl", **ACCURATE)
    found = scs.solve(data, cone, linear_solver=backend, **ACCURATE)
    assert expected["info"]["status"] == found["info"]["status"] == "solved"
    assert found["info"]["lin_sys_solver"] == called
    verify.check_solution(data, cone, found, 1e-6)
    size = 1 + abs(expected["info"]["pobj"])
    assert abs(found["info"]["pobj"] - expected["info"]["pobj"]) < 1e-5 * size
    return expected, found


def check_certificates(backend: Any) -> None:
    for make, status in ((makers.infeasible, -2), (makers.unbounded, -1)):
        result = scs.solve(*make(), linear_solver=backend, **makers.QUIET)
        assert result["info"]["status_val"] == status


def solve_by_module(module: ModuleType) -> Any:
    """Solve as earlier versions called the extension module of a backend."""
    data, cone = linear(6, 30, 10)
    a = data["A"]
    solver = module.SCS(
        a.shape, a.data, a.indices, a.indptr, None, None, None,
        data["b"], data["c"], cone, verbose=False,
    )  # fmt: skip
    return solver.solve()


def check_updates_and_copies(backend: Any) -> None:
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
