# SPDX-License-Identifier: MIT
"""Solving: known answers, certificates, stored real problems, backends, the result."""

from __future__ import annotations

import copy
import io
import pickle
from contextlib import redirect_stdout

import makers
import numpy as np
import pytest
import scipy.sparse as sp
import verify

import scs
from scs import _npz

# Optimal values by other solvers at tight tolerances; see the folder's README.
STORED = {
    "HS118": 664.820450,
    "QAFIRO": -1.59078179,
    "DUALC1": 6155.25083,
    "QSCSD1": 8.66666667,
    "adlittle": 225494.963,
    "blend": -30.8121498,
}


def test_lp():
    result = scs.solve(*makers.lp(), **makers.TIGHT)
    assert result["info"]["status"] == "solved"
    assert result["info"]["status_val"] == scs.SOLVED
    np.testing.assert_allclose(result["x"], makers.LP_X, atol=1e-6)
    assert result["info"]["pobj"] == pytest.approx(makers.LP_OBJECTIVE, abs=1e-6)
    assert result["info"]["dobj"] == pytest.approx(makers.LP_OBJECTIVE, abs=1e-6)


def test_qp():
    result = scs.SCS(*makers.qp(), **makers.TIGHT).solve()
    assert result["info"]["status"] == "solved"
    np.testing.assert_allclose(result["x"], makers.QP_X, atol=1e-6)
    np.testing.assert_allclose(result["y"], makers.QP_Y, atol=1e-6)
    np.testing.assert_allclose(result["s"], makers.QP_S, atol=1e-6)
    assert result["info"]["pobj"] == pytest.approx(makers.QP_OBJECTIVE, abs=1e-6)


def test_socp():
    data, cone = makers.socp()
    result = scs.solve(data, cone, **makers.TIGHT)
    np.testing.assert_allclose(result["x"], [5, 3, 4], atol=1e-6)
    verify.check_solution(data, cone, result, 1e-9)


@pytest.mark.parametrize("make", [makers.lp, makers.qp, makers.socp])
def test_default_settings_reach_the_default_tolerance(make):
    data, cone = make()
    result = scs.solve(data, cone, verbose=False)
    assert result["info"]["status"] == "solved"
    verify.check_solution(data, cone, result, 1e-4)


def test_infeasible():
    data, cone = makers.infeasible()
    result = scs.solve(data, cone, verbose=False)
    info = result["info"]
    assert (info["status_val"], info["status"]) == (scs.INFEASIBLE, "infeasible")
    assert info["pobj"] == info["dobj"] == np.inf
    verify.check_infeasible(data, cone, result)


def test_unbounded():
    data, cone = makers.unbounded()
    result = scs.solve(data, cone, verbose=False)
    info = result["info"]
    assert (info["status_val"], info["status"]) == (scs.UNBOUNDED, "unbounded")
    assert info["pobj"] == info["dobj"] == -np.inf
    verify.check_unbounded(data, cone, result)


def test_p_missing_and_none_mean_zero():
    data, cone = makers.lp()
    one = scs.solve(data, cone, verbose=False)
    two = scs.solve({**data, "P": None}, cone, verbose=False)
    np.testing.assert_array_equal(one["x"], two["x"])


