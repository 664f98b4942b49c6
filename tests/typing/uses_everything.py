# SPDX-License-Identifier: MIT
"""A program that uses everything public, for type checkers to read and Python to run.

`assert_type` states what a checker has to find out; at run time it does nothing.
"""

from __future__ import annotations

import asyncio
import copy
import pickle
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, assert_type

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

import scs

Vector = NDArray[np.float64]


def problem() -> tuple[dict[str, Any], dict[str, Any]]:
    data = {
        "P": sp.csc_matrix(np.diag([2.0, 1.0])),
        "A": sp.csc_matrix(np.array([[-1.0, 1.0], [1.0, 0.0], [0.0, 1.0]])),
        "b": np.array([-1.0, 0.3, -0.5]),
        "c": np.array([-1.0, -1.0]),
    }
    return data, {"z": 1, "l": 2}


def construct() -> scs.SCS:
    data, cone = problem()
    settings: scs.Settings = {
        "linear_solver": scs.LinearSolver.QDLDL,
        "on_concurrent_use": "raise",
        "normalize": True,
        "scale": 0.1,
        "adaptive_scale": True,
        "adaptive_diag_scale": 1,
        "rho_x": 1e-6,
        "max_iters": 10_000,
        "eps_abs": 1e-9,
        "eps_rel": 1e-9,
        "eps_infeas": 1e-7,
        "alpha": 1.5,
        "time_limit_secs": 60,
        "verbose": False,
        "acceleration_lookback": 10,
        "acceleration_interval": 5,
        "acceleration_type_1": 1,
        "acceleration_regularization": 1e-8,
        "acceleration_relaxation": 1.0,
        "write_data_filename": None,
        "log_csv_filename": None,
    }
    scs.SCS(data, cone, linear_solver="qdldl", verbose=False)
    return scs.SCS(data, cone, **settings)


def look_at(result: scs.Result) -> None:
    assert_type(result.x, Vector)
    assert_type(result.y, Vector)
    assert_type(result.s, Vector)
    info = assert_type(result.info, scs.Info)
    whole: list[int] = [
        info.status_val,
        info.iter,
        info.scale_updates,
        info.rejected_accel_steps,
        info.accepted_accel_steps,
        info.newton_steps,
    ]
    real: list[float] = [
        info.scale,
        info.pobj,
        info.dobj,
        info.res_pri,
        info.res_dual,
        info.gap,
        info.res_infeas,
        info.res_unbdd_a,
        info.res_unbdd_p,
        info.comp_slack,
        info.solve_time,
        info.setup_time,
        info.lin_sys_time,
        info.cone_time,
        info.accel_time,
        info.newton_time,
    ]
    text: list[str] = [info.status, info.lin_sys_solver, repr(result), repr(info)]
    table = assert_type(result._repr_html_(), str | None)
    assert_type(info.aa_stats, dict[str, Any])
    assert_type(info["status"], Any)
    assert all((whole, real, text, table, info._repr_html_()))
    assert info.status_val in (
        scs.SOLVED,
        scs.SOLVED_INACCURATE,
        scs.INFEASIBLE,
        scs.INFEASIBLE_INACCURATE,
        scs.UNBOUNDED,
        scs.UNBOUNDED_INACCURATE,
        scs.SIGINT,
        scs.FAILED,
        scs.INDETERMINATE,
        scs.UNFINISHED,
    )


def watch(at: scs.Progress) -> bool:
    whole: int = at.iter
    real: list[float] = [
        at.res_pri,
        at.res_dual,
        at.gap,
        at.tol_pri,
        at.tol_dual,
        at.tol_gap,
        at.pobj,
        at.dobj,
        at.scale,
        at.seconds,
        at.distance,
    ]
    assert len(real) == 11
    return whole > 1_000_000


