# SPDX-License-Identifier: MIT
"""Solves that are watched: by a callback, on a progress bar, or both."""

from __future__ import annotations

import dataclasses
import inspect
import math
from collections.abc import Callable
from typing import Any, TypeAlias

from scs import _core, _progress


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """Where a running solve stands; what a callback is called with.

    Everything is in the units of the problem as given, norms are infinity norms. The
    solve ends as solved at the first check where no residual is above its tolerance,
    ``eps_abs + eps_rel * size`` with the size of the largest term of the residual.

    Attributes
    ----------
    iter : int
        Iterations done.
    res_pri, res_dual, gap : float
        Residuals ``|Ax + s - b|``, ``|Px + A'y + c|`` and ``|x'Px + c'x + b'y|``.
    tol_pri, tol_dual, tol_gap : float
        What they may be.
    pobj, dobj : float
        Estimates of the optimal value from the primal and from the dual side,
        ``1/2 x'Px + c'x`` and ``-1/2 x'Px - b'y``.
    scale : float
        The current weight of the dual rows.
    seconds : float
        Time since the solve began.

    """

    iter: int
    res_pri: float
    res_dual: float
    gap: float
    tol_pri: float
    tol_dual: float
    tol_gap: float
    pobj: float
    dobj: float
    scale: float
    seconds: float

    @property
    def distance(self) -> float:
        """The largest ratio of a residual to its tolerance; solved at 1 or less."""
        return max(
            _ratio(self.res_pri, self.tol_pri),
            _ratio(self.res_dual, self.tol_dual),
            _ratio(self.gap, self.tol_gap),
        )

    def __repr__(self) -> str:
        return (
            f"<scs.Progress: iteration {self.iter}, "
            f"primal {self.res_pri:.2e} (to be {self.tol_pri:.1e}), "
            f"dual {self.res_dual:.2e} (to be {self.tol_dual:.1e}), "
            f"gap {self.gap:.2e} (to be {self.tol_gap:.1e}), "
            f"objective {self.pobj:.6g} and {self.dobj:.6g}, "
            f"scale {self.scale:.3g}, {self.seconds:.3g} s>"
        )


Callback: TypeAlias = Callable[[Progress], object]

# What _core.Solver.solve returns: x, y, s and the entries of Info.
Found: TypeAlias = tuple[Any, Any, Any, dict[str, Any]]


def solve(
    solver: _core.Solver,
    start: tuple[bool, Any, Any, Any],
    callback: Callback | None,
    progress: bool,
    settings: dict[str, Any],
    since: int | None = None,
    stop: _core.StopSource | None = None,
) -> Found:
    """Solve, calling `callback` and drawing a bar at every convergence check.

    Parameters
    ----------
    solver, start, since, stop
        As ``_core.Solver.solve`` takes them; `start` is its first four arguments.
    callback, progress
        As `SCS.solve` takes them.
    settings : dict
        Those of the solver that are not the defaults.

    """
    if callback is not None and not callable(callback):
        raise TypeError(
            "callback must be None or a function of one argument, not "
            f"{type(callback).__name__}"
        )
    if inspect.iscoroutinefunction(callback):
        raise TypeError(
            "callback must be a plain function, not a coroutine function: it is "
            "called in the thread of the solve"
        )
    if not isinstance(progress, bool):
        hint = "; give a function as callback" if callable(progress) else ""
        raise TypeError(
            f"progress must be True or False, not {type(progress).__name__}{hint}"
        )
    if not progress:
        report = None if callback is None else _row_to(callback)
        return solver.solve(*start, report, since, stop)
    bar = _progress.SolveBar({**_core.DEFAULTS, **settings})

    def show(*row: Any) -> object:
        at = Progress(*row)
        bar.show(at)
        return callback is not None and callback(at)

    try:
        found = solver.solve(*start, show, since, stop, bar.write)
        bar.finish(found[3])
        return found
    finally:
        bar.close()


def _row_to(callback: Callback) -> Callable[..., object]:
    return lambda *row: callback(Progress(*row))


def _ratio(residual: float, tolerance: float) -> float:
    if tolerance > 0:
        return residual / tolerance
    return math.inf if residual > 0 else 0.0
