# SPDX-License-Identifier: MIT
"""Threads times processes for minutes: right answers all along, memory flat at the end.

    python tests/soak/soak.py --minutes 10 --processes 2 --threads 4

In every process the threads do one thing after the other in an order of their own:
solve afresh and compare to the bit, make and drop solvers, update one that all threads
share, pickle, interrupt, raise in a progress call, give bad input, solve cones of every
kind and leave solvers to the garbage collector in cycles. The main thread reads the
memory of the process every second. What a process holds after its warm-up must be what
it holds at the end, give or take what an allocator keeps.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import pickle
import random
import resource
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

for folder in ("python", "oracles"):
    sys.path.insert(0, str(Path(__file__).parents[1] / folder))

import catalogue  # noqa: E402
import makers  # noqa: E402
import numpy as np  # noqa: E402

import scs  # noqa: E402

# Of the whole time, before memory is compared: pools and caches fill.
WARM_UP = 0.3
# What the median of the last part may lie above that of the first after the warm-up.
SHARE = 0.02
BYTES = 2**21

Report = dict[str, Any]


class Soak:
    """What the threads of one process share, and what they may do."""

    def __init__(self) -> None:
        self.problems = [
            makers.random_solvable(seed, 12, 3, 20, 3, [4])[:2] for seed in range(4)
        ]
        self.answers = [
            scs.solve(*problem, **makers.QUIET).x.tobytes() for problem in self.problems
        ]
        data, cone = self.problems[0]
        self.pairs = [
            (data["b"] + 0.05 * i, data["c"] * (1 + 0.02 * i)) for i in range(3)
        ]
        self.shared = scs.SCS(data, cone, **makers.QUIET)
        self.shared.update(*self.pairs[0])
        self.shared_answers = set()
        for pair in self.pairs:
            twin = scs.SCS(data, cone, **makers.QUIET)
            twin.update(*pair)
            self.shared_answers.add(twin.solve(False).x.tobytes())
        cones = [catalogue.solvable([name], seed=1) for name in catalogue.KINDS]
        self.cones = [(problem.data, problem.cone) for problem in cones]
        self.actions: list[Callable[[random.Random], None]] = [
            self.solve_afresh,
            self.solve_again,
            self.update_shared,
            self.update_shared,
            self.pickle_shared,
            self.interrupt_shared,
            self.raise_in_progress,
            self.give_bad_input,
            self.solve_a_cone,
            self.leave_a_cycle,
        ]

    def solve_afresh(self, rng: random.Random) -> None:
        """Return to the bit what a solver returned at the beginning."""
        which = rng.randrange(len(self.problems))
        x = scs.solve(*self.problems[which], **makers.QUIET).x
        assert x.tobytes() == self.answers[which]

    def solve_again(self, rng: random.Random) -> None:
        """Make a solver, solve, start from the solution."""
        solver = scs.SCS(*rng.choice(self.problems), **makers.QUIET)
        first = solver.solve()
        assert solver.solve(x=first.x, y=first.y, s=first.s).info.iter <= 50

    def update_shared(self, rng: random.Random) -> None:
        """Find one of the answers that some thread had asked for."""
        self.shared.update(*rng.choice(self.pairs))
        result = self.shared.solve(False)
        if result.info.status != "interrupted":
            assert result.x.tobytes() in self.shared_answers

    def pickle_shared(self, rng: random.Random) -> None:
        """Send a copy around."""
        twin = pickle.loads(pickle.dumps(self.shared))
        assert twin.solve(False).x.tobytes() in self.shared_answers

    def interrupt_shared(self, rng: random.Random) -> None:
        """Interrupt whoever solves, if anybody does."""
        self.shared.interrupt()

    def raise_in_progress(self, rng: random.Random) -> None:
        """Let an exception through; the solver stays usable."""
        with contextlib.suppress(ZeroDivisionError):
            self.shared.solve(False, callback=lambda *_: 1 / 0 > 0)
            raise AssertionError("nothing was raised")

    def give_bad_input(self, rng: random.Random) -> None:
        """Have it refused."""
        for name, value in (("b", np.zeros(1)), ("c", np.full(12, np.nan))):
            with contextlib.suppress(ValueError):
                self.shared.update(**{name: value})
                raise AssertionError(f"bad {name} was taken")

    def solve_a_cone(self, rng: random.Random) -> None:
        """Solve a problem of some kind of cone, with no more than a few iterations."""
        scs.solve(*rng.choice(self.cones), max_iters=50, **makers.QUIET)

    def leave_a_cycle(self, rng: random.Random) -> None:
        """Leave a solver that only the garbage collector finds, and let it look.

        It counts objects, not the memory of a solver, so that left to itself it would
        let tens of megabytes come together, now more and now less.
        """
        solver: Any = scs.SCS(*rng.choice(self.problems), **makers.QUIET)
        solver.me = solver
        solver.solve()
        del solver
        if rng.randrange(16) == 0:
            gc.collect()


def resident() -> int:
    """Return the memory of this process in bytes."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # the peak


