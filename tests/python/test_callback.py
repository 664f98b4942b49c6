# SPDX-License-Identifier: MIT
"""Callbacks: what they are told, how they stop a solve, what their exceptions do."""

from __future__ import annotations

import asyncio
import copy
import dataclasses
import gc
import pickle
import signal
import threading
import traceback
import weakref
from typing import Any

import makers
import numpy as np
import pytest

import scs


def _solver(**settings):
    data, cone = makers.random_solvable(71, 15, 3, 25, 3, [5])[:2]
    return scs.SCS(data, cone, **{**makers.TIGHT, **settings})


def _endless(**settings):
    data, cone, known = makers.endless()
    return scs.SCS(data, cone, **{**known, **settings})


class Mine(Exception):
    """What a callback of these tests raises."""


def test_it_is_called_at_every_check_with_what_the_solve_knows():
    seen: list[Any] = []
    solver = _solver()
    info = solver.solve(callback=seen.append).info
    assert info.status == "solved"
    assert len(seen) > 2
    assert makers.are_checks(seen)
    assert seen[-1].iter == info.iter
    last = seen[-1]
    for name in ("iter", "res_pri", "res_dual", "gap", "pobj", "dobj"):
        assert getattr(last, name) == info[name], name
    assert [type(getattr(last, f.name)) for f in dataclasses.fields(last)] == [
        int,
        *[float] * 10,
    ]
    assert all(at.scale > 0 for at in seen)
    seconds = [at.seconds for at in seen]
    assert seconds == sorted(seconds)
    assert 0 <= seconds[0] <= seconds[-1] <= info.solve_time / 1e3 < 60


def test_tolerances_are_those_that_end_the_solve():
    seen: list[Any] = []
    _solver(eps_abs=1e-5, eps_rel=1e-6).solve(callback=seen.append)
    for at in seen:
        done = (
            at.res_pri <= at.tol_pri
            and at.res_dual <= at.tol_dual
            and at.gap <= at.tol_gap
        )
        assert done == (at is seen[-1]) == (at.distance <= 1)
        assert min(at.tol_pri, at.tol_dual, at.tol_gap) > 1e-5
    assert seen[0].distance == max(
        seen[0].res_pri / seen[0].tol_pri,
        seen[0].res_dual / seen[0].tol_dual,
        seen[0].gap / seen[0].tol_gap,
    )


def test_without_tolerances_the_distance_is_infinite():
    seen = []
    _endless().solve(callback=lambda at: seen.append(at) or len(seen) == 2)
    assert [at.distance for at in seen] == [np.inf] * 2
    exact = dataclasses.replace(seen[0], res_pri=0.0, res_dual=0.0, gap=0.0)
    assert exact.distance == 0


def test_progress_is_a_value():
    seen: list[Any] = []
    _solver().solve(callback=seen.append)
    at = seen[0]
    with pytest.raises(dataclasses.FrozenInstanceError):
        at.iter = 3
    with pytest.raises((AttributeError, TypeError)):
        at.other = 3
    assert not hasattr(at, "__dict__")
    assert at == pickle.loads(pickle.dumps(at)) == copy.deepcopy(at)
    assert at != seen[1]
    text = repr(at)
    assert text.startswith("<scs.Progress: iteration 0,")
    for number in (f"{at.res_pri:.2e}", f"{at.tol_gap:.1e}", f"{at.dobj:.6g}"):
        assert number in text
    assert "\n" not in text


@pytest.mark.parametrize("yes", [True, 1, np.True_])
def test_true_stops_the_solve(yes):
    solver = _endless()
    seen = []
    result = solver.solve(callback=lambda at: seen.append(at) or (yes, 0)[at.iter < 75])
    assert result.info.status == "interrupted"
    assert result.info.status_val == scs.SIGINT
    assert makers.are_checks(seen)
    assert seen[-1].iter == 75
    assert np.isnan(result.x).all()


@pytest.mark.parametrize(
    "limit", [{"max_iters": k} for k in (1, 50, 60)] + [{"time_limit_secs": 0.05}]
)
def test_the_end_at_a_limit_is_seen_too(limit):
    seen: list[Any] = []
    info = _endless(**limit).solve(callback=seen.append).info
    assert info.status.startswith("solved (inaccurate")
    assert seen[-1].iter == info.iter
    assert seen[-1].res_pri == info.res_pri
    assert len({at.iter for at in seen}) == len(seen)


