# SPDX-License-Identifier: MIT
"""await solver.solve_async(): the loop stays free, cancellation ends the solve."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextvars
import threading
import time

import makers
import numpy as np
import pytest

import scs


def problem(seed=91):
    return makers.random_solvable(seed, 15, 3, 25, 3, [5])[:2]


def endless(**settings):
    data, cone, known = makers.endless()
    return scs.SCS(data, cone, **known, **settings)


class Started:
    """A progress callback that tells the loop that the solve is running."""

    def __init__(self):
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    def __call__(self, *_):
        if not self._event.is_set():
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self):
        await asyncio.wait_for(self._event.wait(), 30)


def test_the_result_is_that_of_solve():
    solver = scs.SCS(*problem(), **makers.QUIET)
    expected = solver.solve(False)
    found = asyncio.run(solver.solve_async(False))
    assert type(found) is scs.Result
    np.testing.assert_array_equal(found.x, expected.x)
    start = {key: expected[key] for key in ("x", "y", "s")}
    warm = asyncio.run(solver.solve_async(**start))
    assert warm.info.iter <= expected.info.iter


def test_errors_come_through():
    solver = scs.SCS(*problem(), **makers.QUIET)
    with pytest.raises(scs.InvalidProblem):
        asyncio.run(solver.solve_async(x=np.zeros(1)))
    with pytest.raises(TypeError):
        asyncio.run(solver.solve_async(1))  # type: ignore[arg-type]

    def progress(*_):
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        asyncio.run(solver.solve_async(callback=progress))


def test_stop_iteration_does_not_hang():
    """A future does not take it, so that nobody would learn of the end."""
    solver = scs.SCS(*problem(), **makers.QUIET)

    def ends(_):
        next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        asyncio.run(solver.solve_async(callback=ends))


def test_the_loop_goes_on():
    async def main():
        solver, started = endless(), Started()
        task = asyncio.create_task(solver.solve_async(callback=started))
        await started.wait()
        solver.interrupt()
        return await task

    assert asyncio.run(main()).info.status == "interrupted"


def test_cancelling_interrupts_the_solve_and_frees_the_solver():
    async def main():
        solver, started = endless(on_concurrent_use="raise"), Started()
        task = asyncio.create_task(solver.solve_async(callback=started))
        await started.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        solver.update()  # would raise if it were in use

    asyncio.run(main())


def test_cancelling_twice_still_waits_for_the_end():
    async def main():
        solver, started = endless(on_concurrent_use="raise"), Started()
        task = asyncio.create_task(solver.solve_async(callback=started))
        await started.wait()
        task.cancel()
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        solver.update()

    asyncio.run(main())


def test_timeouts():
    async def main():
        solver = endless(on_concurrent_use="raise")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await solver.solve_async()
        solver.update()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(solver.solve_async(), 0.05)
        solver.update()

    asyncio.run(main())


def test_a_task_group_that_fails_stops_its_solves():
    async def fail(event):
        await event.wait()
        raise LookupError("mine")

    async def main():
        solvers = [endless(on_concurrent_use="raise") for _ in range(2)]
        started = [Started() for _ in solvers]

        async def all_of_them():
            async with asyncio.TaskGroup() as group:
                for solver, begun in zip(solvers, started, strict=True):
                    group.create_task(solver.solve_async(callback=begun))
                group.create_task(fail(started[0]))

        with pytest.raises(ExceptionGroup) as caught:
            await all_of_them()
        assert caught.group_contains(LookupError)
        for solver in solvers:
            solver.update()

    asyncio.run(main())


def test_awaits_on_one_solver_take_turns():
    data, cone = problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    expected = solver.solve(False)

    async def main():
        return await asyncio.gather(*(solver.solve_async(False) for _ in range(8)))

    for found in asyncio.run(main()):
        np.testing.assert_array_equal(found.x, expected.x)


def test_giving_up_a_turn_leaves_the_running_solve_alone():
    async def main():
        solver, started = endless(), Started()
        running = asyncio.create_task(solver.solve_async(callback=started))
        await started.wait()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await solver.solve_async()  # waits for its turn
        assert not running.done()
        solver.interrupt()
        return await running

    assert asyncio.run(main()).info.status == "interrupted"


def test_giving_up_a_wait_for_a_thread():
    """With no thread to be had, cancelling does not wait for one."""

    async def main():
        asyncio.get_running_loop().set_default_executor(
            concurrent.futures.ThreadPoolExecutor(1)
        )
        busy, other, started = endless(), endless(), Started()
        running = asyncio.create_task(busy.solve_async(callback=started))
        await started.wait()
        begun = []
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await other.solve_async(callback=lambda *_: begun.append(1))
        busy.interrupt()
        await running
        other.update()
        return begun

    assert asyncio.run(main()) == []


def test_a_callers_context_reaches_the_callback():
    variable = contextvars.ContextVar("variable", default=0)
    seen = []

    async def main():
        variable.set(5)
        solver = scs.SCS(*problem(), **makers.QUIET)
        await solver.solve_async(callback=lambda *_: seen.append(variable.get()))

    asyncio.run(main())
    assert set(seen) == {5}


@pytest.mark.thread_unsafe(reason="counts threads")
def test_no_thread_is_left():
    before = threading.active_count()

    async def main():
        for _ in range(3):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.02):
                    await endless().solve_async()

    asyncio.run(main())
    until = time.monotonic() + 30
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.01)
    assert threading.active_count() == before
