# SPDX-License-Identifier: MIT
"""Many threads at once, a fraction of a second for each test.

SCS_STRESS_SECONDS sets how long each of them runs.
"""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs

SECONDS = float(os.environ.get("SCS_STRESS_SECONDS", "0.3"))
THREADS = 4


def problem(seed=101):
    return makers.random_solvable(seed, 12, 3, 20, 3, [4])[:2]


def hammer(*bodies, seconds=SECONDS):
    """Call each body again and again in a thread of its own, starting together.

    Every body is called at least twice; the first exception is raised here.
    """
    start = threading.Barrier(len(bodies))
    failed = threading.Event()

    def work(body):
        start.wait(60)
        end = time.monotonic() + seconds
        done = 0
        try:
            while done < 2 or (time.monotonic() < end and not failed.is_set()):
                body()
                done += 1
        except BaseException:
            failed.set()
            raise

    with ThreadPoolExecutor(len(bodies)) as pool:
        for future in [pool.submit(work, body) for body in bodies]:
            future.result()


def test_independent_solvers():
    expected = [scs.solve(*problem(seed), **makers.QUIET).x for seed in range(THREADS)]

    def body(seed):
        x = scs.solve(*problem(seed), **makers.QUIET).x
        np.testing.assert_array_equal(x, expected[seed])

    hammer(*(lambda seed=seed: body(seed) for seed in range(THREADS)))


def test_updates_of_one_solver_are_linearisable():
    """Each fresh result is that of one (b, c) that somebody had set, to the bit."""
    data, cone = problem()
    pairs = [(data["b"] + 0.05 * i, data["c"] * (1 + 0.02 * i)) for i in range(THREADS)]
    solver = scs.SCS(data, cone, **makers.QUIET)
    answers = set()
    for b, c in pairs:
        twin = scs.SCS(data, cone, **makers.QUIET)
        twin.update(b, c)
        answers.add(twin.solve(False).x.tobytes())
    assert len(answers) == THREADS
    solver.update(*pairs[0])
    seen = set()

    def update_and_solve(i):
        solver.update(*pairs[i])  # both or neither, never b of one and c of another
        x = solver.solve(False).x.tobytes()
        assert x in answers
        seen.add(x)

    hammer(*(lambda i=i: update_and_solve(i) for i in range(THREADS)))
    assert seen <= answers


def test_matrices_too():
    data, cone = problem()
    factors = (1.0, 1.1, 0.9)
    answers = set()
    for factor in factors:
        twin = scs.SCS(data, cone, **makers.QUIET)
        twin._solver.update_matrices(data["P"].data, factor * data["A"].data)
        answers.add(twin.solve(False).x.tobytes())
    solver = scs.SCS(data, cone, **makers.QUIET)
    solver._solver.update_matrices(data["P"].data, data["A"].data)

    def body(factor):
        solver._solver.update_matrices(data["P"].data, factor * data["A"].data)
        assert solver.solve(False).x.tobytes() in answers

    hammer(*(lambda factor=factor: body(factor) for factor in factors))


def test_everything_at_once_on_one_solver():
    data, cone = problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    held = repr(solver).removesuffix("not solved yet>")

    def solve():
        result = solver.solve()
        assert result.info.status in {"solved", "interrupted"}
        result.x[:] = 7.0  # nobody else sees it

    def bad_calls():
        """Errors free the solver again."""
        with pytest.raises(ValueError, match="dimension"):
            solver.update(b=np.zeros(1))
        with pytest.raises(ValueError, match=r"finite|NaN|nan"):
            solver.update(b=np.full_like(data["b"], np.nan))
        with pytest.raises(ValueError, match="length"):
            solver.solve(x=np.zeros(1))
        with pytest.raises(LookupError):
            solver.solve(False, callback=lambda *_: dict[str, int]()["mine"])

    def unpickle():
        twin = pickle.loads(pickle.dumps(solver))
        assert twin.solve(False).info.status == "solved"

    hammer(
        solve,
        solve,
        bad_calls,
        unpickle,
        solver.interrupt,
        lambda: solver.update(data["b"], data["c"]),
        lambda: solver.__copy__().solve(),
        lambda: repr(solver).startswith(held) or pytest.fail("repr"),
    )
    fresh = scs.solve(data, cone, **makers.QUIET)
    np.testing.assert_array_equal(solver.solve(False).x, fresh.x)


def test_refused_callers_leave_no_trace():
    data, cone = problem()
    solver = scs.SCS(data, cone, on_concurrent_use="raise", **makers.QUIET)
    expected = solver.solve(False).x
    outcomes = []

    def body():
        try:
            np.testing.assert_array_equal(solver.solve(False).x, expected)
            outcomes.append("solved")
        except scs.ConcurrencyError:
            outcomes.append("refused")

    hammer(*[body] * THREADS)
    assert "solved" in outcomes
    np.testing.assert_array_equal(solver.solve(False).x, expected)


def test_solvers_come_and_go():
    data, cone = problem()

    def body():
        solver = scs.SCS(data, cone, **makers.QUIET)
        solver.interrupt()
        solver.solve()
        del solver

    hammer(body, body, body, gc.collect)


