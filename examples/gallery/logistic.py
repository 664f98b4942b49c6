# SPDX-License-Identifier: MIT
"""Logistic regression with an l1 penalty, along the whole path of penalties.

Few of many features decide between yes and no; the penalty on the sum of the absolute
coefficients finds out which. The logarithms go into exponential cones, the penalty
into an l1-norm cone; its weight is one number of c, so one solver does
the path, each solve starting from the last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp

import picture
import scs
from conic import ACCURATE, Array, Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SAMPLES, FEATURES, RELEVANT = 200, 20, 5


class Path(NamedTuple):
    margins: Array  # each sample's features, times its label +1 or -1
    planted: Array
    penalties: Array
    weights: Array  # a row for each penalty
    results: list[scs.Result]


def samples() -> tuple[Array, Array]:
    """Return margins and the weights that the labels were drawn from."""
    rng = np.random.default_rng(2)
    planted = np.zeros(FEATURES)
    planted[:RELEVANT] = [2.0, -1.5, 1.0, -1.0, 0.75]
    features = rng.standard_normal((SAMPLES, FEATURES))
    yes = rng.uniform(size=SAMPLES) < 1 / (1 + np.exp(-features @ planted))
    return np.where(yes, 1, -1)[:, None] * features, planted


def model(margins: Array, penalty: float) -> Problem:
    """Minimise mean(log(1 + exp(-margins @ w))) + penalty * sum(abs(w)).

    Variables: w, losses t, their parts u and v, the norm r. A loss t is large enough
    if exp(-margin - t) + exp(-t) <= 1, where u and v bound the two terms.
    """
    m, n = margins.shape
    one = sp.eye_array(m)
    first, _, third = np.eye(3)[:, :, None]  # rows of an exponential cone
    loss, bound = sp.kron(one, first), sp.kron(one, -third)
    rows = [
        [None, None, one, one, None],  # l: u + v <= 1
        [sp.kron(margins, first), loss, bound, None, None],  # ep: (-margin - t, 1, u)
        [None, loss, None, bound, None],  # ep: (-t, 1, v)
        [None, None, None, None, [[-1.0]]],  # ell1: sum |w| <= r
        [-sp.eye_array(n), None, None, None, None],
    ]
    data = {
        "A": sp.block_array(rows, format="csc"),
        "b": np.r_[np.ones(m), np.tile([0.0, 1, 0], 2 * m), np.zeros(n + 1)],
        "c": np.r_[np.zeros(n), np.full(m, 1 / m), np.zeros(2 * m), penalty],
    }
    return data, {"l": m, "ep": 2 * m, "ell1": [n]}


def path(margins: Array, planted: Array, count: int) -> Path:
    """Solve for penalties from the least that makes all weights zero downwards."""
    largest = np.abs(margins.mean(axis=0)).max() / 2
    penalties = largest * np.geomspace(1, 0.02, count)
    data, cone = model(margins, penalties[0])
    solver = scs.SCS(data, cone, **ACCURATE)
    results = []
    for penalty in penalties:
        data["c"][-1] = penalty
        solver.update(c=data["c"])
        results.append(solver.solve())
    weights = np.array([result.x[: margins.shape[1]] for result in results])
    return Path(margins, planted, penalties, weights, results)


def main() -> Path:
    """Find five relevant features among twenty."""
    found = path(*samples(), count=25)
    print("penalty   loss + penalty   features   iterations")
    rows = list(zip(found.penalties, found.weights, found.results, strict=True))
    for penalty, weights, result in rows[::4]:
        used = np.count_nonzero(np.abs(weights) > 1e-4)
        info = result.info
        print(f"{penalty:7.4f} {info.pobj:12.6f} {used:12d} {info.iter:12d}")
    return found


def draw(found: Path, figure: Figure) -> None:
    axes = figure.subplots()
    for k, weights in enumerate(found.weights.T):
        if found.planted[k] == 0:
            label = "irrelevant" if k == RELEVANT else None
            axes.plot(found.penalties, weights, color=picture.GREY, lw=0.8, label=label)
        else:
            colour = picture.COLOURS[k]
            label = f"planted at {found.planted[k]:g}"
            axes.plot(found.penalties, weights, color=colour, label=label)
    ticks = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005]
    axes.set(xscale="log", xlabel="penalty", ylabel="weight of a feature")
    axes.invert_xaxis()
    axes.set_xticks(ticks, labels=[f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)
    figure.legend(loc="outside right center")


if __name__ == "__main__":
    picture.run(main, draw)
