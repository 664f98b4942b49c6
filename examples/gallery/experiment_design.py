# SPDX-License-Identifier: MIT
"""Where to measure if a cubic is to be fitted: a D-optimal design.

The settings of an experiment can be anywhere in [-1, 1]. Which share of the
measurements goes where, so that the confidence ellipsoid of the coefficients has the
least volume?
The equivalence theorem of Kiefer and Wolfowitz (Canadian Journal of Mathematics 12,
1960) tells an optimal design: the variance of the fitted curve is nowhere larger
than the number of coefficients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp

import picture
import scs
from conic import ACCURATE, Array, Problem, vec

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DEGREE = 3


class Design(NamedTuple):
    settings: Array
    shares: Array
    variance: Array  # of the fitted curve at each setting
    support: list[tuple[float, float]]  # setting and share of each cluster
    result: scs.Result


def regressors(settings: Array) -> Array:
    """Return a row of Legendre polynomials for each setting.

    The design does not depend on the basis; the solver prefers a well-conditioned one.
    """
    return np.asarray(np.polynomial.legendre.legvander(settings, DEGREE))


def model(rows: Array) -> Problem:
    """Maximise logdet(sum of p_i a_i a_i') over shares p >= 0 of sum 1.

    Variables: t, p. The log-determinant cone takes (t, 1, M(p)): -logdet M(p) <= t.
    """
    count, order = rows.shape
    informations = np.column_stack([vec(np.outer(row, row)) for row in rows])
    a = sp.block_array(
        [
            [None, np.ones((1, count))],  # z: sum p = 1
            [None, -sp.eye_array(count)],  # l: p >= 0
            [sp.csc_array([[-1.0], [0.0]]), None],  # d: t, 1 and the matrix
            [None, -informations],
        ],
        format="csc",
    )
    b = np.zeros(a.shape[0])
    b[0] = b[1 + count + 1] = 1
    c = np.r_[1, np.zeros(count)]
    return {"A": a, "b": b, "c": c}, {"z": 1, "l": count, "d": [order]}


def variances(rows: Array, shares: Array) -> Array:
    """Return a'M^-1 a for each setting: times sigma^2 / N it is the variance there."""
    information = rows.T @ (shares[:, None] * rows)
    return np.asarray(np.sum(rows.T * np.linalg.solve(information, rows.T), axis=0))


def clusters(settings: Array, shares: Array) -> list[tuple[float, float]]:
    """Join shares at neighbouring settings, where the grid misses the best one."""
    used = np.flatnonzero(shares > 1e-4)
    groups = np.split(used, np.flatnonzero(np.diff(used) > 1) + 1)
    return [
        (float(np.average(settings[g], weights=shares[g])), float(shares[g].sum()))
        for g in groups
    ]


def main() -> Design:
    """Design an experiment for a cubic."""
    settings = np.linspace(-1, 1, 201)
    rows = regressors(settings)
    result = scs.solve(*model(rows), **ACCURATE)
    shares = result.x[1:].clip(0)
    shares /= shares.sum()
    variance = variances(rows, shares)
    support = clusters(settings, shares)
    for place, share in support:
        print(f"measure at {place:7.4f}: {100 * share:6.2f} % of the time")
    even = variances(rows, np.full(settings.size, 1 / settings.size))
    print(
        f"largest variance {variance.max():.5f}; no design has less than {DEGREE + 1}"
    )
    print(f"an even spread of the settings has {even.max():.5f}")
    return Design(settings, shares, variance, support, result)


def draw(found: Design, figure: Figure) -> None:
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(2.2, 1))
    even = np.full(found.settings.size, 1 / found.settings.size)
    spread = variances(regressors(found.settings), even)
    upper.plot(found.settings, spread, color=picture.ORANGE, label="even spread")
    upper.plot(found.settings, found.variance, color=picture.BLUE, label="D-optimal")
    upper.axhline(DEGREE + 1, color=picture.GREY, ls="--", lw=1)
    upper.set(ylabel="variance of the curve\n(\u03c3\u00b2 / N)", ylim=(0, 12))
    upper.legend(loc="upper center", ncols=2)

    places, shares = np.array(found.support).T
    lower.vlines(places, 0, 100 * shares, color=picture.BLUE, lw=4)
    lower.set(xlabel="setting of the experiment", ylabel="share (%)", ylim=(0, 32))


if __name__ == "__main__":
    picture.run(main, draw)
