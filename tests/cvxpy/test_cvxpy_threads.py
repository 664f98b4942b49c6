# SPDX-License-Identifier: MIT
"""Four threads, each with a cp.Problem of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import cvxpy as cp
import numpy as np

THREADS = 4
ROUNDS = 6


def least_squares(seed: int) -> list[float]:
    """Solve a sequence of parametrised problems of four kinds of cones."""
    rng = np.random.default_rng(seed)
    a, x, b = rng.standard_normal((15, 6)), cp.Variable(6), cp.Parameter(15)
    c, z = cp.Parameter((4, 4), symmetric=True), cp.Variable((4, 4), PSD=True)
    p = cp.Variable(3)
    objective = (
        cp.norm(a @ x - b) + cp.norm(x, 1) - cp.trace(c @ z) - cp.sum(cp.entr(p))
    )
    problem = cp.Problem(cp.Minimize(objective), [cp.trace(z) == 1, cp.sum(p) == 1])
    values = []
    for _ in range(ROUNDS):
        b.value = rng.standard_normal(15)
        root = rng.standard_normal((4, 4))
        c.value = root + root.T
        problem.solve(solver=cp.SCS, eps=1e-6, warm_start=True)
        assert problem.status == cp.OPTIMAL
        values += [float(problem.value), *x.value.tolist()]
    return values


def test_threads_find_to_the_bit_what_one_finds() -> None:
    seeds = range(THREADS)
    expected = [least_squares(seed) for seed in seeds]
    start = Barrier(THREADS)

    def work(seed: int) -> list[float]:
        start.wait(60)
        return least_squares(seed)

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(work, seeds)) == expected


def test_one_threads_infeasible_problem_leaves_the_others_alone() -> None:
    def work(index: int) -> str:
        x = cp.Variable(5)
        top = -1.0 if index % 2 else 1.0
        problem = cp.Problem(cp.Minimize(cp.sum_squares(x)), [x >= 0, x <= top])
        problem.solve(solver=cp.SCS)
        return str(problem.status)

    with ThreadPoolExecutor(THREADS) as pool:
        statuses = list(pool.map(work, range(40)))
    assert statuses == [cp.OPTIMAL, cp.INFEASIBLE] * 20
