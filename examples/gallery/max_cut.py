# SPDX-License-Identifier: MIT
"""Maximum cut: a semidefinite bound, and a cut that is nearly as large.

Colour the nodes of a graph with two colours so that as many edges as possible join
different ones. Goemans and Williamson (Journal of the ACM 42, 1995) relax the colours
to unit vectors, which is a semidefinite program, and cut the vectors with a random
plane: on average that keeps at least 0.878 of the bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp

import picture
import scs
from conic import ACCURATE, Array, Problem, mat, place, vec

if TYPE_CHECKING:
    from matplotlib.figure import Figure

GUARANTEE = 0.8785  # below the least value of (angle / pi) / ((1 - cos angle) / 2)


class Cut(NamedTuple):
    points: Array
    adjacency: Array
    result: scs.Result
    cuts: Array  # the size of each cut that was tried
    colours: Array  # of the largest, +1 or -1 for each node


def town(side: int, seed: int) -> tuple[Array, Array]:
    """Return the crossings of an uneven grid, and which of them are near neighbours."""
    grid = np.argwhere(np.ones((side, side)))
    points = grid + np.random.default_rng(seed).uniform(0, 0.7, grid.shape)
    distance = np.linalg.norm(points[:, None] - points, axis=2)
    return points, np.where((distance > 0) & (distance < 1.6), 1.0, 0.0)


def laplacian(adjacency: Array) -> Array:
    """Return L, for which x'Lx / 4 is the size of the cut with colours x = +-1."""
    return np.asarray(np.diag(adjacency.sum(axis=1)) - adjacency)


def model(adjacency: Array) -> Problem:
    """Minimise the sum of u subject to diag(u) - L/4 being positive semidefinite.

    The multiplier is the Gram matrix of the unit vectors that replace the colours.
    """
    n = len(adjacency)
    diagonal = [place(i, i, n) for i in range(n)]
    shape = (n * (n + 1) // 2, n)
    a = sp.csc_array((-np.ones(n), (diagonal, np.arange(n))), shape=shape)
    return {"A": a, "b": -vec(laplacian(adjacency) / 4), "c": np.ones(n)}, {"s": [n]}


def round_vectors(gram: Array, planes: int, seed: int) -> Array:
    """Return colours, one column for each random plane through the origin."""
    values, vectors = np.linalg.eigh(gram)
    unit = vectors * np.sqrt(values.clip(0))
    normals = np.random.default_rng(seed).standard_normal((len(gram), planes))
    return np.where(unit @ normals >= 0, 1.0, -1.0)


def main() -> Cut:
    """Cut a graph of sixty-four nodes."""
    points, adjacency = town(8, seed=7)
    result = scs.solve(*model(adjacency), **ACCURATE)
    tried = round_vectors(mat(result.y, len(points)), planes=1000, seed=0)
    cuts = np.sum(tried * (laplacian(adjacency) @ tried), axis=0) / 4
    best = int(cuts.argmax())
    bound = result.info.pobj
    print(f"{len(points)} nodes, {adjacency.sum() / 2:.0f} edges")
    print(f"no cut has more than {bound:.3f} edges, so {np.floor(bound):.0f}")
    print(f"random planes cut {cuts.mean():.1f} on average, {cuts.max():.0f} at best")
    print(f"that is {cuts.max() / bound:.3f} of the bound; {GUARANTEE} is promised")
    return Cut(points, adjacency, result, cuts, tried[:, best])


def draw(found: Cut, figure: Figure) -> None:
    left, right = figure.subplots(1, 2, width_ratios=(1, 1.25))

    edges = np.argwhere(np.triu(found.adjacency))
    across = found.colours[edges[:, 0]] != found.colours[edges[:, 1]]
    for chosen, style in (
        (across, {"color": picture.GREY, "lw": 0.8}),
        (~across, {"color": picture.RED}),
    ):
        # One line for all, lifted between the edges.
        ends = found.points[edges[chosen]]
        lifted = np.concatenate([ends, np.full_like(ends[:, :1], np.nan)], axis=1)
        left.plot(*lifted.reshape(-1, 2).T, zorder=1, **style)
    shades = [picture.BLUE if side > 0 else picture.ORANGE for side in found.colours]
    left.scatter(*found.points.T, 22, shades, zorder=2)
    left.set_aspect("equal")
    left.set_axis_off()
    left.set_title("the best cut; edges not cut in red")

    bound = found.result.info.pobj
    sizes, counts = np.unique(found.cuts, return_counts=True)
    right.bar(sizes, counts, color=picture.BLUE)
    marks = {"bound": bound, "guarantee\nfor the mean": GUARANTEE * bound}
    for text, value in marks.items():
        right.axvline(value, color=picture.ORANGE)
        right.text(
            value - 0.4, counts.max(), text, ha="right", va="top", color=picture.ORANGE
        )
    right.set(xlabel="edges cut", ylabel="planes (of 1000)")
    right.set(xlim=(np.floor(GUARANTEE * bound) - 9, np.ceil(bound) + 1))


if __name__ == "__main__":
    picture.run(main, draw)
