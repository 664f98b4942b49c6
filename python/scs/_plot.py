# SPDX-License-Identifier: MIT
"""`plot_convergence`: a picture of how a solve went."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LINES = (
    ("res_pri", "primal residual"),
    ("res_dual", "dual residual"),
    ("gap", "duality gap"),
    ("scale", "scale"),
)


def plot_convergence(
    log: str | os.PathLike[str] | Mapping[str, Any] | Iterable[Mapping[str, Any]],
    ax: Axes | None = None,
) -> Axes:
    """Draw residuals, gap and scale over the iterations.

    Parameters
    ----------
    log : path-like, or mapping, or iterable of mappings
        The file that ``log_csv_filename`` has written; or its columns by name; or its
        rows, each by name. Needed are ``iter``, ``res_pri``, ``res_dual``, ``gap`` and
        ``scale``.
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


def _columns(
    log: str | os.PathLike[str] | Mapping[str, Any] | Iterable[Mapping[str, Any]],
) -> dict[str, NDArray[np.float64]]:
    place = ""
    rows: Iterable[Mapping[str, Any]]
    if isinstance(log, Mapping):
        return _checked("", dict(log))
    if isinstance(log, str | os.PathLike):
        place = f"{os.fspath(log)}: "
        with open(log, newline="", encoding="utf-8", errors="replace") as file:
            rows = list(csv.DictReader(file))
    else:
        rows = list(log)
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
