# SPDX-License-Identifier: MIT
"""Solves one problem by several linear-system backends, turn by turn.

Run as ``python -m scsbench.backends_worker REQUEST``, REQUEST being a JSON file with
``problem``, ``settings`` and ``answers`` (paths), each by backend, ``repeat``,
``repeat_below`` and ``report``. The report holds a list of the reports of
``scsbench.worker`` for each backend; the answer is that of its last solve.

All run in one process, so that they meet the same state of the machine. What another
backend has needed limits each: only those that come near the best are of interest.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from scsbench.worker import solve, versions

# What a backend may take the first time: this many times the best so far and these
# seconds.
PATIENCE = 4.0
GRACE_SECONDS = 0.2
# Repeated is what takes at most this many times the best and these seconds.
NEAR = 2.0
NEAR_SECONDS = 0.01
# Repeats go on beyond those asked for while all solves together took less than this,
# but not for ever: the least of three times of a millisecond is still noise.
ENOUGH_SECONDS = 0.5
MOST_REPEATS = 30
# Statuses of an answer: solved, unbounded, infeasible.
ANSWERS = (1, -1, -2)


def main(arguments: list[str]) -> int:
    """Solve what the request names; the exit status is 0 if a report was written."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    report: dict[str, Any] = {}
    try:
        fetch_lapack()
        report["backends"] = take_turns(request)
        report["versions"] = versions()
    except Exception as error:  # whatever it raises is the result
        report = {"error": f"{type(error).__name__}: {error}"}
    Path(request["report"]).write_text(json.dumps(report), encoding="utf-8")
    return 0


def fetch_lapack() -> None:
    """Project on a cone that needs LAPACK, or the first backend would pay for it."""
    import scs

    order = 4
    rows = order * (order + 1) // 2
    data = {
        "A": sp.csc_matrix(-np.eye(rows)),
        "b": np.zeros(rows),
        "c": np.arange(1.0, rows + 1),
    }
    scs.SCS(data, {"s": [order]}, verbose=False, max_iters=1).solve()


def take_turns(request: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the reports of every backend; the order turns with every repeat."""
    waiting = list(request["settings"])
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in waiting}
    best = math.inf
    spent = 0.0
    asked = max(1, int(request["repeat"]))
    for turn in range(max(asked, MOST_REPEATS if asked > 1 else 1)):
        if turn >= asked and spent >= ENOUGH_SECONDS:
            break
        for name in list(reversed(waiting)) if turn % 2 else list(waiting):
            report = solve_one(request, name, math.inf if turn else best)
            found[name].append(report)
            best = min(best, seconds(report))
            if math.isfinite(seconds(report)):
                spent += seconds(report)
        near = NEAR * best + NEAR_SECONDS
        waiting = [name for name in waiting if min(map(seconds, found[name])) <= near]
        if best >= request["repeat_below"]:
            break
    return found


def solve_one(request: dict[str, Any], name: str, best: float) -> dict[str, Any]:
    """Solve by one backend; an exception is a report with ``error``."""
    settings = request["settings"][name]
    limit = min(settings["time_limit_secs"], PATIENCE * best + GRACE_SECONDS)
    asked = {
        "settings": {**settings, "time_limit_secs": limit},
        "answer": request["answers"][name],
    }
    try:
        return solve(Path(request["problem"]), asked)
    except Exception as error:  # whatever it raises is the result
        return {"error": f"{type(error).__name__}: {error}"}


def seconds(report: dict[str, Any]) -> float:
    """Return the wall clock of a solve that came to an answer, else infinity."""
    if "error" in report or report["info"]["status_val"] not in ANSWERS:
        return math.inf
    return float(report["setup_s"] + report["solve_s"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
