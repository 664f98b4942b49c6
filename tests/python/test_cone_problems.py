# SPDX-License-Identifier: MIT
"""Problems of every cone with a solution known from how they were made."""

from __future__ import annotations

import catalogue
import makers
import numpy as np
import pytest
import scipy.sparse as sp
import verify

import scs

ALL = list(catalogue.KINDS)
SEEDS = [1, 2]


def check(problem, result, tolerance=1e-6, unique=True):
    """Optimality of the result, its value, and where it is unique its x and s."""
    assert result["info"]["status"] == "solved"
    verify.check_solution(problem.data, problem.cone, result, 1e-9)
    size = 1 + abs(problem.value)
    assert abs(result["info"]["pobj"] - problem.value) <= tolerance * size
    assert abs(result["info"]["dobj"] - problem.value) <= tolerance * size
    norms = float(np.linalg.norm(result.s)) * float(np.linalg.norm(result.y))
    assert abs(result["s"] @ result["y"]) <= 1e-9 * max(norms, 1)
    if unique:
        x = np.abs(problem.x).max()
        np.testing.assert_allclose(result["x"], problem.x, rtol=0, atol=1e-5 * x)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ALL)
def test_quadratic(name, seed):
    problem = catalogue.solvable([name], seed)
    check(problem, scs.solve(problem.data, problem.cone, **makers.TIGHT))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ALL)
def test_linear(name, seed):
    problem = catalogue.solvable([name], seed, n=2, rank=0)
    result = scs.solve(problem.data, problem.cone, **makers.TIGHT)
    check(problem, result, unique=False)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ALL)
def test_projection(name, seed):
    """The nearest point of the cone: x, y and s are all unique and known."""
    kind = catalogue.KINDS[name]
    w = 2 * np.random.default_rng(seed).standard_normal(kind.rows)
    y = kind.dual(-w)
    data = {
        "P": sp.eye(w.size, format="csc"),
        "A": -sp.eye(w.size, format="csc"),
        "b": np.zeros(w.size),
        "c": -w,
    }
    result = scs.solve(data, kind.cone, **makers.TIGHT)
    verify.check_solution(data, kind.cone, result, 1e-9)
    np.testing.assert_allclose(result["x"], w + y, atol=1e-7)
    np.testing.assert_allclose(result["s"], w + y, atol=1e-7)
    np.testing.assert_allclose(result["y"], y, atol=1e-7)


@pytest.mark.parametrize(
    "settings",
    [
        {"normalize": False},
        {"adaptive_scale": False},
        {"adaptive_diag_scale": False},
        {"acceleration_lookback": 0},
        {"normalize": False, "adaptive_scale": False, "acceleration_lookback": 0},
        {"scale": 10.0},
    ],
    ids=lambda settings: " ".join(settings),
)
@pytest.mark.parametrize("name", ALL)
def test_settings(name, settings):
    problem = catalogue.solvable([name], 3)
    check(problem, scs.solve(problem.data, problem.cone, **makers.TIGHT, **settings))


@pytest.mark.parametrize("normalize", [True, False])
@pytest.mark.parametrize("factor", [1e-3, 1e3])
@pytest.mark.parametrize("name", ALL)
def test_badly_scaled_rows(name, factor, normalize):
    problem = catalogue.solvable([name], 4, row_scale=factor)
    settings = {**makers.TIGHT, "normalize": normalize}
    result = scs.solve(problem.data, problem.cone, **settings)
    check(problem, result, tolerance=1e-5, unique=False)


@pytest.mark.parametrize("name", ALL)
def test_badly_scaled_columns(name):
    columns = np.array([1e-3, 1.0, 1e3])
    problem = catalogue.solvable([name], 5, column_scale=columns)
    result = scs.solve(problem.data, problem.cone, **makers.TIGHT)
    check(problem, result, tolerance=1e-5, unique=False)


@pytest.mark.parametrize("name", ALL)
def test_infeasible(name):
    data, cone = catalogue.infeasible([name], 6)
    result = scs.solve(data, cone, **makers.QUIET)
    assert result["info"]["status"] == "infeasible"
    verify.check_infeasible(data, cone, result)


@pytest.mark.parametrize("adaptive", [False, True])
@pytest.mark.parametrize("name", ALL)
def test_unbounded(name, adaptive):
    """With a ray on a curved part of the boundary the scale must not run away."""
    data, cone = catalogue.unbounded([name], 7)
    result = scs.solve(data, cone, adaptive_scale=adaptive, **makers.QUIET)
    assert result["info"]["status"] == "unbounded"
    verify.check_unbounded(data, cone, result)


@pytest.mark.parametrize("name", ALL)
def test_warm_start_and_update(name):
    """The solution is recognised, and a new b and c lead to another known one."""
    problem = catalogue.solvable([name], 8)
    solver = scs.SCS(problem.data, problem.cone, **makers.TIGHT)
    result = solver.solve(x=problem.x, y=problem.y, s=problem.s)
    check(problem, result)
    assert result["info"]["iter"] <= 25
    rng = np.random.default_rng(9)
    s, y = catalogue.pair([name], rng)
    x = rng.standard_normal(problem.x.size)
    p = problem.data["P"] + sp.triu(problem.data["P"], 1).T
    a = problem.data["A"]
    b, c = a @ x + s, -p @ x - a.T @ y
    other = catalogue.Problem({**problem.data, "b": b, "c": c}, problem.cone, x, y, s)
    solver.update(b, c)
    check(other, solver.solve())
    solver.update(problem.data["b"], problem.data["c"])
    check(problem, solver.solve(warm_start=False))


@pytest.mark.parametrize("seed", range(4))
def test_all_cones_at_once(seed):
    problem = catalogue.solvable(ALL, seed, n=20)
    check(problem, scs.solve(problem.data, problem.cone, **makers.TIGHT))


@pytest.mark.parametrize("seed", range(2))
def test_all_cones_at_once_linear_and_scaled(seed):
    rng = np.random.default_rng(seed)
    rows = np.concatenate(
        [
            np.full(catalogue.KINDS[name].rows, 10.0 ** rng.uniform(-1, 1))
            for name in ALL
        ]
    )
    problem = catalogue.solvable(ALL, seed, n=12, rank=0, row_scale=rows)
    result = scs.solve(problem.data, problem.cone, **makers.TIGHT)
    check(problem, result, tolerance=1e-5, unique=False)


def test_all_cones_infeasible_and_unbounded():
    data, cone = catalogue.infeasible(ALL, 1, n=10)
    result = scs.solve(data, cone, **makers.QUIET)
    assert result["info"]["status"] == "infeasible"
    verify.check_infeasible(data, cone, result)
    data, cone = catalogue.unbounded(ALL, 1, n=10)
    result = scs.solve(data, cone, **makers.QUIET)
    assert result["info"]["status"] == "unbounded"
    verify.check_unbounded(data, cone, result)


@pytest.mark.parametrize("seed", range(6))
def test_several_blocks_of_a_few_cones(seed):
    """Blocks of one kind share nothing: in the order of the rows, each with its own."""
    rng = np.random.default_rng(seed)
    names = [name for name in ALL for _ in range(rng.integers(0, 3)) if name != "box"]
    problem = catalogue.solvable(names, seed, n=15)
    check(problem, scs.solve(problem.data, problem.cone, **makers.TIGHT))
