# SPDX-License-Identifier: MIT
"""Two interpreters on the same problems, same core, turn by turn.

Timings of two runs made hours apart differ by what else the machine was doing;
here each problem is solved by one and at once by the other. The order turns
round with every repeat, so that neither always has the warmer cache or clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scsbench.problems import problem_name
from scsbench.records import Result, Writer, best_of
from scsbench.run import Task, describe, solve_one


def run_paired(
    tasks: Sequence[Task],
    paths: Sequence[Path],
    outs: Sequence[Path],
    *,
    repeat: int = 3,
    repeat_below: float = 5.0,
    fresh: bool = False,
) -> None:
    """Solve every problem by every task in turn, ``repeat`` times, keep the best.

    A problem is repeated only while the slowest of the tasks needs less than
    ``repeat_below`` seconds: noise matters where times are short.
    """
    writers = [
        Writer(out, task.header(), fresh=fresh)
        for task, out in zip(tasks, outs, strict=True)
    ]
    waiting = [
        path
        for path in paths
        if any(problem_name(path) not in writer.done for writer in writers)
    ]
    if len(waiting) < len(paths):
        print(f"{len(paths) - len(waiting)} of {len(paths)} already done")
    for number, path in enumerate(waiting, start=1):
        rounds: list[list[Result]] = [[] for _ in tasks]
        for turn in range(max(1, repeat)):
            order = list(range(len(tasks)))
            for which in reversed(order) if turn % 2 else order:
                rounds[which].append(solve_one(tasks[which], path))
            if max(_seconds(results[-1]) for results in rounds) >= repeat_below:
                break
        for which, writer in enumerate(writers):
            best = best_of(rounds[which])
            writer.add(best)
            label = f"{number:3d}/{len(waiting)} {chr(ord('A') + which)}"
            print(f"[{label}] {describe(best)}", flush=True)


def _seconds(result: Result) -> float:
    return float("inf") if result.wall_s is None else result.wall_s
