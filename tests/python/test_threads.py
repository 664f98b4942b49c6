# SPDX-License-Identifier: MIT
"""The thread-safety contract: independent objects, shared objects, interruption."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import makers
import numpy as np
import pytest

import scs

THREADS = 4


def _problem(seed=61):
    return makers.random_solvable(seed, 15, 3, 25, 3, [5])[:2]


def _x(seed):
    """Solve a problem of its own; at module level so that processes can call it."""
    return scs.solve(*_problem(seed), **makers.QUIET)["x"]


class _Running:
    """A solve in a thread of its own that ends only if it is stopped."""

    def __init__(self, **settings):
        data, cone, endless = makers.endless()
        self.solver = scs.SCS(data, cone, **endless, **settings)
        self.checked = threading.Event()
        self.result: scs.Result | None = None
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        self.result = self.solver.solve(callback=lambda *_: self.checked.set())

    def __enter__(self):
        self.thread.start()
        assert self.checked.wait(30)
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        self.solver.interrupt()
        self.thread.join(30)
        assert not self.thread.is_alive()


def test_independent_solvers_give_the_bits_of_serial_ones():
    seeds = range(70, 70 + 4 * THREADS)
    serial = [_x(seed) for seed in seeds]
    with ThreadPoolExecutor(THREADS) as pool:
        for expected, found in zip(serial, pool.map(_x, seeds), strict=True):
            np.testing.assert_array_equal(expected, found)


def test_independent_solvers_run_at_the_same_time():
    """All of them get to check for convergence while none can end."""
    running = [_Running() for _ in range(THREADS)]
    try:
        for one in running:
            one.__enter__()
        assert all(one.thread.is_alive() for one in running)
    finally:
        for one in running:
            one.stop()
    assert {one.result and one.result.info.status for one in running} == {"interrupted"}


def test_input_shared_by_constructors():
    data, cone = _problem()
    expected = scs.solve(data, cone, **makers.QUIET)["x"]
    with ThreadPoolExecutor(THREADS) as pool:
        calls = [pool.submit(scs.solve, data, cone, **makers.QUIET) for _ in range(16)]
        for call in calls:
            np.testing.assert_array_equal(call.result()["x"], expected)


def test_unsorted_input_shared_by_constructors():
    """Sorting happens in copies, so nobody sees half a sort."""
    data, cone = _problem()
    a = data["A"]
    for begin, end in zip(a.indptr[:-1], a.indptr[1:], strict=True):
        a.indices[begin:end] = a.indices[begin:end][::-1]
        a.data[begin:end] = a.data[begin:end][::-1]
    a.has_sorted_indices = False
    expected = scs.solve(*_problem(), **makers.QUIET)["x"]
    with ThreadPoolExecutor(THREADS) as pool:
        calls = [pool.submit(scs.solve, data, cone, **makers.QUIET) for _ in range(16)]
        for call in calls:
            np.testing.assert_array_equal(call.result()["x"], expected)


def test_one_solver_for_many_threads_takes_turns():
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    vectors = [data["b"] + 0.01 * i for i in range(THREADS)]
    answers = [scs.solve({**data, "b": b}, cone, **makers.TIGHT)["x"] for b in vectors]
    barrier = threading.Barrier(THREADS)

    def work(i):
        barrier.wait()
        found = []
        for _ in range(10):
            solver.update(b=vectors[i])
            found.append(solver.solve()["x"])
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        for found in pool.map(work, range(THREADS)):
            for x in found:
                # Somebody's b was in force: the outcome is that of some serial order.
                assert min(abs(x - answer).max() for answer in answers) < 1e-5


def test_fresh_solves_of_one_solver_are_repeatable_from_many_threads():
    solver = scs.SCS(*_problem(), **makers.QUIET)
    expected = solver.solve(warm_start=False)
    with ThreadPoolExecutor(THREADS) as pool:
        calls = [pool.submit(solver.solve, False) for _ in range(4 * THREADS)]
        results = [call.result() for call in calls]
    for result in results:
        np.testing.assert_array_equal(result["x"], expected["x"])
    assert len({id(result["x"]) for result in results}) == len(results)


def test_second_caller_waits_by_default():
    with _Running() as running:
        waiting = threading.Thread(target=running.solver.update)
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
        running.stop()
        waiting.join(30)
        assert not waiting.is_alive()


def test_second_caller_is_refused_on_wish():
    with _Running(on_concurrent_use="raise") as running:
        for call in (running.solver.solve, running.solver.update):
            begin = time.monotonic()
            with pytest.raises(scs.ConcurrencyError):
                call()
            assert time.monotonic() - begin < 5
        assert running.thread.is_alive()
    assert running.result["info"]["status"] == "interrupted"
    running.solver.update()  # free again


def test_waiting_threads_do_not_keep_the_gil():
    with _Running() as running:
        waiting = threading.Thread(target=running.solver.update)
        waiting.start()
        for seed in range(3):  # goes on while one works and one waits
            assert np.isfinite(_x(seed)).all()
        running.stop()
        waiting.join(30)


def test_interrupt_stops_a_running_solve():
    with _Running() as running:
        running.solver.interrupt()
        running.thread.join(30)
    result = running.result
    assert result["info"]["status"] == "interrupted"
    assert result["info"]["status_val"] == scs.SIGINT
    assert result["info"]["iter"] == -1
    for key in ("x", "y", "s"):
        assert np.isnan(result[key]).all()


def test_interrupt_without_a_solve_does_nothing():
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    solver.interrupt()
    assert solver.solve()["info"]["status"] == "solved"


def test_a_solver_works_after_an_interruption():
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    first = solver.solve()
    assert solver.solve(False, callback=lambda *_: True)["info"]["status_val"] == -5
    again = solver.solve(warm_start=False)
    np.testing.assert_array_equal(first["x"], again["x"])


@pytest.mark.parametrize("policy", ["wait", "raise"])
def test_calls_from_a_callback_raise_instead_of_deadlocking(policy):
    solver = scs.SCS(*_problem(), on_concurrent_use=policy, **makers.QUIET)
    outcomes = []

    def callback(*_):
        for call in (solver.solve, solver.update):
            try:
                call()
            except scs.ConcurrencyError as error:
                outcomes.append(type(error))
        solver.interrupt()

    result = solver.solve(callback=callback)
    assert result["info"]["status"] == "interrupted"
    assert set(outcomes) == {scs.ConcurrencyError}


def test_other_solvers_may_be_used_from_a_callback():
    values = []
    solver = scs.SCS(*_problem(), **makers.QUIET)
    solver.solve(callback=lambda *_: values.append(_x(3)) and None)
    assert values
    np.testing.assert_array_equal(values[0], _x(3))


@pytest.mark.thread_unsafe(reason="sys.stdout belongs to the process")
def test_calls_from_the_report_raise_instead_of_deadlocking(monkeypatch):
    outcomes: list[Any] = []

    class Stream:
        def write(self, text):
            if solver is not None:
                try:
                    solver.update()
                except scs.ConcurrencyError:
                    outcomes.append(text)
            return len(text)

        def flush(self):
            pass

    solver = None
    monkeypatch.setattr(sys, "stdout", Stream())
    solver = scs.SCS(*_problem())
    solver.solve()
    assert outcomes


@pytest.mark.thread_unsafe(reason="sys.stdout belongs to the process")
def test_a_report_that_raises_stops_the_solve_and_propagates(monkeypatch):
    class Stream:
        broken = False

        def write(self, text):
            if self.broken:
                raise LookupError("no paper")
            return len(text)

        def flush(self):
            pass

    stream = Stream()
    monkeypatch.setattr(sys, "stdout", stream)
    solver = scs.SCS(*_problem())
    stream.broken = True
    with pytest.raises(LookupError, match="no paper"):
        solver.solve()
    stream.broken = False
    assert solver.solve()["info"]["status"] == "solved"


def test_results_of_threads_are_their_own():
    solver = scs.SCS(*_problem(), **makers.QUIET)
    expected = solver.solve(False)["x"]

    def work(i):
        result = solver.solve(False)
        kept = result["x"].copy()
        result["x"][:] = i
        return kept

    with ThreadPoolExecutor(THREADS) as pool:
        for kept in pool.map(work, range(4 * THREADS)):
            np.testing.assert_array_equal(kept, expected)


def test_objects_die_in_other_threads():
    def work(seed):
        return scs.SCS(*_problem(seed), **makers.QUIET)

    with ThreadPoolExecutor(THREADS) as pool:
        solvers = list(pool.map(work, range(8)))
        done = [pool.submit(solver.solve) for solver in solvers]
        del solvers
        for call in done:
            assert call.result()["info"]["status"] == "solved"


def test_asyncio():
    async def solve_all():
        return await asyncio.gather(*(asyncio.to_thread(_x, seed) for seed in range(6)))

    for seed, found in enumerate(asyncio.run(solve_all())):
        np.testing.assert_array_equal(found, _x(seed))


@pytest.mark.thread_unsafe(reason="starts processes")
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_process_pools(method):
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        for seed, found in enumerate(pool.map(_x, range(3))):
            np.testing.assert_array_equal(found, _x(seed))


def _program(text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(text)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=__file__.rpartition("/")[0] or ".",
    )


@pytest.mark.thread_unsafe(reason="starts processes")
def test_daemon_threads_at_the_end_of_the_interpreter():
    done = _program(
        """
        import threading, makers, scs
        data, cone, endless = makers.endless()
        started = threading.Event()
        def work():
            scs.SCS(data, cone, **endless).solve(callback=lambda *_: started.set())
        threading.Thread(target=work, daemon=True).start()
        assert started.wait(30)
        print("end")
        """
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "end\n"
    if "SCS_SANITIZED" not in os.environ:  # else nanobind counts what is left
        assert not done.stderr


# Where a solver calls Python, as what the thread does; spin() stays there.
CALLS_OF_PYTHON = {
    "callback": "scs.SCS(data, cone, **quiet).solve(callback=spin)",
    "result of a callback": """
        class Spins:
            def __bool__(self):
                return False
            __del__ = spin
        scs.SCS(data, cone, **quiet).solve(callback=lambda *_: Spins())
        """,
    "report": """
        class Spins:
            write = spin
            def flush(self):
                pass
        sys.stdout = Spins()
        scs.SCS(data, cone)
        """,
    "import of LAPACK": """
        class Spins:
            def find_spec(self, name, *_):
                if name == "scipy.linalg.cython_blas":
                    spin()
        sys.meta_path.insert(0, Spins())
        ones = np.ones(30**2)
        identity = sparse.eye(ones.size, format="csc")
        scs.SCS({"A": identity, "b": ones, "c": ones}, {"cs": [30]}, **quiet)
        """,
    "warning": """
        warnings.simplefilter("always")
        warnings.showwarning = spin
        cone["f"] = cone.pop("z")
        scs.SCS(data, cone, **quiet)
        """,
    "cone": """
        class Spins:
            __index__ = spin
        scs.SCS(data, {"z": Spins()}, **quiet)
        """,
    "setting": """
        class Spins:
            __float__ = spin
        scs.SCS(data, cone, **quiet, alpha=Spins())
        """,
}


@pytest.mark.thread_unsafe(reason="starts processes")
@pytest.mark.parametrize("place", CALLS_OF_PYTHON)
def test_daemon_threads_that_are_in_python_at_the_end_of_the_interpreter(place):
    """Before 3.14 such a thread is unwound from there, through the solver's frames."""
    work = textwrap.indent(textwrap.dedent(CALLS_OF_PYTHON[place]), " " * 12)
    done = _program(
        f"""
        import os, sys, threading, warnings
        import makers, numpy as np, scipy.sparse as sparse, scs
        data, cone, quiet = makers.endless()
        started = threading.Event()
        def spin(*_):
            started.set()
            while True:
                pass
        def work():
{work}
        threading.Thread(target=work, daemon=True).start()
        assert started.wait(30)
        os.write(1, b"end")
        """
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "end"


@pytest.mark.thread_unsafe(reason="starts processes")
def test_import_is_light():
    """At most 1.3 times what importing scipy.sparse takes; best of several."""
    text = """
        import time
        begin = time.perf_counter()
        import scipy.sparse
        middle = time.perf_counter()
        import scs
        print((time.perf_counter() - begin) / (middle - begin))
        """
    ratios = []
    for _ in range(5):
        done = _program(text)
        assert done.returncode == 0, done.stderr
        ratios.append(float(done.stdout))
    assert min(ratios) < 1.3


@pytest.mark.thread_unsafe(reason="starts processes")
def test_import_leaves_heavy_modules_alone():
    done = _program(
        """
        import sys, scipy.sparse
        before = set(sys.modules)
        import scs
        print(*sorted(set(sys.modules) - before))
        """
    )
    assert done.returncode == 0, done.stderr
    new = {name for name in done.stdout.split() if name.partition(".")[0] != "scs"}
    assert len(new) < 10, new
