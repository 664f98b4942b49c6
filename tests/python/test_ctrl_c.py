# SPDX-License-Identifier: MIT
"""Ctrl-C and solves in several threads, in processes of their own.

Each program sends SIGINT to itself when its solves have said that they run, and prints
what became of everything. A solve that misses the signal ends at its time limit with
another status.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap

import pytest

pytestmark = [
    pytest.mark.thread_unsafe(reason="starts processes"),
    pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends the process"),
]

COMMON = """
import asyncio, os, signal, sys, threading, time, makers, scs
from concurrent.futures import ThreadPoolExecutor
data, cone, endless = makers.endless()

def kill():
    os.kill(os.getpid(), signal.SIGINT)

class Worker(threading.Thread):
    def __init__(self, solver=None, then=lambda: None):
        super().__init__(daemon=True)
        self.solver = solver or scs.SCS(data, cone, **endless)
        self.running = threading.Event()
        self.ended = threading.Event()
        self.status = None
        self.then = then
    def run(self):
        result = self.solver.solve(callback=self.seen)
        self.status = result.info.status
        self.ended.set()
        self.then()
    def seen(self, *_):
        self.running.set()

go = threading.Event()

class Slow(Worker):
    def seen(self, *_):  # does not come back until told
        self.running.set()
        go.wait(60)

def start(count, kind=Worker, **known):
    workers = [kind(**known) for _ in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        assert worker.running.wait(60)
    return workers

def statuses(workers):
    for worker in workers:  # an interrupted join takes its thread for ended
        worker.ended.wait(60)
    return [worker.status for worker in workers]

def caught(wait):
    try:
        wait()
    except KeyboardInterrupt:
        return "KeyboardInterrupt"
    return "nothing"

signal.signal(signal.SIGINT, signal.default_int_handler)
"""


def run(program):
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", COMMON + textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
        cwd=os.path.dirname(__file__),
    )


def output(program):
    done = run(program)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")[:-1]


WAITS = {
    "sleep": "time.sleep(120)",
    "join": "[worker.join(120) for worker in workers]",
    "event": "threading.Event().wait(120)",
    "select": "__import__('select').select([], [], [], 120)",
}


@pytest.mark.parametrize("how", WAITS)
def test_the_main_thread_waits(how):
    """It gets KeyboardInterrupt, and all the solves end."""
    lines = output(
        f"""
        workers = start(3)
        def wait():
            threading.Thread(target=kill).start()
            {WAITS[how]}
        begin = time.monotonic()
        print(caught(wait))
        print(set(statuses(workers)))
        print(time.monotonic() - begin < 30)
        """
    )
    assert lines == ["KeyboardInterrupt", "{'interrupted'}", "True"]


def test_the_main_thread_waits_for_a_future():
    lines = output(
        """
        running = threading.Event()
        pool = ThreadPoolExecutor(2)
        future = pool.submit(
            scs.SCS(data, cone, **endless).solve, callback=lambda *_: running.set()
        )
        assert running.wait(60)
        def wait():
            threading.Thread(target=kill).start()
            future.result(120)
            time.sleep(60)
        print(caught(wait))
        print(future.result(60).info.status_val)
        pool.shutdown()
        """
    )
    assert lines == ["KeyboardInterrupt", "-5"]


def test_the_main_thread_solves_too():
    lines = output(
        """
        workers = start(2)
        mine = Worker()
        mine.solver.solve
        def press():
            mine.running.wait(60)
            kill()
        threading.Thread(target=press).start()
        print(caught(mine.run))
        print(set(statuses(workers)))
        """
    )
    assert lines == ["KeyboardInterrupt", "{'interrupted'}"]


def test_the_signal_comes_when_all_solves_have_ended():
    """os.kill itself does not raise: the solves have not ended yet."""
    lines = output(
        """
        worker, = start(1, kind=Slow)
        print(caught(kill))
        def wait():
            go.set()
            worker.join(60)
            time.sleep(60)
        print(caught(wait), *statuses([worker]))
        """
    )
    assert lines == ["nothing", "KeyboardInterrupt interrupted"]


def test_a_second_signal_is_not_held_back():
    lines = output(
        """
        worker, = start(1, kind=Slow)
        print(caught(kill), caught(lambda: (kill(), time.sleep(60))))
        go.set()
        print(*statuses([worker]), caught(lambda: time.sleep(0.1)))
        """
    )
    assert lines == ["nothing KeyboardInterrupt", "interrupted nothing"]


def test_the_next_solves_are_as_ever():
    """One signal ends what runs, not what begins later; the handler is back."""
    lines = output(
        """
        for _ in range(3):
            workers = start(2)
            print(caught(lambda: (kill(), time.sleep(60))), *statuses(workers))
            print(scs.solve(*makers.lp(), verbose=False).info.status)
            print(caught(kill))
        """
    )
    assert lines == 3 * [
        "KeyboardInterrupt interrupted interrupted",
        "solved",
        "KeyboardInterrupt",
    ]


def test_lives_that_overlap():
    """A starts, B starts, A ends, B ends: the handler lives as long as one of them."""
    lines = output(
        """
        first, second = start(2)
        first.solver.interrupt()
        print(*statuses([first]))
        print(caught(lambda: (kill(), time.sleep(60))), *statuses([second]))
        print(caught(kill))
        print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
        """
    )
    assert lines == [
        "interrupted",
        "KeyboardInterrupt interrupted",
        "KeyboardInterrupt",
        "True",
    ]


def test_a_waiting_call_ends_too():
    """Those that wait for their turn end when they get it."""
    lines = output(
        """
        worker, = start(1)
        waiting = Worker(worker.solver)
        waiting.start()
        time.sleep(0.3)  # if it does not wait yet, it begins after the signal:
        threading.Timer(5, waiting.solver.interrupt).start()
        print(caught(lambda: (kill(), time.sleep(60))))
        print(*statuses([worker, waiting]))
        """
    )
    assert lines == ["KeyboardInterrupt", "interrupted interrupted"]


def test_ignored_signals_stay_ignored():
    lines = output(
        """
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        workers = start(2)
        print(caught(lambda: (kill(), time.sleep(0.3))))
        print([worker.status for worker in workers])
        for worker in workers:
            worker.solver.interrupt()
        statuses(workers)
        print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)
        """
    )
    assert lines == ["nothing", "[None, None]", "True"]


def test_the_default_effect_stays():
    done = run(
        """
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        workers = start(2)
        kill()
        time.sleep(60)
        """
    )
    assert done.returncode == -signal.SIGINT


def test_a_handler_set_during_a_solve_is_kept_and_does_not_shield_it():
    lines = output(
        """
        def mine(*_):
            calls.append(1)
        calls = []
        workers = start(2)
        signal.signal(signal.SIGINT, mine)
        for worker in workers:  # they look every now and then
            worker.running.clear()
            worker.running.wait(60)
        time.sleep(0.5)
        kill()
        print(*statuses(workers))
        time.sleep(0.1)
        print(calls, signal.getsignal(signal.SIGINT) is mine)
        kill()
        print(calls)
        """
    )
    assert lines == ["interrupted interrupted", "[1] True", "[1, 1]"]


def test_ignoring_during_a_solve_counts():
    lines = output(
        """
        workers = start(2)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        time.sleep(0.3)
        kill()
        time.sleep(0.3)
        print([worker.status for worker in workers])
        for worker in workers:
            worker.solver.interrupt()
        print(*statuses(workers), signal.getsignal(signal.SIGINT) is signal.SIG_IGN)
        kill()
        """
    )
    assert lines == ["[None, None]", "interrupted interrupted True"]


def test_a_foreign_handler_of_another_library():
    """faulthandler replaces the C handler and calls the one that it found.

    It shows one thread only: it cannot read the frames of threads that run meanwhile,
    as they do without the GIL, and now and then crashes when it tries.
    """
    lines = output(
        """
        import faulthandler
        out = open(os.devnull, "w")
        workers = start(1)
        faulthandler.register(signal.SIGINT, out, all_threads=False, chain=True)
        time.sleep(0.5)
        print(caught(lambda: (kill(), time.sleep(60))), *statuses(workers))
        workers = start(1)
        print(caught(lambda: (kill(), time.sleep(60))), *statuses(workers))
        faulthandler.unregister(signal.SIGINT)
        print(caught(lambda: (kill(), time.sleep(60))))
        """
    )
    assert lines == 2 * ["KeyboardInterrupt interrupted"] + ["KeyboardInterrupt"]


def test_asyncio():
    """The loop's own handler cancels the main task."""
    lines = output(
        """
        async def main():
            started = asyncio.Event()
            loop = asyncio.get_running_loop()
            solver = scs.SCS(data, cone, **endless)
            task = asyncio.create_task(solver.solve_async(
                callback=lambda *_: loop.call_soon_threadsafe(started.set)))
            await started.wait()
            await asyncio.sleep(0.3)
            kill()
            try:
                print((await task).info.status)
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                print("cancelled")
                raise
        print(caught(lambda: asyncio.run(main())))
        """
    )
    assert lines[-2:] == ["cancelled", "KeyboardInterrupt"]


