# SPDX-License-Identifier: MIT
"""threading.Thread: one thread for each share of the problems."""

from __future__ import annotations

import os
import threading

import workload


def in_threads(jobs: list[tuple[int, int]], count: int) -> list[float]:
    values = [0.0] * len(jobs)

    def work(first: int) -> None:
        for i in range(first, len(jobs), count):
            values[i] = workload.solve(jobs[i])

    threads = [threading.Thread(target=work, args=(i,)) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return values


if __name__ == "__main__":
    jobs = workload.arguments()
    count = os.cpu_count() or 1
    expected = workload.serial(jobs)
    workload.compare(expected, f"{count} threads", lambda: in_threads(jobs, count))
