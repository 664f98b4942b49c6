# SPDX-License-Identifier: MIT
"""The types of the settings, for type checkers and editors."""

from __future__ import annotations

from typing import Literal, TypedDict

from scs._enums import LinearSolver


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
    write_data_filename: str | None
    log_csv_filename: str | None


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
