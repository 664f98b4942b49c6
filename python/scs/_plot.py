# SPDX-License-Identifier: MIT
"""`plot_convergence`: a picture of how a solve went."""

from __future__ import annotations

import csv
import dataclasses
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from scs._watch import Progress

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_Row: TypeAlias = Mapping[str, Any] | Progress
_Log: TypeAlias = str | os.PathLike[str] | Mapping[str, Any] | Iterable[_Row]

_LINES = (
    ("res_pri", "primal residual"),
    ("res_dual", "dual residual"),
    ("gap", "duality gap"),
    ("scale", "scale"),
)


def plot_convergence(log: _Log, ax: Axes | None = None) -> Axes:
    """Draw residuals, gap and scale over the iterations.

    Parameters
    ----------
    log : path-like, or mapping, or iterable of mappings or of Progress
        The file that ``log_csv_filename`` has written; or its columns by name; or its
        rows, each by name; or what a callback has seen. Needed are ``iter``,
        ``res_pri``, ``res_dual``, ``gap`` and ``scale``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure's by default.

    Returns
    -------
    matplotlib.axes.Axes
        With a logarithmic vertical axis, on which zeros are gaps.

    Raises
    ------
    ImportError
        matplotlib is not installed.
    OSError
        The file cannot be read.
    ValueError
        It is no such log; the text says what is missing.

    """
    try:
        from matplotlib import pyplot
    except ImportError as error:
        raise ImportError(
            "plot_convergence needs matplotlib: pip install scs[plot]"
        ) from error
    columns = _columns(log)
    if ax is None:
        _, ax = pyplot.subplots()
    for name, label in _LINES:
        values = np.abs(columns[name])
        values[values == 0] = np.nan
        dashes = "--" if name == "scale" else "-"
        ax.plot(columns["iter"], values, label=label, linestyle=dashes)
    ax.set_yscale("log")
    ax.set_xlabel("iteration")
    ax.legend()
    return ax


def _columns(log: _Log) -> dict[str, NDArray[np.float64]]:
    place = ""
    rows: list[Mapping[str, Any]]
    if isinstance(log, Mapping):
        if "info" in log:
            raise ValueError(
                "a result does not know how it came about: solve with "
                "log_csv_filename, or with callback=history.append for a list, and "
                "plot that"
            )
        return _checked("", dict(log))
    if isinstance(log, str | os.PathLike):
        place = f"{os.fspath(log)}: "
        with open(log, newline="", encoding="utf-8", errors="replace") as file:
            rows = list(csv.DictReader(file))
    else:
        rows = [
            dataclasses.asdict(row) if isinstance(row, Progress) else row for row in log
        ]
    if not rows:
        raise ValueError(f"{place}no iterations")
    names = ("iter", *(name for name, _ in _LINES))
    return _checked(
        place,
        {name: [row.get(name) for row in rows] for name in names if name in rows[0]},
    )


def _checked(place: str, given: dict[str, Any]) -> dict[str, NDArray[np.float64]]:
    columns = {}
    for name in ("iter", *(name for name, _ in _LINES)):
        if name not in given:
            raise ValueError(f"{place}there is no column {name!r}")
        try:
            columns[name] = np.array([float(value) for value in given[name]])
        except (TypeError, ValueError) as error:
            raise ValueError(f"{place}column {name!r}: {error}") from error
    return columns
