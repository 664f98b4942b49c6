# SPDX-License-Identifier: MIT
"""What the examples of this folder solve: random problems of one size.

Each example takes the number of problems and the number of variables of each from its
command line, solves them one after the other and in parallel, and prints both times.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import scipy.sparse as sp

import scs

Problem = tuple[dict[str, Any], dict[str, Any]]


def problem(seed: int, n: int) -> Problem:
    """Return a QP with n variables, m = 2n inequalities and a known feasible point."""
    rng = np.random.default_rng(seed)
    a = sp.random_array((2 * n, n), density=min(1.0, 5 / n), rng=rng, format="csc")
    data = {
        "P": sp.eye_array(n, format="csc"),
        "A": a,
        "b": a @ rng.standard_normal(n) + rng.uniform(0, 1, 2 * n),
        "c": rng.standard_normal(n),
    }
    return data, {"l": 2 * n}


def solve(job: tuple[int, int]) -> float:
    """Solve the problem of a seed and a size, and return its objective."""
    result = scs.solve(*problem(*job), verbose=False, eps_abs=1e-7, eps_rel=1e-7)
    return float(result.info.pobj)


def arguments() -> list[tuple[int, int]]:
    """Return the jobs that the command line asks for: seeds and sizes."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 32
    n = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    return [(seed, n) for seed in range(count)]


def serial(jobs: Sequence[tuple[int, int]]) -> list[float]:
    """Solve one after the other, printing the time."""
    return timed("one after the other", lambda: [solve(job) for job in jobs])


def timed(name: str, work: Callable[[], list[float]]) -> list[float]:
    begin = time.perf_counter()
    values = work()
    print(f"{name:<36} {1e3 * (time.perf_counter() - begin):8.1f} ms")
    return values


def compare(expected: list[float], name: str, work: Callable[[], list[float]]) -> None:
    """Time the same work done otherwise; the numbers must be the same, to the bit."""
    assert timed(name, work) == expected
