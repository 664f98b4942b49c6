# SPDX-License-Identifier: MIT
"""Throughput of independent solves on several threads of one interpreter.

Run as ``python -m scsbench.thread_worker REQUEST``. Each thread has a problem and a
solver of its own. Windows on one thread and on several alternate, and the best of each
counts, because everything that disturbs only takes away.

On a machine that others use, the time for which a thread could have run but got no core
(Linux: schedstat) may be left out. That is known with delay, so then it is not the best
window that counts but all of them together.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from scsbench.worker import two_row_problem, versions

Problem = tuple[dict[str, Any], dict[str, Any]]


def qp(seed: int, n: int) -> Problem:
    """Return a QP with n variables, 2n inequalities and a feasible point."""
    rng = np.random.default_rng(seed)
    a = sp.random_array((2 * n, n), density=min(1.0, 5 / n), rng=rng, format="csc")
    data = {
        "P": sp.csc_matrix(sp.eye_array(n)),
        "A": sp.csc_matrix(a),
        "b": a @ rng.standard_normal(n) + rng.uniform(0, 1, 2 * n),
        "c": rng.standard_normal(n),
    }
    return data, {"l": 2 * n}


def nearest_correlation(seed: int, order: int) -> Problem:
    """Return the SDP of the correlation matrix nearest to a random symmetric one."""
    rng = np.random.default_rng(seed)
    rows, columns = np.triu_indices(order)  # lower triangle by columns
    scale = np.where(rows == columns, 1.0, np.sqrt(2.0))
    target = rng.uniform(-1, 1, rows.size) * scale
    diagonal = np.flatnonzero(rows == columns)
    size = rows.size
    pick = sp.csc_matrix(
        (np.ones(order), (np.arange(order), diagonal)), shape=(order, size)
    )
    data = {
        "P": sp.csc_matrix(sp.eye_array(size)),
        "A": sp.csc_matrix(sp.vstack([pick, -sp.eye_array(size)], format="csc")),
        "b": np.r_[np.ones(order), np.zeros(size)],
        "c": -target,
    }
    return data, {"z": order, "s": [order]}


KINDS: dict[str, Callable[[int], Problem]] = {
    "tiny": lambda seed: two_row_problem(),
    "small": lambda seed: qp(seed, 60),
    "large": lambda seed: qp(seed, 1000),
    "psd": lambda seed: nearest_correlation(seed, 40),
}


def main(arguments: list[str]) -> int:
    """Measure and write the report; exit status 0 if a report was written."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    try:
        report: dict[str, Any] = {
            "versions": versions(),
            "kinds": {
                kind: measure(
                    KINDS[kind],
                    [int(count) for count in request["threads"]],
                    float(request["seconds"]),
                    int(request["rounds"]),
                    request["clock"] == "run",
                )
                for kind in request["kinds"]
            },
        }
    except Exception as error:  # whatever it raises is the result
        report = {"error": f"{type(error).__name__}: {error}"}
    Path(request["report"]).write_text(json.dumps(report), encoding="utf-8")
    return 0


def measure(
    make: Callable[[int], Problem],
    counts: Sequence[int],
    seconds: float,
    rounds: int,
    only_with_a_core: bool,
) -> dict[str, float]:
    """Return solves per second for each number of threads."""
    scs = importlib.import_module("scs")
    solvers = [scs.SCS(*make(0), verbose=False) for _ in range(max(counts))]
    for solver in solvers:
        solver.solve(warm_start=False)
    windows: dict[int, list[tuple[int, float]]] = {count: [] for count in counts}
    gc.disable()
    for _ in range(rounds):
        for count in counts:
            windows[count].append(_window(solvers[:count], seconds, only_with_a_core))
    gc.enable()
    if only_with_a_core:
        for count, found in windows.items():
            windows[count] = [(sum(n for n, _ in found), sum(t for _, t in found))]
    return {
        str(count): max(solves / time for solves, time in found)
        for count, found in windows.items()
    }


def _without_a_core() -> float:
    """Return the seconds that this thread has waited for a core so far."""
    return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9


def _window(
    solvers: Sequence[Any], seconds: float, only_with_a_core: bool
) -> tuple[int, float]:
    """Let each solver solve afresh in a thread; solves of all, mean seconds of one."""
    start = threading.Barrier(len(solvers))
    solves = [0] * len(solvers)
    times = [0.0] * len(solvers)

    def work(which: int) -> None:
        solve = solvers[which].solve
        start.wait()
        waited = -_without_a_core() if only_with_a_core else 0.0
        begin = now = time.perf_counter()
        done = 0
        while now < begin + seconds:
            solve(False)
            done += 1
            now = time.perf_counter()
        if only_with_a_core:
            waited += _without_a_core()
        solves[which] = done
        times[which] = now - begin - waited

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(solvers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(solves), sum(times) / len(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
