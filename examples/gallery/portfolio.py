# SPDX-License-Identifier: MIT
"""A portfolio with a cap on its risk, and what each cap is worth.

The largest expected return that a given standard deviation allows is a second-order
cone program. One solver walks through all caps: a cap is one number
of b, so that nothing is factorised again and each solve starts where the last one
ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import scipy.sparse as sp

import picture
import scs
from conic import Array, Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ASSETS, FACTORS = 40, 4
CAP_ROW = 1 + ASSETS  # of A and b; the cone's first row, see `model`

# The programs are alike: one scale that suits them all saves adapting it in each.
SETTINGS: dict[str, Any] = {
    "verbose": False,
    "eps_abs": 1e-6,
    "eps_rel": 1e-6,
    "adaptive_scale": False,
    "scale": 0.5,
}


class Market(NamedTuple):
    """Returns in per cent a year; their covariance is F F' + diag(specific^2)."""

    mean: Array
    exposures: Array  # F, a row for each asset
    specific: Array


class Frontier(NamedTuple):
    market: Market
    caps: Array
    results: list[scs.Result]
    warm: int  # iterations of all solves, each started from its neighbour
    cold: int  # the same, each started from nothing


def market() -> Market:
    """Return one factor that moves everything, and three for branches."""
    rng = np.random.default_rng(7)
    beta = rng.uniform(0.4, 1.6, ASSETS)
    branches = 6 * rng.standard_normal((ASSETS, FACTORS - 1))
    mean = 2 + 5 * beta + 1.5 * rng.standard_normal(ASSETS)
    exposures = np.column_stack([15 * beta, branches])
    return Market(mean, exposures, rng.uniform(8, 25, ASSETS))


def model(market: Market, cap: float) -> Problem:
    """Maximise mean'w over weights w >= 0 of sum 1 with a risk of at most cap."""
    blocks = [
        np.ones((1, ASSETS)),  # z: sum w = 1
        -sp.eye_array(ASSETS),  # l: w >= 0
        sp.csc_array((1, ASSETS)),  # q: |(F'w, specific * w)| <= cap
        -market.exposures.T,
        -sp.diags_array(market.specific),
    ]
    b = np.zeros(2 + 2 * ASSETS + FACTORS)
    b[0], b[CAP_ROW] = 1, cap
    data = {"A": sp.vstack(blocks, format="csc"), "b": b, "c": -market.mean}
    return data, {"z": 1, "l": ASSETS, "q": [1 + FACTORS + ASSETS]}


def frontier(market: Market, caps: Array) -> Frontier:
    """Solve for every cap with one solver, and afresh with another to compare."""
    data, cone = model(market, caps[0])
    solver = scs.SCS(data, cone, **SETTINGS)
    other = scs.SCS(data, cone, **SETTINGS)
    results, cold = [], 0
    for cap in caps:
        data["b"][CAP_ROW] = cap
        solver.update(b=data["b"])
        results.append(solver.solve())
        other.update(b=data["b"])
        cold += other.solve(warm_start=False).info.iter
    return Frontier(market, caps, results, sum(r.info.iter for r in results), cold)


def main() -> Frontier:
    """Trace the efficient frontier of forty assets."""
    found = frontier(market(), np.linspace(9, 24, 61))
    print("risk cap   return   assets held   return for one more point of risk")
    for cap, result in list(zip(found.caps, found.results, strict=True))[::12]:
        held = np.count_nonzero(result.x > 1e-4)
        # The multiplier of the cap is the slope of the frontier.
        slope = result.y[CAP_ROW]
        print(f"{cap:6.1f} % {-result.info.pobj:6.2f} % {held:8d} {slope:22.3f} points")
    print(f"{len(found.caps)} solves: {found.warm} iterations warm, {found.cold} cold")
    return found


def draw(found: Frontier, figure: Figure) -> None:
    market, caps = found.market, found.caps
    left, right = figure.subplots(1, 2)

    risk = np.hypot(np.linalg.norm(market.exposures, axis=1), market.specific)
    left.scatter(risk, market.mean, 9, picture.GREY, label="one asset")
    returns = [-result.info.pobj for result in found.results]
    left.plot(caps, returns, color=picture.BLUE, label="efficient frontier")
    left.set(xlabel="standard deviation (% a year)", xlim=(0, None))
    left.set(ylabel="expected return (% a year)", ylim=(0, None))
    left.legend(loc="lower right")

    weights = 100 * np.array([result.x for result in found.results]).T.clip(0)
    held = weights[weights.max(axis=1) > 1]
    held = held[np.argsort(held @ caps / held.sum(axis=1))]
    shades = [picture.COLOURS[k % len(picture.COLOURS)] for k in range(len(held))]
    right.stackplot(caps[::2], held[:, ::2], colors=shades, alpha=0.8)
    right.set(xlabel="risk cap (% a year)", ylabel="weights, one band an asset (%)")
    right.set(xlim=caps[[0, -1]], xticks=range(9, 25, 3), ylim=(0, 100))


if __name__ == "__main__":
    picture.run(main, draw)
