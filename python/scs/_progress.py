# SPDX-License-Identifier: MIT
"""A progress bar for the command line: tqdm's where installed, else a small one."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

_WIDTH = 30


@contextlib.contextmanager
def bar(total: int) -> Iterator[Callable[[str], None]]:
    """Show progress on standard error while the block runs.

    Parameters
    ----------
    total : int
        Steps in all; for fewer than two nothing is shown.

    Yields
    ------
    callable
        Takes what to say about the step just done and counts it. Where standard error
        is not a terminal, each step becomes a line of its own, as logs want it.

    """
    if total < 2:
        yield lambda _: None
    elif not sys.stderr.isatty():
        yield _lines(total)
    else:
        try:
            from tqdm import tqdm
        except ImportError:
            try:
                yield _drawn(total)
            finally:
                sys.stderr.write("\n")
        else:
            with tqdm(total=total, file=sys.stderr, unit="problem") as shown:

                def advance(text: str) -> None:
                    shown.set_postfix_str(text, refresh=False)
                    shown.update()

                yield advance


def _lines(total: int) -> Callable[[str], None]:
    done = 0

    def advance(text: str) -> None:
        nonlocal done
        done += 1
        print(f"[{done}/{total}] {text}", file=sys.stderr, flush=True)

    return advance


def _drawn(total: int) -> Callable[[str], None]:
    done = 0
    begin = time.monotonic()

    def advance(text: str) -> None:
        nonlocal done
        done += 1
        filled = _WIDTH * done // total
        seconds = time.monotonic() - begin
        sys.stderr.write(
            f"\r\x1b[K[{'#' * filled}{'.' * (_WIDTH - filled)}] "
            f"{done}/{total} {seconds:.0f} s  {text}"
        )
        sys.stderr.flush()

    return advance
