# SPDX-License-Identifier: MIT
"""queue.Queue: workers with a solver of their own that take new data as they come."""

from __future__ import annotations

import copy
import os
import queue
import threading

import numpy as np
from numpy.typing import NDArray

import scs
import workload

Vector = NDArray[np.float64]


def fresh_solve(solver: scs.SCS, b: Vector) -> float:
    """Solve for a new b; afresh, so that the result does not depend on the order."""
    solver.update(b=b)
    return float(solver.solve(warm_start=False).info.pobj)


def in_workers(solver: scs.SCS, vectors: list[Vector], count: int) -> list[float]:
    tasks: queue.Queue[tuple[int, Vector] | None] = queue.Queue()
    values = [0.0] * len(vectors)

    def work() -> None:
        own = copy.copy(solver)  # shares the analysis of the matrices
        while (task := tasks.get()) is not None:
            i, b = task
            values[i] = fresh_solve(own, b)

    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for task in enumerate(vectors):
        tasks.put(task)
    for _ in threads:
        tasks.put(None)
    for thread in threads:
        thread.join()
    return values


if __name__ == "__main__":
    jobs = workload.arguments()
    data, cone = workload.problem(*jobs[0])
    solver = scs.SCS(data, cone, verbose=False)
    vectors = [data["b"] + 0.01 * i for i in range(len(jobs))]
    count = os.cpu_count() or 1
    expected = workload.timed(
        "one after the other", lambda: [fresh_solve(solver, b) for b in vectors]
    )
    workload.compare(
        expected,
        f"{count} workers at a queue",
        lambda: in_workers(solver, vectors, count),
    )
