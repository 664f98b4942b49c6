# SPDX-License-Identifier: MIT
"""The Lovasz number of a graph, between two numbers that are hard to find.

It is at least the size of the largest set of nodes without an edge inside, and at
most the number of cliques that cover the graph. Lovasz (IEEE Transactions on
Information Theory 25, 1979) found with it the capacity of the five-cycle, sqrt(5), by
an umbrella of five vectors: the semidefinite program's multiplier holds it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.sparse as sp

import picture
import scs
from conic import ACCURATE, Array, Problem, mat, place, vec

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Edges = list[tuple[int, int]]


class Theta(NamedTuple):
    cycles: dict[int, scs.Result]  # by the number of nodes
    petersen: scs.Result
    ribs: Array  # of the umbrella, one column each; the last coordinate is the handle


def cycle(n: int) -> Edges:
    return [(i, (i + 1) % n) for i in range(n)]


def petersen() -> Edges:
    """Return the graph whose nodes are the pairs out of five, joined if disjoint."""
    pairs = list(combinations(range(5), 2))
    return [
        (i, j)
        for i, j in combinations(range(10), 2)
        if not set(pairs[i]) & set(pairs[j])
    ]


def model(n: int, edges: Edges) -> Problem:
    """Minimise t subject to t I + Y - J being positive semidefinite.

    J is all ones, Y any symmetric matrix that is zero except on the edges. The
    multiplier X has trace 1, is zero on the edges, and its entries add up to theta.
    """
    rows = [place(i, i, n) for i in range(n)] + [place(i, j, n) for i, j in edges]
    columns = [0] * n + list(range(1, 1 + len(edges)))
    entries = np.repeat([-1, -np.sqrt(2)], [n, len(edges)])
    shape = (n * (n + 1) // 2, 1 + len(edges))
    a = sp.csc_array((entries, (rows, columns)), shape=shape)
    c = np.zeros(1 + len(edges))
    c[0] = 1
    return {"A": a, "b": -vec(np.ones((n, n))), "c": c}, {"s": [n]}


def umbrella(x: Array) -> Array:
    """Return unit vectors with the Gram matrix X, up to lengths, around an axis."""
    values, vectors = np.linalg.eigh(x)
    ribs = (vectors * np.sqrt(values.clip(0))).T[-3:]
    ribs /= np.linalg.norm(ribs, axis=0)
    handle = ribs.sum(axis=1)
    # The columns of Q are an orthonormal frame that begins with the handle.
    turn, _ = np.linalg.qr(np.column_stack([handle, np.eye(3)]))
    upright = turn.T[[1, 2, 0]] @ ribs
    return np.asarray(upright * np.sign(upright[2, 0]))


def main() -> Theta:
    """Find theta of odd cycles and of Petersen's graph."""
    cycles = {n: scs.solve(*model(n, cycle(n)), **ACCURATE) for n in range(5, 17, 2)}
    other = scs.solve(*model(10, petersen()), **ACCURATE)
    print("graph           theta       known")
    for n, result in cycles.items():
        known = n * np.cos(np.pi / n) / (1 + np.cos(np.pi / n))
        print(f"{n:2d}-cycle    {result.info.pobj:9.6f}   {known:9.6f}")
    print(f"Petersen    {other.info.pobj:9.6f}   {4:9.6f}")
    return Theta(cycles, other, umbrella(mat(cycles[5].y, 5)))


def draw(found: Theta, figure: Figure) -> None:
    left = figure.add_subplot(1, 2, 1, projection="3d")
    ribs = found.ribs * [[1], [1], [-1]]  # an umbrella is held from below
    for rib in ribs.T:
        left.plot(*np.outer(rib, [0, 1]), color=picture.BLUE, lw=2)
    # Neighbours in the cycle are at right angles; the rim joins the others.
    left.plot(*ribs[:, [0, 2, 4, 1, 3, 0]], color=picture.ORANGE)
    left.plot([0, 0], [0, 0], [0, -1.3], color=picture.GREY)
    left.view_init(20, 20)
    left.set_axis_off()
    left.set_box_aspect((1.5, 1.5, 1.3), zoom=1.5)
    left.set_title("the umbrella of the five-cycle")

    right = figure.add_subplot(1, 2, 2)
    nodes = np.array(list(found.cycles))
    right.plot(
        nodes, (nodes + 1) / 2, "v:", color=picture.GREY, label="cliques to cover"
    )
    theta = [result.info.pobj for result in found.cycles.values()]
    right.plot(nodes, theta, "o-", color=picture.BLUE, label="theta")
    right.plot(
        nodes, (nodes - 1) / 2, "^:", color=picture.GREY, label="independent nodes"
    )
    right.set(xlabel="nodes of the cycle", ylabel="number", xticks=nodes)
    right.legend()


if __name__ == "__main__":
    picture.run(main, draw)
