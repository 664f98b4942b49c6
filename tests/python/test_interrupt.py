# SPDX-License-Identifier: MIT
"""Signals during a solve: Ctrl-C, the user's own handlers, other threads.

Signals are sent to this very process, as the terminal does. A solve that does not
notice them ends at its time limit, so each test sees either an exception or a result.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import contextmanager
from typing import Any

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs

# Repetitions would run in another thread, too.
pytestmark = [
    pytest.mark.thread_unsafe(reason="signals belong to the main thread"),
    pytest.mark.iterations(1),
]

PROMPT = 1.0  # seconds from the signal to the exception


class Stop(Exception):
    """What a handler of these tests raises."""


@contextmanager
def handler(function):
    """Handle SIGINT with `function`; nothing else may replace it meanwhile."""
    before = signal.signal(signal.SIGINT, function)
    try:
        yield
        assert signal.getsignal(signal.SIGINT) is function
    finally:
        signal.signal(signal.SIGINT, before)


class Later:
    """Run `action` in a thread of its own after `delay` seconds."""

    def __init__(self, action, delay=0.2):
        self.at = None
        self._action = action
        self._timer = threading.Timer(delay, self._run)

    def _run(self):
        self.at = time.monotonic()
        self._action()

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, *_):
        self._timer.join()


def press():
    signal.raise_signal(signal.SIGINT)


@contextmanager
def ended_by(error, action=press, delay=0.2, within=PROMPT):
    """The block must raise `error`, soon after `action` has sent a signal.

    Late is wrong: Python runs the handler in any case once a solve has returned.
    """
    with Later(action, delay) as sent:
        with pytest.raises(error):
            yield
        assert time.monotonic() - sent.at < within


def endless(**settings):
    data, cone, known = makers.endless()
    return scs.SCS(data, cone, **known, **settings), data, cone


@pytest.mark.parametrize("how", ["kill", "raise_signal"])
def test_ctrl_c_raises_keyboard_interrupt(how):
    if how == "kill" and sys.platform == "win32":
        pytest.skip("os.kill ends the process there")
    solver, *_ = endless()

    def send():
        if how == "kill":
            os.kill(os.getpid(), signal.SIGINT)
        else:
            signal.raise_signal(signal.SIGINT)

    with handler(signal.default_int_handler), ended_by(KeyboardInterrupt, send):
        solver.solve()


def test_the_solver_is_as_good_as_before():
    """Its lock is free, also for others, and its last solution is the old one."""
    data, cone = makers.random_solvable(62, 15, 3, 25, 3, [5])[:2]
    stopped = scs.SCS(data, cone, on_concurrent_use="raise", **makers.QUIET)
    expected = stopped.solve(warm_start=False)
    with handler(signal.default_int_handler), pytest.raises(KeyboardInterrupt):
        stopped.solve(warm_start=False, callback=lambda *_: press())
    other = []
    thread = threading.Thread(target=lambda: other.append(stopped.solve(False)))
    thread.start()
    thread.join(30)
    for found in (*other, stopped.solve(warm_start=False)):
        assert found["info"]["status"] == "solved"
        np.testing.assert_array_equal(found["x"], expected["x"])
    assert len(other) == 1


def test_a_solver_stopped_by_the_poll_solves_the_next_problem():
    data, cone, known = makers.endless()
    solver = scs.SCS(data, cone, on_concurrent_use="raise", **known)
    with handler(signal.default_int_handler):
        for _ in range(3):  # one as the other
            with ended_by(KeyboardInterrupt):
                solver.solve()
    # Nothing of the stopped solves is left: c = 0 is solved exactly by x = 0 for b = 0.
    solver.update(b=np.zeros_like(data["b"]), c=np.zeros_like(data["c"]))
    result = solver.solve(warm_start=False)
    assert result["info"]["status"] == "solved"
    np.testing.assert_allclose(result["x"], 0, atol=1e-12)
    result = scs.solve(*makers.lp(), **makers.TIGHT)
    np.testing.assert_allclose(result["x"], makers.LP_X, atol=1e-6)


def test_the_handlers_own_exception_propagates():
    def stop(*_):
        raise Stop

    solver, *_ = endless()
    with handler(stop), ended_by(Stop):
        solver.solve()


def test_a_handler_that_raises_nothing_ends_the_solve_with_a_status():
    calls = []
    solver, *_ = endless()
    with handler(lambda *_: calls.append(threading.current_thread())), Later(press):
        result = solver.solve()
    assert calls == [threading.main_thread()]
    assert result["info"]["status"] == "interrupted"


@pytest.mark.skipif(not hasattr(signal, "SIGUSR1"), reason="no such signal here")
def test_other_signals_do_not_stop_the_solve():
    calls: list[Any] = []
    solver, *_ = endless()

    def send_twice_then_interrupt():
        for expected in (1, 2):
            signal.raise_signal(signal.SIGUSR1)
            until = time.monotonic() + 10 * PROMPT
            while len(calls) < expected and time.monotonic() < until:
                time.sleep(0.01)
        ended.append(True)
        solver.interrupt()

    ended: list[Any] = []
    before = signal.signal(signal.SIGUSR1, lambda *_: calls.append(1))
    try:
        with Later(send_twice_then_interrupt):
            result = solver.solve()
            assert ended  # not before it was told to
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert calls == [1, 1]
    assert result["info"]["status"] == "interrupted"


def test_an_ignored_signal_does_not_stop_the_solve():
    solver, *_ = endless()

    def press_then_interrupt():
        press()
        time.sleep(0.1)
        ended.append(True)
        solver.interrupt()

    ended: list[Any] = []
    with handler(signal.SIG_IGN), Later(press_then_interrupt):
        assert solver.solve()["info"]["status"] == "interrupted"
        assert ended


def test_the_handler_is_left_alone():
    seen = []

    def mine(*_):
        raise Stop

    solver, *_ = endless()
    with handler(mine):
        solver.solve(
            callback=lambda *_: seen.append(signal.getsignal(signal.SIGINT)) or True
        )
        with ended_by(Stop):
            solver.solve()
        assert signal.getsignal(signal.SIGINT) is mine
    assert seen == [mine]


def test_a_solve_in_another_thread_ends_with_a_status():
    solver, *_ = endless()
    running = threading.Event()
    results = []
    worker = threading.Thread(
        target=lambda: results.append(solver.solve(callback=lambda *_: running.set()))
    )
    worker.start()
    try:
        assert running.wait(30)
        mine, *_ = endless()
        with handler(signal.default_int_handler), ended_by(KeyboardInterrupt):
            mine.solve()
        worker.join(30)
        assert not worker.is_alive()
    finally:
        solver.interrupt()
        worker.join(30)
    assert results[0]["info"]["status"] == "interrupted"
    assert results[0]["info"]["status_val"] == scs.SIGINT


def test_other_python_threads_do_not_hide_the_signal():
    """Threads that never stop running Python make the GIL hard to get."""
    solver, *_ = endless()
    done = threading.Event()

    def busy():
        while not done.is_set():
            sum(range(1000))

    threads = [threading.Thread(target=busy) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        with (
            handler(signal.default_int_handler),
            ended_by(KeyboardInterrupt, within=5 * PROMPT),
        ):
            solver.solve()
    finally:
        done.set()
        for thread in threads:
            thread.join()


def test_a_solve_within_a_solve():
    """The exception leaves the inner solve; the outer one ends by itself."""
    outer, *_ = endless()
    inner, *_ = endless()
    caught: list[Any] = []

    def progress(*_):
        if not caught:
            with pytest.raises(Stop):
                inner.solve()
            caught.append(True)

    def stop(*_):
        raise Stop

    with handler(stop), Later(press):
        result = outer.solve(callback=progress)
    assert caught
    assert result["info"]["status"] == "interrupted"


def test_long_iterations():
    """Iterations of many milliseconds each."""
    rng = np.random.default_rng(5)
    n = 800
    a = sp.csc_matrix(rng.standard_normal((2 * n, n)))
    data = {"A": a, "b": rng.standard_normal(2 * n), "c": rng.standard_normal(n)}
    _, _, known = makers.endless()
    solver = scs.SCS(data, {"z": 1, "q": [2 * n - 1]}, **known)
    with handler(signal.default_int_handler), ended_by(KeyboardInterrupt, delay=0.5):
        solver.solve()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_in_a_worker_thread():
    """The thread that forked is the main thread of the child."""
    program = """
        import os, signal, threading, time, makers, scs
        data, cone, endless = makers.endless()
        def child():
            solver = scs.SCS(data, cone, **endless)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            threading.Timer(0.2, signal.raise_signal, [signal.SIGINT]).start()
            begin = time.monotonic()
            try:
                return solver.solve()["info"]["status"]
            except KeyboardInterrupt:
                return "late" if time.monotonic() - begin > 5 else "in time"
        def work():
            pid = os.fork()
            if pid == 0:
                print(child(), flush=True)
                os._exit(0)
            os.waitpid(pid, 0)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        """
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=os.path.dirname(__file__),
    )
    assert done.stdout == "in time\n", done.stderr
