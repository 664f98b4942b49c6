# SPDX-License-Identifier: MIT
"""Process pools with every start method; solvers and results are pickled.

Within one program threads do the same with less effort. Processes are for programs
whose own Python code needs a GIL to itself.
"""

from __future__ import annotations

import multiprocessing
import os
import warnings
from concurrent.futures import ProcessPoolExecutor

import scs
import workload


def make_solver(seed: int, n: int) -> scs.SCS:
    problem = workload.problem(seed, n)
    return scs.SCS(*problem, verbose=False, eps_abs=1e-7, eps_rel=1e-7)


def solve_solver(solver: scs.SCS) -> float:
    return float(solver.solve().info.pobj)


def compare(method: str, jobs: list[tuple[int, int]], expected: list[float]) -> None:
    context = multiprocessing.get_context(method)
    count = os.cpu_count() or 1
    name = f"{count} processes, {method}"
    solvers = [make_solver(*job) for job in jobs]
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        list(pool.map(workload.solve, jobs[:count]))  # starts the processes
        workload.compare(
            expected, f"{name}, jobs", lambda: list(pool.map(workload.solve, jobs))
        )
        workload.compare(
            expected, f"{name}, solvers", lambda: list(pool.map(solve_solver, solvers))
        )
    with context.Pool(count) as workers:
        workload.compare(
            expected, f"{name}, Pool", lambda: workers.map(workload.solve, jobs)
        )


if __name__ == "__main__":
    jobs = workload.arguments()
    expected = workload.serial(jobs)
    # Python warns of forks in programs with threads; scs takes them.
    warnings.filterwarnings("ignore", ".*fork", DeprecationWarning)
    for method in multiprocessing.get_all_start_methods():
        compare(method, jobs, expected)