def solve_in_all_ways(solver: scs.SCS) -> None:
    first = assert_type(solver.solve(), scs.Result)
    solver.solve(False)
    solver.solve(warm_start=True, x=first.x, y=first.y, s=first.s)
    solver.solve(x=first.x.astype(np.float32))
    seen: list[scs.Progress] = []
    solver.solve(False, callback=seen.append)
    callback: Callable[[scs.Progress], bool] = watch
    look_at(solver.solve(callback=callback, progress=False))
    look_at(solver.solve(callback=lambda at: at.distance < 1))
    solver.update(b=np.array([-1.0, 0.3, -0.4]))
    solver.update(c=np.array([-1.0, -2.0]), b=None)
    solver.interrupt()
    twin = assert_type(copy.copy(solver), scs.SCS)
    look_at(twin.solve())
    again: scs.SCS = pickle.loads(pickle.dumps(copy.deepcopy(twin)))
    look_at(again.solve())

    async def in_the_background() -> scs.Result:
        await solver.solve_async(False, callback=watch)
        return await solver.solve_async(True, x=first.x, progress=False)

    look_at(asyncio.run(in_the_background()))


def solve_in_one_call() -> None:
    data, cone = problem()
    look_at(scs.solve(data, cone, verbose=False))
    options: scs.Settings = {"verbose": False, "eps_abs": 1e-6}
    look_at(scs.solve(data, cone, callback=watch, progress=False, **options))
    look_at(
        scs.solve(data, cone, linear_solver=scs.LinearSolver("auto"), verbose=False)
    )


def refuse() -> None:
    data, cone = problem()
    errors: tuple[type[scs.Error], ...] = (
        scs.InvalidProblem,
        scs.InvalidCone,
        scs.InvalidSetting,
        scs.ConcurrencyError,
        scs.OutOfMemory,
        scs.NumericalError,
        scs.BackendUnavailable,
        scs.BackendFailed,
        scs.NotSupported,
        scs.FileError,
    )
    builtin: tuple[type[Exception], ...] = (
        scs.InvalidProblem,
        ValueError,
        RuntimeError,
        MemoryError,
    )
    try:
        scs.solve(data, cone, alpha=3.0)
    except scs.InvalidSetting as error:
        known = isinstance(error, errors)
    else:
        known = False
    if not known:
        raise AssertionError(builtin)


def use_files(folder: Path) -> None:
    data, cone = problem()
    stored, log = str(folder / "problem"), str(folder / "log.csv")
    scs.solve(
        data, cone, write_data_filename=stored, log_csv_filename=log, verbose=False
    )
    read, cones, settings = scs.read_data(stored)
    settings["verbose"] = False
    look_at(scs.solve(read, cones, **settings))
    try:
        axes = scs.plot_convergence(log)
    except ImportError:  # matplotlib is optional
        return
    axes.set_title("a solve")


def mistakes() -> None:
    """Never run: each line is one that a checker has to complain about."""
    data, cone = problem()
    solver = scs.SCS(data, cone, eps_abs="small")  # type: ignore[arg-type]
    scs.SCS(data, cone, epsilon=1e-3)  # type: ignore[call-arg]
    scs.SCS(data, cone, on_concurrent_use="never")  # type: ignore[arg-type]
    scs.solve(data, cone, max_iters=1.5)  # type: ignore[arg-type]
    solver.solve(1)  # type: ignore[arg-type]
    solver.solve(x=[0.0, 0.0])  # type: ignore[arg-type]
    solver.solve(progress=print)  # type: ignore[arg-type]
    solver.solve(callback=lambda one, two: None)  # type: ignore[arg-type, misc]
    solver.update(A=data["A"])  # type: ignore[call-arg]
    print(solver.solve().z)  # type: ignore[attr-defined]


def versions() -> tuple[str, int, int]:
    return scs.__version__, scs.__sizeof_int__, scs.__sizeof_float__


def main() -> None:
    solve_in_all_ways(construct())
    solve_in_one_call()
    refuse()
    with tempfile.TemporaryDirectory() as folder:
        use_files(Path(folder))
    assert versions()[0].count(".") == 2


if __name__ == "__main__":
    main()
