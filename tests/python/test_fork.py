# SPDX-License-Identifier: MIT
"""Forks while threads solve, the end of the interpreter, and other interpreters."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
from typing import Any

import makers
import numpy as np
import pytest

import scs

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
pytestmark = [
    pytest.mark.thread_unsafe(reason="starts processes"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]


def problem(seed=95):
    return makers.random_solvable(seed, 15, 3, 25, 3, [5])[:2]


class Busy:
    """Solvers that solve in threads of their own while the block runs."""

    def __init__(self, count=2):
        data, cone, endless = makers.endless()
        self.solvers = [scs.SCS(data, cone, **endless) for _ in range(count)]
        self.running = [threading.Event() for _ in range(count)]
        self.threads = [
            threading.Thread(target=self._run, args=pair)
            for pair in zip(self.solvers, self.running, strict=True)
        ]

    @staticmethod
    def _run(solver, running):
        solver.solve(callback=lambda *_: running.set())

    def __enter__(self):
        for thread, running in zip(self.threads, self.running, strict=True):
            thread.start()
            assert running.wait(60)
        return self.solvers

    def __exit__(self, *_):
        for solver, thread in zip(self.solvers, self.threads, strict=True):
            solver.interrupt()
            thread.join(60)


def in_child(function):
    """Return what `function` returns in a forked child, as text."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            text = str(function())
        except BaseException as error:
            text = f"{type(error).__name__}: {error}"
        os.write(write, text.encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        text = pipe.read().decode()
    os.waitpid(pid, 0)
    return text


@needs_fork
def test_new_solvers_work_in_the_child():
    expected = scs.solve(*problem(), **makers.QUIET).x
    with Busy():
        for _ in range(5):
            text = in_child(lambda: scs.solve(*problem(), **makers.QUIET).x.tolist())
            assert text == str(expected.tolist())


@needs_fork
def test_an_idle_solver_works_in_the_child():
    solver = scs.SCS(*problem(), **makers.QUIET)
    expected = solver.solve(False).x
    with Busy():
        text = in_child(lambda: solver.solve(False).x.tolist())
    assert text == str(expected.tolist())


@needs_fork
@pytest.mark.parametrize("policy", ["wait", "raise"])
def test_a_busy_solver_says_so_in_the_child(policy):
    busy = Busy(1)
    busy.solvers[0]._solver  # noqa: B018
    if policy == "raise":
        data, cone, endless = makers.endless()
        busy = Busy(0)
        solver = scs.SCS(data, cone, on_concurrent_use="raise", **endless)
        busy.solvers.append(solver)
        busy.running.append(threading.Event())
        busy.threads.append(
            threading.Thread(target=Busy._run, args=(solver, busy.running[0]))
        )
    with busy as (solver,):
        for call in (solver.solve, solver.update, lambda: solver.__reduce__()):
            text = in_child(call)
            assert text.startswith("ConcurrencyError: ")
            assert "forked" in text
        assert in_child(lambda: (solver.interrupt(), solver._solver.m)[1]) == str(
            solver._solver.m
        )


@needs_fork
def test_the_child_ends_although_solvers_were_busy_and_waited_for():
    program = """
        import gc, os, sys, threading, makers, scs
        data, cone, endless = makers.endless()
        solver = scs.SCS(data, cone, **endless)
        running = threading.Event()
        threading.Thread(
            target=lambda: solver.solve(callback=lambda *_: running.set()), daemon=True
        ).start()
        assert running.wait(60)
        for _ in range(2):
            threading.Thread(target=solver.update, daemon=True).start()
        pid = os.fork()
        if pid == 0:
            del solver
            gc.collect()
            print(scs.solve(*makers.lp(), verbose=False).info.status)
            sys.exit(3)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """
    assert program_output(program) == ["solved", "3"]


@needs_fork
def test_a_fork_from_a_callback_goes_on_in_both():
    children: list[Any] = []

    def progress(*_):
        if not children:
            children.append(os.fork())

    solver = scs.SCS(*problem(), **makers.QUIET)
    expected = solver.solve(False).x
    result = solver.solve(False, callback=progress)
    good = np.array_equal(result.x, expected)
    if children == [0]:
        os._exit(0 if good else 1)
    assert good
    assert os.waitstatus_to_exitcode(os.waitpid(children[0], 0)[1]) == 0


def _x(seed):
    return scs.solve(*problem(seed), **makers.QUIET).x


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_process_pools_while_threads_solve(method):
    with Busy(), multiprocessing.get_context(method).Pool(2) as pool:
        for seed, found in enumerate(pool.map(_x, range(4))):
            np.testing.assert_array_equal(found, _x(seed))


def program_output(program):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        cwd=os.path.dirname(__file__),
    )
    assert done.returncode == 0, done.stderr
    assert "Fatal" not in done.stderr
    return done.stdout.split("\n")[:-1]


@pytest.mark.parametrize("how", ["solving", "constructing", "waiting", "in a callback"])
def test_daemon_threads_at_the_end_of_the_interpreter(how):
    work = {
        "solving": "scs.SCS(data, cone, **endless).solve()",
        "constructing": "while True: scs.SCS(data, cone, **endless)",
        "waiting": "shared.solve()",
        "in a callback": "shared.solve(callback=lambda *_: sum(range(100)) < 0)",
    }[how]
    program = f"""
        import threading, time, makers, scs
        data, cone, endless = makers.endless()
        shared = scs.SCS(data, cone, **endless)
        begun = threading.Barrier(4)
        def work():
            begun.wait()
            {work}
        for _ in range(3):
            threading.Thread(target=work, daemon=True).start()
        begun.wait()
        time.sleep(0.1)
        print("end")
        """
    assert program_output(program) == ["end"]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="no such module before")
def test_other_interpreters_refuse_the_module_clearly():
    """An interpreter with a GIL of its own cannot share the module's objects."""
    program = """
        try:
            import _interpreters as interpreters
        except ImportError:
            import _xxsubinterpreters as interpreters
        import scs
        one = interpreters.create()
        outcome = interpreters.run_string(one, '''if True:
            try:
                import scs
            except ImportError:
                word = "ImportError"
            else:
                word = scs.__version__
            print(word, flush=True)
        ''')
        print(outcome)
        interpreters.destroy(one)
        print(scs.solve(*__import__("makers").lp(), verbose=False).info.status)
        """
    lines = program_output(program)
    assert lines[0] in {"ImportError", scs.__version__}
    assert lines[-1] == "solved"
