# SPDX-License-Identifier: MIT
"""asyncio: solve_async, to_thread, and a timeout that stops a solve."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import scs
import workload

TIGHT: dict[str, Any] = {"verbose": False, "eps_abs": 1e-7, "eps_rel": 1e-7}


async def solve_all(jobs: list[tuple[int, int]]) -> list[float]:
    solvers = [scs.SCS(*workload.problem(*job), **TIGHT) for job in jobs]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(solver.solve_async()) for solver in solvers]
    return [float(task.result().info.pobj) for task in tasks]


async def in_threads(jobs: list[tuple[int, int]]) -> list[float]:
    calls = (asyncio.to_thread(workload.solve, job) for job in jobs)
    return list(await asyncio.gather(*calls))


async def give_up(seconds: float) -> float:
    """Return how long a solve that never ends was allowed to go on."""
    endless: dict[str, Any] = {"eps_abs": 0.0, "eps_rel": 0.0, "eps_infeas": 0.0}
    problem = workload.problem(0, 20)
    solver = scs.SCS(*problem, verbose=False, max_iters=10**9, **endless)
    begin = time.perf_counter()
    try:
        async with asyncio.timeout(seconds):
            await solver.solve_async()
    except TimeoutError:
        solver.update()  # it is free again
    return time.perf_counter() - begin


if __name__ == "__main__":
    jobs = workload.arguments()
    expected = workload.serial(jobs)
    workload.compare(expected, "solve_async", lambda: asyncio.run(solve_all(jobs)))
    workload.compare(expected, "to_thread", lambda: asyncio.run(in_threads(jobs)))
    print(f"given up after {1e3 * asyncio.run(give_up(0.05)):.1f} ms instead of 50")