def test_solvers_die_in_cycles_while_others_run():
    data, cone = problem()

    def make_cycle():
        solver = scs.SCS(data, cone, **makers.QUIET)
        solver.me = solver  # type: ignore[attr-defined]
        assert solver.solve().info.status == "solved"

    hammer(make_cycle, make_cycle, lambda: scs.solve(data, cone, **makers.QUIET))
    gc.collect()


def test_solvers_handed_over_while_solving():
    """The last reference goes in another thread than the solve."""
    data, cone, endless = makers.endless()

    def body():
        solver = scs.SCS(data, cone, **endless)
        running = threading.Event()
        thread = threading.Thread(
            target=solver.solve, kwargs={"callback": lambda *_: running.set()}
        )
        thread.start()
        assert running.wait(60)
        solver.interrupt()
        del solver
        thread.join(60)

    hammer(body, body)


def test_shared_read_only_arrays():
    data, cone = problem()
    for array in (data["b"], data["c"], data["A"].data, data["P"].data):
        array.flags.writeable = False
    expected = scs.solve(data, cone, **makers.QUIET).x

    def body():
        np.testing.assert_array_equal(scs.solve(data, cone, **makers.QUIET).x, expected)

    hammer(*[body] * THREADS)


def test_a_cone_that_another_thread_changes():
    """Any cone that the dict held, a mixture of them or an error, but no crash."""
    data, cone = problem()
    lists = {key: list(v) if isinstance(v, list) else v for key, v in cone.items()}

    def change():
        lists["q"].append(3)
        lists["bu"].clear()
        lists["l"] = 5
        lists["other"] = []
        lists["q"].pop()
        lists["bu"].extend(cone["bu"])
        lists["l"] = cone["l"]
        del lists["other"]

    def construct():
        try:
            solver = scs.SCS(data, lists, **makers.QUIET)
        except (ValueError, RuntimeError):
            return
        solver.solve(callback=lambda *_: True)

    hammer(change, construct, construct, construct)
    assert scs.solve(data, lists, **makers.QUIET).info.status == "solved"


@pytest.mark.skipif(
    os.environ.get("SCS_SANITIZED") == "thread",
    reason="this is a data race, the user's",
)
@pytest.mark.filterwarnings("ignore:Converting A")
@pytest.mark.thread_unsafe(reason="sets the switch interval of the process")
@pytest.mark.parametrize("kind", ["sorted", "reversed", "lower", "csr", "coo"])
def test_arrays_that_another_thread_changes(kind):
    """Wrong numbers or an error, but no crash, whoever converts the arrays."""
    data, cone = problem()
    matrix = data["A"]
    if kind == "reversed":  # SciPy sorts a copy
        for column in range(matrix.shape[1]):
            part = slice(matrix.indptr[column], matrix.indptr[column + 1])
            matrix.data[part] = matrix.data[part][::-1].copy()
            matrix.indices[part] = matrix.indices[part][::-1].copy()
        matrix.has_sorted_indices = False
    elif kind == "lower":  # SciPy transposes a copy
        n = matrix.shape[1]
        matrix = data["P"] = sp.csc_matrix(np.tril(np.ones((n, n))) + n * np.eye(n))
    elif kind != "sorted":  # SciPy converts a copy
        matrix = data["A"] = matrix.asformat(kind)
    places = (
        [matrix.row, matrix.col] if kind == "coo" else [matrix.indices, matrix.indptr]
    )
    parts = [matrix.data, *places]
    original = [part.copy() for part in parts]
    rng = np.random.default_rng(3)

    def change():
        matrix.data[:] = rng.permutation(matrix.data)
        data["b"][:] = rng.standard_normal(data["b"].size)
        for part in places:
            part[rng.integers(1, part.size)] = rng.integers(-5, 2**31 - 1)
        for part, good in zip(parts, original, strict=True):
            part[:] = good

    def construct():
        try:
            solver = scs.SCS(data, cone, max_iters=50, **makers.QUIET)
            solver.solve()
        except (ValueError, ArithmeticError, MemoryError):
            return

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # between any two steps of the conversion
    try:
        hammer(change, construct, construct, construct)
    finally:
        sys.setswitchinterval(interval)


def test_data_dicts_that_another_thread_changes():
    data, cone = problem()
    good = dict(data)

    def change():
        data["A"] = sp.csc_matrix((3, 3))
        data.pop("b")
        data.update(good)

    def construct():
        try:
            scs.SCS(data, cone, **makers.QUIET)
        except (ValueError, KeyError):
            return

    hammer(change, construct, construct)


def test_warm_starts_from_shared_vectors():
    data, cone = problem()
    start = scs.solve(data, cone, **makers.TIGHT)
    solver = scs.SCS(data, cone, **makers.TIGHT)

    def body():
        result = solver.solve(x=start.x, y=start.y, s=start.s)
        np.testing.assert_allclose(result.x, start.x, atol=1e-6)

    hammer(*[body] * THREADS)