@pytest.mark.parametrize("name", STORED)
def test_stored_problem(stored, name):
    problem = _npz.load(stored / f"{name}.npz")
    result = scs.solve(
        problem.data, problem.cone, verbose=False, eps_abs=1e-6, eps_rel=1e-6
    )
    assert result["info"]["status"] == "solved"
    verify.check_solution(problem.data, problem.cone, result, 1e-6)
    value = result["info"]["pobj"] + problem.offset
    assert value == pytest.approx(STORED[name], rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("name", ["lpi_bgdbg1", "lpi_klein3"])
def test_stored_infeasible_problem(stored, name):
    problem = _npz.load(stored / f"{name}.npz")
    result = scs.solve(problem.data, problem.cone, verbose=False, max_iters=2000)
    assert result["info"]["status"] == "infeasible"
    verify.check_infeasible(problem.data, problem.cone, result, 1e-6)


def test_stored_semidefinite_problem(stored):
    problem = _npz.load(stored / "truss1.npz")
    result = scs.solve(
        problem.data, problem.cone, verbose=False, eps_abs=1e-6, eps_rel=1e-6
    )
    verify.check_solution(problem.data, problem.cone, result, 1e-6)
    assert result["info"]["pobj"] + problem.offset == pytest.approx(-8.999996, rel=1e-4)


@pytest.mark.parametrize("folder", ["marosmeszaros", "netlib", "netlib_inf"])
def test_collection(collection, folder):
    """Every answer that claims to be one is one, on whatever the collection holds."""
    paths = sorted((collection / folder).glob("*.npz"))
    assert paths
    for path in paths:
        problem = _npz.load(path)
        result = scs.solve(problem.data, problem.cone, verbose=False, time_limit_secs=5)
        status = result["info"]["status_val"]
        if status == scs.SOLVED:
            verify.check_solution(problem.data, problem.cone, result, 1e-4)
            assert folder != "netlib_inf", path
        elif status == scs.INFEASIBLE:
            assert folder == "netlib_inf", path
            verify.check_infeasible(problem.data, problem.cone, result, 1e-5)
        else:
            assert status != scs.UNBOUNDED, path


@pytest.mark.parametrize("backend", list(scs.LinearSolver))
def test_every_backend_agrees_or_is_missing(backend):
    data, cone = makers.qp()
    try:
        result = scs.solve(data, cone, linear_solver=backend, **makers.TIGHT)
    except (ImportError, NotImplementedError) as error:
        assert backend not in (scs.LinearSolver.AUTO, scs.LinearSolver.QDLDL)
        pytest.skip(f"{backend} is not in this build: {error}")
    np.testing.assert_allclose(result["x"], makers.QP_X, atol=1e-6)
    assert result["info"]["lin_sys_solver"]


def test_direct_backend_name():
    result = scs.solve(*makers.lp(), linear_solver="qdldl", **makers.QUIET)
    assert result["info"]["lin_sys_solver"] == "sparse-direct-amd-qdldl"


def test_fresh_objects_give_the_same_bits():
    data, cone, _ = makers.random_solvable(3, 8, 2, 12, 3, [4, 3])
    results = [scs.solve(data, cone, verbose=False) for _ in range(3)]
    for result in results[1:]:
        assert result["info"]["iter"] == results[0]["info"]["iter"]
        for key in ("x", "y", "s"):
            np.testing.assert_array_equal(result[key], results[0][key])


@pytest.mark.thread_unsafe(reason="sys.stdout belongs to the process")
def test_report_goes_to_sys_stdout():
    text = io.StringIO()
    with redirect_stdout(text):
        scs.solve(*makers.qp())
    for word in (scs.__version__, "iter", "pri res", "solved", "objective"):
        assert word in text.getvalue()


@pytest.mark.thread_unsafe(reason="sys.stdout belongs to the process")
def test_quiet_prints_nothing(capfd):
    scs.solve(*makers.qp(), verbose=False)
    scs.solve(*makers.infeasible(), verbose=False)
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_result_is_a_dict_with_attributes():
    result = scs.SCS(*makers.qp(), **makers.QUIET).solve()
    assert isinstance(result, dict)
    assert list(result) == ["x", "y", "s", "info"]
    assert result.x is result["x"]
    assert result.info is result["info"]
    assert result.info.status == result["info"]["status"] == "solved"
    assert {"x", "y", "s", "info"} <= set(dir(result))
    with pytest.raises(AttributeError, match="nothing"):
        _ = result.nothing  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match="nothing"):
        result.nothing = 1
    result.x = np.zeros(2)
    assert not result["x"].any()


def test_result_representations():
    result = scs.SCS(*makers.qp(), **makers.QUIET).solve()
    for text in (repr(result), str(result), result._repr_html_() or ""):
        assert "solved" in text
        assert "objective" in text
    assert "<table>" in (result._repr_html_() or "")
    assert "pobj" in result.info._repr_html_()
    del result["info"]
    assert "x" in repr(result)


def test_result_is_copied_and_pickled():
    result = scs.SCS(*makers.qp(), **makers.QUIET).solve()
    for twin in (
        copy.copy(result),
        copy.deepcopy(result),
        pickle.loads(pickle.dumps(result)),
    ):
        assert type(twin) is type(result)
        assert type(twin.info) is type(result.info)
        np.testing.assert_array_equal(twin.y, result.y)
        assert twin.info.iter == result.info.iter


def test_solver_repr_and_copy():
    data, cone = makers.qp()
    solver = scs.SCS(data, cone, **makers.QUIET)
    assert "2 variables" in repr(solver)
    assert "3 rows" in repr(solver)
    first = solver.solve()
    twin = copy.copy(solver)
    solver.update(b=np.array([-2.0, 0.3, -0.5]))
    again = twin.solve(warm_start=False)
    np.testing.assert_array_equal(first["x"], again["x"])


def test_solver_can_be_subclassed():
    class Mine(scs.SCS):
        pass

    assert Mine(*makers.qp(), **makers.QUIET).solve()["info"]["status"] == "solved"


def test_second_init_is_refused():
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    with pytest.raises(RuntimeError, match="already"):
        solver.__init__(*makers.lp(), **makers.QUIET)  # type: ignore[misc]
    np.testing.assert_allclose(solver.solve()["x"], makers.QP_X, atol=1e-3)


def feasibility(seed, m, n):
    """Rows of very different lengths, a feasible point, no objective."""
    rng = np.random.default_rng(seed)
    a = rng.standard_normal((m, n)) * 10 ** rng.uniform(-2, 2, (m, 1))
    x = rng.standard_normal(n) * 10 ** rng.uniform(-1, 2)
    b = a @ x + np.maximum(rng.standard_normal(m), 0)
    return {"A": sp.csc_matrix(a), "b": b, "c": np.zeros(n)}, {"l": m}


@pytest.mark.parametrize("seed", range(6))
def test_without_an_objective_the_scale_stays(seed):
    """Balancing against the dual residual, A'y by |A'y|, sends it to its limits."""
    data, cone = feasibility(seed, 60, 20)
    info = scs.solve(data, cone, scale=0.2, **makers.QUIET).info
    assert info.status == "solved"
    assert info.iter <= 500
    assert info.scale == 0.2


def test_a_feasible_point_far_out():
    """On the way there tau is small."""
    data, cone = makers.far_out()
    result = scs.solve(data, cone, eps_abs=1e-5, eps_rel=1e-5, **makers.QUIET)
    assert result.info.status == "solved"
    assert result.info.iter <= 20_000
    assert np.isfinite(result.x).all()
