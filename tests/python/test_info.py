# SPDX-License-Identifier: MIT
"""What the info dict says, and that it is true."""

from __future__ import annotations

from typing import Any

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs

KEYS = {
    "status_val": int,
    "iter": int,
    "scale_updates": int,
    "scale": float,
    "pobj": float,
    "dobj": float,
    "res_pri": float,
    "res_dual": float,
    "gap": float,
    "res_infeas": float,
    "res_unbdd_a": float,
    "res_unbdd_p": float,
    "comp_slack": float,
    "solve_time": float,
    "setup_time": float,
    "lin_sys_time": float,
    "cone_time": float,
    "accel_time": float,
    "rejected_accel_steps": int,
    "accepted_accel_steps": int,
    "status": str,
    "lin_sys_solver": str,
    "aa_stats": dict,
    "newton_steps": int,
    "newton_time": float,
}
STATISTICS = {
    "iter": int,
    "n_accept": int,
    "n_reject_lapack": int,
    "n_reject_rank0": int,
    "n_reject_nonfinite": int,
    "n_reject_weight_cap": int,
    "n_safeguard_reject": int,
    "last_rank": int,
    "last_aa_norm": float,
    "last_regularization": float,
}


LIMITED: dict[str, Any] = {"verbose": False, "max_iters": 10_000}


@pytest.mark.parametrize("make", [makers.qp, makers.infeasible, makers.unbounded])
def test_keys_order_and_types(make):
    info = scs.solve(*make(), **makers.QUIET)["info"]
    assert list(info) == list(KEYS)
    assert list(info["aa_stats"]) == list(STATISTICS)
    for key, kind in KEYS.items():
        assert type(info[key]) is kind or (key == "aa_stats"), key
    for key, kind in STATISTICS.items():
        assert type(info["aa_stats"][key]) is kind, key


def test_numbers_are_those_of_the_answer():
    data, cone, _ = makers.random_solvable(41, 9, 2, 14, 2, [4])
    result = scs.solve(data, cone, verbose=False)
    x, y, s, info = (result[key] for key in ("x", "y", "s", "info"))
    p = data["P"] + sp.triu(data["P"], 1).T
    a, b, c = data["A"], data["b"], data["c"]
    xpx, cx, by = x @ (p @ x), c @ x, b @ y

    def close(one, two):
        return one == pytest.approx(two, rel=1e-6, abs=1e-10)

    assert close(info["pobj"], xpx / 2 + cx)
    assert close(info["dobj"], -xpx / 2 - by)
    assert close(info["res_pri"], abs(a @ x + s - b).max())
    assert close(info["res_dual"], abs(p @ x + a.T @ y + c).max())
    assert close(info["gap"], abs(xpx + cx + by))
    assert info["comp_slack"] == pytest.approx(abs(s @ y), abs=1e-8)


def test_times_are_milliseconds_and_add_up():
    data, cone = makers.random_solvable(42, 20, 4, 30, 0, [5])[:2]
    info = scs.solve(data, cone, **makers.TIGHT)["info"]
    names = ["lin_sys_time", "cone_time", "accel_time", "newton_time"]
    assert all(info[name] > 0 for name in names)
    assert sum(info[name] for name in names) <= info["solve_time"]
    assert info["newton_steps"] > 0
    assert info["setup_time"] > 0
    assert info["solve_time"] < 60_000


def test_infeasible_info():
    info = scs.solve(*makers.infeasible(), **makers.QUIET)["info"]
    assert np.isnan([info["res_pri"], info["res_dual"], info["gap"]]).all()
    assert info["res_infeas"] <= 1e-7


def test_unbounded_info():
    info = scs.solve(*makers.unbounded(), **makers.QUIET)["info"]
    assert np.isnan([info["res_pri"], info["res_dual"], info["gap"]]).all()
    assert info["res_unbdd_a"] <= 1e-7
    assert info["res_unbdd_p"] <= 1e-7


def test_acceleration_is_counted():
    data, cone = makers.random_solvable(43, 20, 4, 40, 0, [6])[:2]
    # A metric that moves would clear the memory that a step needs.
    info = scs.solve(data, cone, adaptive_scale=False, **makers.TIGHT)["info"]
    assert info["aa_stats"]["iter"] > 0
    assert info["accepted_accel_steps"] + info["rejected_accel_steps"] > 0


def test_arrays_are_fresh_and_writable():
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    one, two = solver.solve(), solver.solve()
    for key in ("x", "y", "s"):
        assert one[key].dtype == np.float64
        assert one[key].ndim == 1
        assert one[key].flags.writeable
        assert not np.shares_memory(one[key], two[key])
        kept = two[key].copy()
        one[key][:] = 7.0
        np.testing.assert_array_equal(two[key], kept)


def test_arrays_outlive_the_solver():
    solver = scs.SCS(*makers.qp(), **makers.TIGHT)
    result = solver.solve()
    del solver
    np.testing.assert_allclose(result["x"], makers.QP_X, atol=1e-6)


def test_writing_to_a_result_does_not_reach_the_solver():
    solver = scs.SCS(*makers.qp(), **makers.TIGHT)
    for key in ("x", "y", "s"):
        solver.solve()[key][:] = 1e6
    again = solver.solve()
    assert again["info"]["iter"] < 10
    np.testing.assert_allclose(again["x"], makers.QP_X, atol=1e-6)


def test_a_limit_is_an_outcome_even_if_no_point_is_near():
    # When the iterations are spent tau may be 0, and then there is nothing to return
    # and nothing to raise either.
    data, cone = makers.far_out()
    solver = scs.SCS(data, cone, eps_abs=1e-5, eps_rel=1e-5, **LIMITED)
    result = solver.solve()
    info = result["info"]
    if info["status_val"] == scs.FAILED:
        assert info["status"] == "failure"
        assert repr(solver).endswith("last solve: failure>")
        assert all(np.isnan(result[key]).all() for key in "xys")
    elif info["status_val"] in (scs.SOLVED, scs.SOLVED_INACCURATE):
        assert all(np.isfinite(result[key]).all() for key in "xys")
    assert solver.solve(warm_start=False)["info"]["status"] == info["status"]
