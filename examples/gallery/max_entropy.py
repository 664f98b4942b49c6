# SPDX-License-Identifier: MIT
"""What to expect of a die of which only the mean is known: the most uncertain answer.

Jaynes's die shows 4.5 on average instead of 3.5. Among all distributions with that mean
the one of largest entropy assumes nothing else; it is Boltzmann's, with probabilities
proportional to exp(-beta k), and beta is the multiplier of the mean. One solver goes
through all means, each being a number of b.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.optimize
import scipy.sparse as sp

import picture
import scs
from conic import ACCURATE, Array, Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FACES = np.arange(1.0, 7.0)
MEAN_ROW = 1


class Dice(NamedTuple):
    means: Array
    chances: Array  # a row for each mean
    entropies: Array
    betas: Array
    results: list[scs.Result]


def model(mean: float) -> Problem:
    """Maximise the sum of -p_k log p_k over distributions p with the given mean.

    Variables: p, t. An exponential cone holds (t_k, p_k, 1): t_k <= -p_k log p_k.
    """
    n = FACES.size
    one = sp.eye_array(n)
    first, second, _ = np.eye(3)[:, :, None]  # rows of an exponential cone
    blocks = [
        [np.vstack([np.ones(n), FACES]), None],  # z: sum p = 1, sum k p_k = mean
        [sp.kron(one, -second), sp.kron(one, -first)],
    ]
    data = {
        "A": sp.block_array(blocks, format="csc"),
        "b": np.r_[1, mean, np.tile([0.0, 0, 1], n)],
        "c": np.r_[np.zeros(n), -np.ones(n)],
    }
    return data, {"z": 2, "ep": n}


def boltzmann(mean: float) -> tuple[float, Array]:
    """Return beta and the distribution of this mean by a search for one root."""

    def chances(beta: float) -> Array:
        # Shifted by the fair mean, the exponents stay moderate on both sides.
        weights = np.exp(-beta * (FACES - FACES.mean()))
        return np.asarray(weights / weights.sum())

    beta = scipy.optimize.brentq(
        lambda beta: chances(beta) @ FACES - mean, -20, 20, xtol=1e-13
    )
    return float(beta), chances(beta)


def sweep(means: Array) -> Dice:
    """Find the distribution of each mean with one solver."""
    data, cone = model(means[0])
    solver = scs.SCS(data, cone, **ACCURATE)
    results = []
    for mean in means:
        data["b"][MEAN_ROW] = mean
        solver.update(b=data["b"])
        results.append(solver.solve())
    chances = np.array([result.x[: FACES.size] for result in results])
    entropies = np.array([-result.info.pobj for result in results])
    betas = np.array([result.y[MEAN_ROW] for result in results])
    return Dice(means, chances, entropies, betas, results)


def main() -> Dice:
    """Find the most uncertain dice of all means."""
    found = sweep(np.linspace(1.25, 5.75, 37))
    print("mean   entropy     beta   by root finding   iterations")
    for k in range(2, len(found.means), 8):
        known, _ = boltzmann(found.means[k])
        print(
            f"{found.means[k]:4.2f} {found.entropies[k]:9.6f} {found.betas[k]:8.5f}"
            f" {known:17.5f} {found.results[k].info.iter:12d}"
        )
    return found


def draw(found: Dice, figure: Figure) -> None:
    left, right = figure.subplots(1, 2)
    for mean, colour in (
        (2.5, picture.GREEN),
        (3.5, picture.GREY),
        (4.5, picture.BLUE),
    ):
        k = int(np.argmin(np.abs(found.means - mean)))
        left.plot(FACES, found.chances[k], "o", color=colour, label=f"mean {mean}")
        left.plot(FACES, boltzmann(mean)[1], color=colour, lw=0.9)
    left.set(xlabel="face", ylabel="probability", ylim=(0, None))
    left.set_title("dots: the solver; lines: Boltzmann's formula")
    left.legend()

    right.plot(found.means, found.entropies, color=picture.BLUE)
    for mean in (2.5, 4.5):  # the multiplier is the slope
        k = int(np.argmin(np.abs(found.means - mean)))
        reach = np.array([-0.8, 0.8])
        tangent = found.entropies[k] + found.betas[k] * reach
        right.plot(mean + reach, tangent, color=picture.ORANGE)
    right.text(4.5, 1.72, " slope beta", color=picture.ORANGE)
    right.set(xlabel="mean", ylabel="entropy (nats)", ylim=(0.5, 1.95))


if __name__ == "__main__":
    picture.run(main, draw)
