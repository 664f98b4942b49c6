# SPDX-License-Identifier: MIT
"""Progress bars: of the command line over several files, and of one solve."""

from __future__ import annotations

import contextlib
import dataclasses
import math
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scs._watch import Progress

_WIDTH = 30
_REDRAW_SECONDS = 0.1


@contextlib.contextmanager
def bar(total: int) -> Iterator[Callable[[str], None]]:
    """Show progress on standard error while the block runs.

    The bar is tqdm's where that is installed, else a small one.

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


class SolveBar:
    """A bar of tqdm's for one solve: how near its end is, and the residuals.

    How many iterations a solve will take is not known. So the bar shows the nearest of
    its ends: the share of the way, on a logarithmic scale, that the residuals have gone
    to their tolerances, of the most iterations, or of the most seconds.

    Parameters
    ----------
    settings : mapping
        ``max_iters`` and ``time_limit_secs``.

    Raises
    ------
    ImportError
        tqdm is not installed.

    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError as error:
            raise ImportError(
                "progress=True needs tqdm, which is not installed: "
                "python -m pip install tqdm",
                name="tqdm",
            ) from error
        # Redrawn from here, so tqdm's thread that watches over slow bars has no use.
        self._kind: Any = type("Bar", (tqdm,), {"monitor_interval": 0})
        self._bar: Any = None
        self._max_iters: int = settings["max_iters"]
        self._max_seconds: float = settings["time_limit_secs"] or math.inf
        self._farthest = 1.0
        self._share = 0.0
        self._due = 0.0
        self._latest: Progress | None = None
        self._line = ""

    def show(self, at: Progress) -> None:
        """Draw where the solve stands, unless it has been drawn a moment ago."""
        self._latest = at
        if at.seconds >= self._due:
            self._due = at.seconds + _REDRAW_SECONDS
            self._draw_latest()

    def finish(self, info: Mapping[str, Any]) -> None:
        """Draw how the solve has ended."""
        if info["status"] in ("solved", "infeasible", "unbounded"):
            self._share = 1.0
        if info["iter"] < 0:  # interrupted: there are no numbers but those seen last
            self._draw_latest(f"{info['status']}: ")
        else:
            self._draw(
                f"{info['status']}: {_numbers(info['iter'], info)}"
                f"  {info['solve_time'] / 1e3:.1f} s"
            )
        self._latest = None

    def write(self, text: str) -> None:
        """Print a part of the solver's report; whole lines, above the bar."""
        *lines, self._line = (self._line + text).split("\n")
        if lines and sys.stdout is not None:
            self._kind.write("\n".join(lines), file=sys.stdout)

    def close(self) -> None:
        """Leave the bar on the screen, up to date, and the cursor on a new line."""
        if self._bar is None:
            return
        try:
            self._draw_latest()
            self._leave()
        finally:
            self._bar.close()

    def _leave(self) -> None:
        """Make a line of text of the bar, above those of solves that still run.

        A bar that tqdm leaves where it is would stay in their way: they go on in lines
        counted from the end of the text.
        """
        in_notebook = hasattr(self._bar, "container")
        if self._bar.disable or in_notebook:
            return
        with self._kind.get_lock():
            line = str(self._bar)
            self._bar.leave = False
            self._bar.close()
            self._kind.write(line, file=self._bar.fp)

    def _nearest_end(self, at: Progress) -> float:
        share = max(at.iter / self._max_iters, at.seconds / self._max_seconds)
        distance = at.distance
        if 1 < distance < math.inf:
            self._farthest = max(self._farthest, distance)
            share = max(share, 1 - math.log(distance) / math.log(self._farthest))
        return min(share, 0.99)  # all of it when it has ended

    def _draw_latest(self, before: str = "") -> None:
        at = self._latest
        if at is not None:
            self._share = max(self._share, self._nearest_end(at))
            numbers = _numbers(at.iter, dataclasses.asdict(at))
            self._draw(f"{before}{numbers}  {at.seconds:.1f} s")

    def _draw(self, text: str) -> None:
        if self._bar is None:
            self._bar = self._kind(
                total=1.0,
                bar_format="{percentage:3.0f}%|{bar}| {desc}",
                dynamic_ncols=True,
                disable=sys.stderr is None,  # no console, as under pythonw
            )
        self._bar.n = self._share
        self._bar.set_description_str(text, refresh=False)
        # Not by refresh alone, which would keep the lock if Ctrl-C came inside.
        with self._kind.get_lock():
            self._bar.refresh(nolock=True)


def _numbers(iteration: int, residuals: Mapping[str, Any]) -> str:
    text = f"iter {iteration}"
    if math.isfinite(residuals["gap"]):  # not for a certificate
        text += (
            f"  primal {residuals['res_pri']:.1e}  dual {residuals['res_dual']:.1e}"
            f"  gap {residuals['gap']:.1e}"
        )
    return text