@pytest.mark.parametrize("no", [None, False, 0, np.False_])
def test_anything_else_does_not(no):
    assert _solver().solve(callback=lambda _: no).info.status == "solved"


def test_true_at_the_check_that_ends_the_solve_comes_too_late():
    result = _solver().solve(callback=lambda at: at.distance <= 1)
    assert result.info.status == "solved"


def test_the_answer_is_that_of_a_solve_without():
    plain = _solver().solve()
    watched = _solver().solve(callback=lambda _: None)
    for key in ("x", "y", "s"):
        np.testing.assert_array_equal(plain[key], watched[key])
    assert plain.info.iter == watched.info.iter


def test_an_early_stop_keeps_the_last_solution():
    solver = _solver()
    solver.solve()
    assert solver.solve(False, callback=lambda _: True).info.status == "interrupted"
    assert solver.solve().info.iter == 0


@pytest.mark.parametrize(
    "kind", [Mine, KeyboardInterrupt, SystemExit, StopIteration, OSError]
)
def test_an_exception_propagates_unchanged(kind):
    solver = _endless(on_concurrent_use="raise")
    error = kind("mine")

    def inner(at):
        if at.iter >= 50:
            raise error

    def callback(at):
        inner(at)

    with pytest.raises(kind) as caught:
        solver.solve(callback=callback)
    assert caught.value is error
    assert error.__cause__ is None
    assert error.__context__ is None
    names = [frame.name for frame in traceback.extract_tb(error.__traceback__)]
    assert names[0] == "test_an_exception_propagates_unchanged"
    assert names[-2:] == ["callback", "inner"]
    # The solver is free, for other threads too.
    others = []
    thread = threading.Thread(
        target=lambda: others.append(solver.solve(callback=lambda _: True))
    )
    thread.start()
    thread.join(30)
    assert others[0].info.status == "interrupted"


def test_an_exception_keeps_the_last_solution():
    solver = _solver()
    solver.solve()

    def fail(_):
        raise Mine

    with pytest.raises(Mine):
        solver.solve(False, callback=fail)
    assert solver.solve().info.iter == 0
    with pytest.raises(Mine):  # also from the check that would have ended the solve
        solver.solve(callback=fail)
    assert solver.solve().info.iter == 0


def test_a_result_without_truth_value_is_an_error():
    with pytest.raises(ValueError, match="truth value"):
        _endless().solve(callback=lambda _: np.zeros(2))


@pytest.mark.parametrize("wrong", [3, "f", [print], True])
def test_what_cannot_be_called_is_refused_before_the_solve(wrong):
    solver = _endless()
    with pytest.raises(TypeError, match="callback must be None or a function"):
        solver.solve(callback=wrong)
    with pytest.raises(TypeError, match="callback must be None or a function"):
        scs.solve(*makers.qp(), callback=wrong, **makers.QUIET)


async def _coroutine(_):
    return False


def test_coroutine_functions_are_refused():
    """What they return is true, so that the first check would end the solve."""
    with pytest.raises(TypeError, match="plain function, not a coroutine function"):
        scs.solve(*makers.qp(), callback=_coroutine, **makers.QUIET)
    with pytest.raises(TypeError, match="coroutine function"):
        asyncio.run(_solver().solve_async(callback=_coroutine))


def test_a_callback_with_other_parameters_fails_as_such():
    with pytest.raises(TypeError, match="positional argument"):
        _endless().solve(callback=lambda one, two: None)


@pytest.mark.parametrize("policy", ["wait", "raise"])
def test_re_entry_raises(policy):
    solver = _solver(on_concurrent_use=policy)
    calls = [
        solver.solve,
        lambda: solver.solve(callback=lambda _: None),
        solver.update,
        lambda: copy.copy(solver),
        lambda: pickle.dumps(solver),
    ]
    refused = []

    def callback(_):
        for call in calls:
            with pytest.raises(scs.ConcurrencyError, match="hook"):
                call()
        refused.append(repr(solver))  # never waits

    assert solver.solve(callback=callback).info.status == "solved"
    assert refused
    assert "not solved yet" in refused[0]


