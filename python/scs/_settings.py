# SPDX-License-Identifier: MIT
"""The types of the settings, for type checkers and editors."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Literal, TypedDict

from scs import _core
from scs._enums import LinearSolver

_CHOICES = ("linear_solver", "on_concurrent_use")
# What other versions, other solvers and other methods call it.
_ELSEWHERE = {
    "eps": "eps_abs and eps_rel",
    "tol": "eps_abs and eps_rel",
    "max_iterations": "max_iters",
    "time_limit": "time_limit_secs",
    "warm_start": "SCS.solve(warm_start=...)",
    "callback": "SCS.solve(callback=...)",
    "progress": "SCS.solve(progress=...)",
}


class CoreSettings(TypedDict, total=False):
    """Keywords of `SCS` that the extension module takes in a dict."""

    normalize: bool
    scale: float
    adaptive_scale: bool
    adaptive_diag_scale: bool | Literal[0, 1]
    rho_x: float
    max_iters: int
    eps_abs: float
    eps_rel: float
    eps_infeas: float
    alpha: float
    time_limit_secs: float
    verbose: bool
    acceleration_lookback: int
    acceleration_interval: int
    acceleration_type_1: int
    acceleration_regularization: float
    acceleration_relaxation: float
    write_data_filename: str | os.PathLike[str] | None
    log_csv_filename: str | os.PathLike[str] | None


class Settings(CoreSettings, total=False):
    """The settings of `SCS` and `scs.solve`, as a type for dicts of them.

    At run time an ordinary dict; `help(scs.SCS)` says what the entries mean.

    Examples
    --------
    >>> tight: scs.Settings = {"eps_abs": 1e-9, "eps_rel": 1e-9, "verbose": False}
    >>> solver = scs.SCS(data, cone, **tight)

    """

    linear_solver: LinearSolver | str
    on_concurrent_use: Literal["wait", "raise"]


def check_names(names: Iterable[str]) -> None:
    """Refuse names that are none of a setting, and guess what was meant.

    Raises
    ------
    TypeError
        As for any unknown keyword.

    """
    for name in names:
        if name not in _core.DEFAULTS:
            raise TypeError(
                f"{name!r} is an invalid keyword argument for SCS{_guess(name)}"
            )


def _guess(name: str) -> str:
    import difflib  # for mistakes only

    known = name.strip().lower()
    close = difflib.get_close_matches(known, (*_core.DEFAULTS, *_CHOICES), 1, 0.7)
    meant = _ELSEWHERE.get(known) or (close[0] if close else None)
    return f"; did you mean {meant}?" if meant else "; help(scs.SCS) lists the settings"
