# SPDX-License-Identifier: MIT
"""Fill the gaps of a matrix of low rank by the completion of least nuclear norm.

Of a table of rank two some entries are known. Candes and Recht (Foundations of
Computational Mathematics 9, 2009) showed that, with enough of them at random places,
the table is the one with the least sum of singular values. A cone for that norm takes
the table as it is, without a semidefinite matrix of the order of rows plus columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

import picture
import scs
from conic import ACCURATE, Array, Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ROWS, COLUMNS, RANK = 30, 20, 2
SHOWN = 0.4  # of the entries are known in the picture
Mask = NDArray[np.bool_]


class Completion(NamedTuple):
    planted: Array
    known: Mask
    found: Array
    result: scs.Result
    errors: dict[float, float]  # relative error by fraction of known entries


def table() -> Array:
    """Return smooth patterns times smooth patterns, so that gaps are easy to see."""
    down, across = np.linspace(0, 1, ROWS), np.linspace(0, 1, COLUMNS)
    left = np.column_stack([np.sin(7 * down + 1), np.cos(13 * down)])
    right = np.column_stack([np.cos(6 * across), np.sin(11 * across)])
    return np.asarray(left @ right.T)


def mask(fraction: float, seed: int = 1) -> Mask:
    """Return which entries are known; with the same seed, those of a less and more."""
    size = ROWS * COLUMNS
    order = np.random.default_rng(seed).permutation(size)
    return np.asarray(order < round(fraction * size)).reshape(ROWS, COLUMNS)


def model(values: Array, known: Mask) -> Problem:
    """Minimise t over t and the unknown entries, with the nuclear norm at most t."""
    m, n = values.shape  # the cone wants m >= n
    gaps = 1 + np.flatnonzero(~known.ravel("F"))
    rows = np.r_[0, gaps]
    entries = (-np.ones(rows.size), (rows, np.arange(rows.size)))
    data = {
        "A": sp.csc_array(entries, shape=(1 + m * n, rows.size)),
        "b": np.r_[0, np.where(known, values, 0.0).ravel("F")],
        "c": np.r_[1, np.zeros(gaps.size)],
    }
    return data, {"nuc_m": [m], "nuc_n": [n]}


def complete(values: Array, known: Mask) -> tuple[Array, scs.Result]:
    """Return the completed table, which is the slack of the cone, and the result."""
    result = scs.solve(*model(values, known), **ACCURATE)
    return result.s[1:].reshape(values.shape, order="F"), result


def relative_error(found: Array, planted: Array) -> float:
    return float(np.linalg.norm(found - planted) / np.linalg.norm(planted))


def main() -> Completion:
    """Complete one table from more and more of its entries."""
    planted = table()
    errors = {}
    for percent in range(10, 75, 5):
        found, _ = complete(planted, mask(percent / 100))
        errors[percent / 100] = relative_error(found, planted)
        print(f"{percent} % known: relative error {errors[percent / 100]:.1e}")
    known = mask(SHOWN)
    found, result = complete(planted, known)
    largest = np.linalg.svd(found, compute_uv=False)[:3]
    print(f"the largest singular values at {100 * SHOWN:.0f} %:", *largest.round(6))
    return Completion(planted, known, found, result, errors)


def draw(found: Completion, figure: Figure) -> None:
    from matplotlib import colormaps

    shades = colormaps["PuOr"].with_extremes(bad=picture.GREY)
    *maps, right = figure.subplots(1, 3, width_ratios=(1, 1, 1.8))
    limit = np.abs(found.planted).max()
    for axes, values in zip(
        maps, (np.where(found.known, found.planted, np.nan), found.found), strict=True
    ):
        axes.imshow(values, cmap=shades, vmin=-limit, vmax=limit, aspect="auto")
        axes.set(xticks=[], yticks=[], xlabel=f"{COLUMNS} columns")
    maps[0].set(title=f"{100 * SHOWN:.0f} % known", ylabel=f"{ROWS} rows")
    maps[1].set(title="completed")

    percent = 100 * np.array(list(found.errors))
    right.semilogy(percent, list(found.errors.values()), "o-", color=picture.BLUE)
    freedom = 100 * RANK * (ROWS + COLUMNS - RANK) / (ROWS * COLUMNS)
    right.axvline(freedom, color=picture.GREY, ls="--", lw=1)
    right.text(freedom + 1, 1e-12, "as many as the\ntable has degrees\nof freedom")
    right.set(xlabel="entries known (%)", ylabel="relative error")


if __name__ == "__main__":
    picture.run(main, draw)
