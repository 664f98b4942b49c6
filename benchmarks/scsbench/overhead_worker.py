# SPDX-License-Identifier: MIT
"""Times calls on the two-row program inside the interpreter under test.

Run as ``python -m scsbench.overhead_worker REQUEST``. Every figure is the least
mean of several batches: a batch is long against the clock's resolution and short
against the scheduler's slices.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scsbench.worker import two_row_problem, versions

BATCH = 50


def main(arguments: list[str]) -> int:
    """Measure and write the report; exit status 0 if a report was written."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    try:
        report = measure(request["settings"], int(request["calls"]))
        report["versions"] = versions()
    except Exception as error:  # whatever it raises is the result
        report = {"error": f"{type(error).__name__}: {error}"}
    Path(request["report"]).write_text(json.dumps(report), encoding="utf-8")
    return 0


def measure(settings: dict[str, Any], calls: int) -> dict[str, Any]:
    """Return microseconds per call, the solver's share of them, iterations."""
    scs = importlib.import_module("scs")
    data, cone = two_row_problem()
    b, c = data["b"].copy(), data["c"].copy()

    def construct() -> Any:
        return scs.SCS(data, cone, **settings)

    def one_call() -> Any:
        return scs.SCS(data, cone, **settings).solve()

    solver = construct()
    answer = solver.solve()
    if answer["info"]["status_val"] != 1:
        raise RuntimeError(f"two-row program: {answer['info']['status']}")
    batches = max(1, calls // BATCH)
    gc.disable()
    call_us = {
        "construct": _least(construct, batches),
        "cold_solve": _first_solves(construct, batches),
        "warm_solve": _least(solver.solve, batches),
        "update": _least(lambda: solver.update(b, c), batches),
        "one_call": _least(one_call, batches),
    }
    cold = [one_call()["info"] for _ in range(calls)]
    warm = [solver.solve()["info"] for _ in range(calls)]
    setup = 1e3 * min(info["setup_time"] for info in cold)
    solve = 1e3 * min(info["solve_time"] for info in cold)
    inside_us = {
        "construct": setup,
        "cold_solve": solve,
        "warm_solve": 1e3 * min(info["solve_time"] for info in warm),
        "one_call": setup + solve,
    }
    iterations = {
        "cold_solve": int(cold[0]["iter"]),
        "warm_solve": int(warm[0]["iter"]),
        "one_call": int(cold[0]["iter"]),
    }
    return {"call_us": call_us, "inside_us": inside_us, "iterations": iterations}


def _least(call: Callable[[], Any], batches: int) -> float:
    best = float("inf")
    for _ in range(batches):
        start = time.perf_counter_ns()
        for _ in range(BATCH):
            call()
        best = min(best, (time.perf_counter_ns() - start) / BATCH)
    return best / 1e3


def _first_solves(construct: Callable[[], Any], batches: int) -> float:
    """As ``_least``, each object being made outside the clock."""
    best = float("inf")
    for _ in range(batches):
        solvers = [construct() for _ in range(BATCH)]
        start = time.perf_counter_ns()
        for solver in solvers:
            solver.solve()
        best = min(best, (time.perf_counter_ns() - start) / BATCH)
    return best / 1e3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