def test_a_re_entry_that_is_not_caught_ends_the_solve():
    solver = _endless()
    with pytest.raises(scs.ConcurrencyError):
        solver.solve(callback=lambda _: solver.update())
    assert solver.solve(callback=lambda _: True).info.status == "interrupted"


def test_interrupt_from_the_callback():
    solver = _endless()
    assert solver.solve(callback=lambda _: solver.interrupt()).info.status_val == -5


def test_interrupt_from_another_thread_while_the_callback_waits():
    solver = _endless()
    inside, go_on = threading.Event(), threading.Event()

    def stop():
        inside.wait(30)
        solver.interrupt()
        go_on.set()

    def callback(_):
        inside.set()
        assert go_on.wait(30)

    thread = threading.Thread(target=stop)
    thread.start()
    assert solver.solve(callback=callback).info.status == "interrupted"
    thread.join()


def test_a_second_caller_waits_or_is_refused():
    for policy in ("wait", "raise"):
        solver = _solver(on_concurrent_use=policy)
        outcomes: list[Any] = []

        def other(solver=solver, outcomes=outcomes):
            try:
                outcomes.append(solver.solve().info.status)
            except scs.ConcurrencyError:
                outcomes.append("refused")

        threads: list[Any] = []

        def callback(_, other=other, threads=threads, policy=policy):
            if not threads:
                threads.append(threading.Thread(target=other))
                threads[0].start()
                if policy == "raise":
                    threads[0].join()

        solver.solve(callback=callback)
        threads[0].join()
        assert outcomes == [{"wait": "solved", "raise": "refused"}[policy]]


def test_callbacks_of_solvers_in_many_threads_are_their_own():
    failures = []

    def work(index):
        solver = _solver()
        mine = threading.get_ident()
        for _ in range(5):
            seen: list[Any] = []

            def callback(at, seen=seen):
                seen.append((threading.get_ident(), at))
                if index % 2 and at.iter >= 50:
                    raise Mine(index)

            try:
                solver.solve(False, callback=callback)
                raised = None
            except Mine as error:
                raised = error.args[0]
            if (
                raised != (index if index % 2 else None)
                or {thread for thread, _ in seen} != {mine}
                or not makers.are_checks(at for _, at in seen)
            ):
                failures.append((index, raised, seen))

    threads = [threading.Thread(target=work, args=(index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_solve_in_one_call_takes_one():
    seen: list[Any] = []
    result = scs.solve(*makers.qp(), callback=seen.append, **makers.QUIET)
    assert seen[-1].iter == result.info.iter
    stopped = scs.solve(*makers.qp(), callback=lambda _: True, **makers.TIGHT)
    assert stopped.info.status == "interrupted"


def test_coroutines_take_one():
    async def main():
        solver = _solver()
        seen: list[Any] = []
        result = await solver.solve_async(callback=seen.append)
        assert seen[-1].iter == result.info.iter

        def fail(_):
            raise Mine("async")

        with pytest.raises(Mine, match="async"):
            await solver.solve_async(False, callback=fail)
        stopped = await solver.solve_async(False, callback=lambda _: True)
        assert stopped.info.status == "interrupted"
        assert (await solver.solve_async()).info.status == "solved"

    asyncio.run(main())


@pytest.mark.thread_unsafe(reason="signals belong to the main thread")
@pytest.mark.iterations(1)
def test_ctrl_c_in_a_callback():
    """It may come while Python code runs or while the core does."""
    solver = _endless()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        for at_iteration in (0, 50):

            def callback(at, at_iteration=at_iteration):
                if at.iter == at_iteration:
                    signal.raise_signal(signal.SIGINT)

            with pytest.raises(KeyboardInterrupt):
                solver.solve(callback=callback)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert solver.solve(callback=lambda _: True).info.status == "interrupted"


def test_nothing_of_a_solve_is_kept():
    solver = _solver()

    class Callback:
        def __call__(self, at):
            self.at = at

    callback = Callback()
    seen = weakref.ref(callback)
    for _ in range(3):
        solver.solve(False, callback=callback)
    del callback
    gc.collect()
    assert seen() is None
