# SPDX-License-Identifier: MIT
"""Solving from coroutines: a thread does the work, cancellation reaches it."""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from scs import _core

T = TypeVar("T")


class _Call(Generic[T]):
    """A call that a thread of the event loop's pool makes, unless it is revoked."""

    def __init__(self, function: Callable[[_core.StopSource], T]) -> None:
        self._function = function
        self._context = contextvars.copy_context()
        self._stop = _core.StopSource()
        self._lock = threading.Lock()
        self._begun = False
        self._revoked = False

    def run(self) -> T | None:
        with self._lock:
            if self._revoked:
                return None
            self._begun = True
        try:
            return self._context.run(self._function, self._stop)
        except StopIteration as error:  # futures refuse it, and would stay pending
            raise RuntimeError("the solve raised StopIteration") from error

    def revoke(self) -> bool:
        """Ask for an end; True if there is one to wait for."""
        with self._lock:
            self._revoked = True
            begun = self._begun
        self._stop.request_stop()
        return begun


async def in_thread(function: Callable[[_core.StopSource], T]) -> T:
    """Await what `function` returns, which a pool thread calls with a stop source.

    If the task is cancelled, the stop is requested and the thread's call has ended by
    the time that CancelledError is raised; one that waits for a thread is dropped.
    """
    call = _Call(function)
    future = asyncio.get_running_loop().run_in_executor(None, call.run)
    try:
        result = await asyncio.shield(future)
        assert result is not None  # as it has not been revoked
        return result
    except asyncio.CancelledError:
        future.add_done_callback(_forget)
        if call.revoke():
            await _ended(future)
        raise


async def _ended(future: asyncio.Future[T | None]) -> None:
    """Wait, whatever else is cancelled, as the end is near."""
    while not future.done():
        try:
            await asyncio.wait([future])
        except asyncio.CancelledError:
            continue


def _forget(future: asyncio.Future[T | None]) -> None:
    """Look at the exception of a call whose outcome nobody wants."""
    if not future.cancelled():
        future.exception()