def work(seconds: float, threads: int, seed: int) -> Report:
    """Soak this process."""
    soak = Soak()
    end = time.monotonic() + seconds
    failed = threading.Event()
    done: list[Counter[str]] = [Counter() for _ in range(threads)]
    failures: list[str] = []

    def body(which: int) -> None:
        rng = random.Random(f"{seed}, {which}")
        try:
            while time.monotonic() < end and not failed.is_set():
                action = rng.choice(soak.actions)
                action(rng)
                done[which][action.__name__] += 1
        except BaseException as error:
            failures.append(f"{action.__name__}: {type(error).__name__}: {error}")
            failed.set()

    pool = [threading.Thread(target=body, args=(i,)) for i in range(threads)]
    for thread in pool:
        thread.start()
    memory = [resident()]
    while time.monotonic() < end and not failed.is_set():
        time.sleep(1)
        gc.collect()
        memory.append(resident())
    for thread in pool:
        thread.join(60)
        if thread.is_alive():
            failures.append("a thread does not end")
    return {"done": sum(done, Counter()), "memory": memory, "failures": failures}


def growth(memory: Sequence[int]) -> tuple[float, float]:
    """Return bytes at the end of the warm-up and what was added by the end."""
    settled = memory[int(WARM_UP * len(memory)) :]
    part = max(1, len(settled) // 4)
    before = statistics.median(settled[:part])
    return before, statistics.median(settled[-part:]) - before


def is_flat(memory: Sequence[int]) -> bool:
    """Tell whether a process ended with the memory that it had after its warm-up."""
    before, added = growth(memory)
    return added <= max(SHARE * before, BYTES)


def verdict(reports: Sequence[Report]) -> tuple[str, bool]:
    """Return lines for a person, and whether all is well."""
    lines = []
    good = True
    for number, report in enumerate(reports):
        before, added = growth(report["memory"])
        flat = is_flat(report["memory"])
        good = good and flat and not report["failures"]
        lines.append(
            f"process {number}: {sum(report['done'].values())} actions, "
            f"{before / 2**20:.1f} MiB, {added / 2**20:+.2f} MiB at the end"
            f"{'' if flat else ': GROWS'}"
        )
        lines += [f"process {number}: {failure}" for failure in report["failures"]]
    total: Counter[str] = Counter()
    for report in reports:
        total.update(report["done"])
    lines += [f"{count:9d} {name}" for name, count in total.most_common()]
    return "\n".join(lines), good


def main(arguments: Sequence[str] | None = None) -> int:
    """Run as many processes as asked for; exit status 0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4, help="in each process")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.worker:
        report = work(60 * options.minutes, options.threads, options.seed)
        json.dump(report, sys.stdout)
        return 0
    children = [
        subprocess.Popen(
            [
                *(sys.executable, __file__, "--worker"),
                f"--minutes={options.minutes}",
                f"--threads={options.threads}",
                f"--seed={options.seed + which}",
            ],
            stdout=subprocess.PIPE,
            env={"OPENBLAS_NUM_THREADS": "1", **os.environ},
        )
        for which in range(options.processes)
    ]
    reports = []
    for child in children:
        out = child.communicate()[0]
        if child.returncode != 0:
            print(f"a process ended with status {child.returncode}")
            return 1
        reports.append(json.loads(out))
    text, good = verdict(reports)
    print(text)
    print("memory flat, answers right" if good else "FAILED")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
