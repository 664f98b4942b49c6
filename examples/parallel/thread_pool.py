# SPDX-License-Identifier: MIT
"""concurrent.futures.ThreadPoolExecutor: map and submit."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, as_completed

import workload


def with_map(pool: ThreadPoolExecutor, jobs: list[tuple[int, int]]) -> list[float]:
    return list(pool.map(workload.solve, jobs))


def with_submit(pool: ThreadPoolExecutor, jobs: list[tuple[int, int]]) -> list[float]:
    values = [0.0] * len(jobs)
    places = {pool.submit(workload.solve, job): i for i, job in enumerate(jobs)}
    for future in as_completed(places):  # whichever is ready first
        values[places[future]] = future.result()
    return values


if __name__ == "__main__":
    jobs = workload.arguments()
    count = os.cpu_count() or 1
    expected = workload.serial(jobs)
    with ThreadPoolExecutor(count) as pool:
        workload.compare(
            expected, f"pool of {count} threads, map", lambda: with_map(pool, jobs)
        )
        workload.compare(
            expected,
            f"pool of {count} threads, submit",
            lambda: with_submit(pool, jobs),
        )