def test_construction_in_a_worker_counts_for_solve():
    """scs.solve is one thing: Ctrl-C during its construction ends its solve."""
    lines = output(
        """
        class Stream:
            def write(self, text):
                if not written.is_set():
                    written.set()
                    pressed.wait(60)
        written, pressed = threading.Event(), threading.Event()
        out, sys.stdout = sys.stdout, Stream()
        found = []
        known = {**endless, "verbose": True}
        worker = threading.Thread(
            target=lambda: found.append(scs.solve(data, cone, **known)))
        worker.start()
        assert written.wait(60)
        def wait():
            kill()
            pressed.set()
            time.sleep(60)
        what = caught(wait)
        worker.join(60)
        sys.stdout = out
        print(what, found[0].info.status)
        """
    )
    assert lines == ["KeyboardInterrupt interrupted"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_child_forked_during_solves_has_its_own_handler():
    lines = output(
        """
        workers = start(2)
        pid = os.fork()
        if pid == 0:
            print(caught(kill), flush=True)
            workers = start(1)
            print(caught(lambda: (kill(), time.sleep(60))), *statuses(workers),
                  flush=True)
            os._exit(0)
        os.waitpid(pid, 0)
        print([worker.status for worker in workers])
        print(caught(lambda: (kill(), time.sleep(60))), *statuses(workers))
        """
    )
    assert lines == [
        "KeyboardInterrupt",
        "KeyboardInterrupt interrupted",
        "[None, None]",
        "KeyboardInterrupt interrupted interrupted",
    ]


def test_daemon_threads_after_ctrl_c():
    done = run(
        """
        workers = start(2)
        kill()
        time.sleep(60)
        """
    )
    assert done.returncode == -signal.SIGINT
    assert "KeyboardInterrupt" in done.stderr
    assert "Fatal" not in done.stderr
