# SPDX-License-Identifier: MIT
"""What becomes of statuses, limits, output and mistakes on the way through CVXPY."""

from __future__ import annotations

import time
import warnings

import cvxpy as cp
import numpy as np
import pytest

import scs


def hard() -> cp.Problem:
    """A problem that takes some thousand iterations."""
    rng = np.random.default_rng(11)
    a = rng.standard_normal((120, 80)) * np.geomspace(1e-2, 1e2, 80)
    x = cp.Variable(80)
    return cp.Problem(cp.Minimize(cp.norm(a @ x - rng.standard_normal(120), 1)))


def test_infeasible() -> None:
    x = cp.Variable(2)
    limits = [x >= 1, cp.sum(x) <= 1]
    problem = cp.Problem(cp.Minimize(x[0]), limits)
    assert problem.solve(solver=cp.SCS) == np.inf
    assert problem.status == cp.INFEASIBLE
    assert x.value is None


def test_infeasible_semidefinite() -> None:
    x = cp.Variable((3, 3), PSD=True)
    problem = cp.Problem(cp.Minimize(0), [cp.trace(x) == 1, x[0, 1] == 1])
    assert problem.solve(solver=cp.SCS) == np.inf
    assert problem.status == cp.INFEASIBLE


def test_unbounded() -> None:
    x = cp.Variable(2)
    problem = cp.Problem(cp.Minimize(x[0]), [cp.sum(x) == 1])
    assert problem.solve(solver=cp.SCS) == -np.inf
    assert problem.status == cp.UNBOUNDED


def test_too_few_iterations_are_inaccurate() -> None:
    problem = hard()
    with pytest.warns(UserWarning, match="may be inaccurate"):
        problem.solve(solver=cp.SCS, max_iters=3)
    assert problem.status == cp.OPTIMAL_INACCURATE
    assert problem.solver_stats.num_iters == 3
    info = problem.solver_stats.extra_stats["info"]
    assert info["status_val"] == scs.SOLVED_INACCURATE


def test_time_limit() -> None:
    problem = hard()
    problem.get_problem_data(cp.SCS)  # compiled once, outside the measured time
    start = time.perf_counter()
    with pytest.warns(UserWarning, match="may be inaccurate"):
        problem.solve(
            solver=cp.SCS, time_limit_secs=0.05, eps=0.0, max_iters=100_000_000
        )
    assert time.perf_counter() - start < 20
    assert problem.status == cp.OPTIMAL_INACCURATE
    assert "time_limit_secs" in problem.solver_stats.extra_stats["info"]["status"]
    assert problem.solver_stats.solve_time >= 0.05


def test_times_are_seconds() -> None:
    problem = hard()
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problem.solve(solver=cp.SCS, max_iters=200)
    wall = time.perf_counter() - start
    stats = problem.solver_stats
    info = stats.extra_stats["info"]
    assert 0 < stats.solve_time <= wall
    assert stats.solve_time == pytest.approx(info["solve_time"] / 1000)
    assert stats.setup_time == pytest.approx(info["setup_time"] / 1000)


def test_verbose_prints_the_report_and_quiet_prints_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    x = cp.Variable(2)
    problem = cp.Problem(cp.Minimize(cp.norm(x - 1)), [x <= 0])
    problem.solve(solver=cp.SCS, verbose=True)
    report = capsys.readouterr().out
    for part in (f"scs {scs.__version__}", "pri res", "solved"):
        assert part in report
    problem.solve(solver=cp.SCS)
    assert capsys.readouterr().out == ""


def test_settings_arrive() -> None:
    x = cp.Variable(2)
    problem = cp.Problem(cp.Minimize(cp.sum_squares(x - 3)), [x <= 1])
    settings = {"scale": 0.5, "adaptive_scale": False, "acceleration_lookback": 0}
    problem.solve(solver=cp.SCS, **settings)
    info = problem.solver_stats.extra_stats["info"]
    assert info["scale"] == 0.5
    assert info["scale_updates"] == 0
    assert info["aa_stats"]["iter"] == 0


def test_the_old_switch_of_the_indirect_method() -> None:
    x = cp.Variable(2)
    problem = cp.Problem(cp.Minimize(cp.norm(x)), [cp.sum(x) == 2])
    for indirect in (True, False):
        problem.solve(solver=cp.SCS, use_indirect=indirect, eps=1e-7)
        name = problem.solver_stats.extra_stats["info"]["lin_sys_solver"]
        assert ("indirect" in name) == indirect
        assert problem.value == pytest.approx(np.sqrt(2), abs=1e-5)


@pytest.mark.parametrize(
    ("setting", "error"),
    [({"alpha": 3.0}, ValueError), ({"no_such_setting": 1}, TypeError)],
)
def test_mistakes_are_told(setting: dict[str, object], error: type[Exception]) -> None:
    problem = cp.Problem(cp.Minimize(cp.norm(cp.Variable(2) - 1)))
    with pytest.raises(error, match=next(iter(setting))):
        problem.solve(solver=cp.SCS, **setting)


def test_an_interrupted_solve_is_a_solver_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    problem = hard()
    solve = scs.solve

    def interrupted(data, cone, **settings):
        result = solve(data, cone, **settings)
        solver = scs.SCS(data, cone, **settings)
        stopped = solver.solve(callback=lambda *_: True)
        assert stopped["info"]["status_val"] == scs.SIGINT
        assert list(stopped) == list(result)
        return stopped

    monkeypatch.setattr(scs, "solve", interrupted)
    with pytest.raises(cp.SolverError):
        problem.solve(solver=cp.SCS)


def test_versions_and_defaults_of_cvxpy_know_the_package() -> None:
    assert cp.SCS in cp.installed_solvers()
    assert int(scs.__version__.split(".")[0]) >= 4
    # CVXPY leaves the choice to itself where none is named; SCS takes part in it.
    x = cp.Variable((2, 2), PSD=True)
    problem = cp.Problem(cp.Minimize(cp.trace(x)), [x[0, 1] == 1])
    assert problem.solve(solver=cp.SCS) == pytest.approx(2, abs=1e-3)
