# SPDX-License-Identifier: MIT
"""Matrix inequalities of engineering and determinants of statistics."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.problems import FloatArray
from scsbench.standard_form import (
    Builder,
    Program,
    Sparse,
    blocks,
    place,
    selector,
    triangle,
    vector_of,
)


def _columns(matrices: list[FloatArray]) -> Sparse:
    return sp.csr_array(np.column_stack([vector_of(matrix) for matrix in matrices]))


def truss(rng: np.random.Generator, width: int) -> Program:
    """The stiffest truss of a given weight on a grid, fixed at one side.

    Ben-Tal, Nemirovski (1997), "Robust truss topology design via semidefinite
    programming": min g, [g f'; f K(t)] semidefinite, sum t <= 1.
    """
    nodes = [(x, y) for x in range(width) for y in range(3)]
    free = {node: k for k, node in enumerate(node for node in nodes if node[0] > 0)}
    order = 1 + 2 * len(free)
    bars = []
    for k, (x, y) in enumerate(nodes):
        for u, v in nodes[k + 1 :]:
            reach = max(abs(u - x), abs(v - y))
            if reach > 2 or np.gcd(u - x, v - y) > 1 or (u == 0 and x == 0):
                continue
            length = np.hypot(u - x, v - y)
            bar = np.zeros(order)
            for end, node in ((1.0, (u, v)), (-1.0, (x, y))):
                if node in free:
                    at = 1 + 2 * free[node]
                    bar[at : at + 2] = end * np.array([u - x, v - y]) / length**2
            bars.append(np.outer(bar, bar))
    load = np.zeros(order)
    load[1 + 2 * free[(width - 1, 1)] + 1] = -1.0
    load[1:] += 0.05 * rng.standard_normal(order - 1)
    fixed = np.zeros((order, order))
    fixed[0], fixed[:, 0] = load, load
    corner = np.zeros((order, order))
    corner[0, 0] = 1.0
    model = Builder(1 + len(bars))
    model.semidefinite(-_columns([corner, *bars]), vector_of(fixed), order)
    model.at_least(sp.eye_array(len(bars), 1 + len(bars), k=1), 0.0)
    model.at_most(np.r_[0.0, np.ones(len(bars))][None, :], 1.0)
    return model.build(np.r_[1.0, np.zeros(len(bars))])


def mixing(rng: np.random.Generator, nodes: int) -> Program:
    """Weights on the edges of a graph for which a symmetric chain mixes fastest.

    Boyd, Diaconis, Xiao (2004), "Fastest mixing Markov chain on a graph".
    """
    i, j = np.tril_indices(nodes, -1)
    places = rng.uniform(size=(nodes, 2))
    close = np.linalg.norm(places[i] - places[j], axis=1) < 1.3 / np.sqrt(nodes)
    close |= i == j + 1
    i, j = i[close], j[close]
    moves = []
    for a, b in zip(i, j, strict=True):
        move = np.zeros((nodes, nodes))
        move[[a, b], [a, b]] = -1.0
        move[[a, b], [b, a]] = 1.0
        moves.append(move)
    eye, mean = np.eye(nodes), np.full((nodes, nodes), 1 / nodes)
    model = Builder(1 + i.size)
    steps = _columns([np.zeros((nodes, nodes)), *moves])
    bound = _columns([eye]) @ selector(model.variables, 0)
    model.semidefinite(steps - bound, vector_of(mean - eye), nodes)
    model.semidefinite(-steps - bound, vector_of(eye - mean), nodes)
    pairs = np.arange(i.size)
    ends = sp.csr_array(
        (np.ones(2 * i.size), (np.r_[i, j], np.r_[pairs, pairs])), shape=(nodes, i.size)
    )
    model.at_most(blocks([[sp.csr_array((nodes, 1)), ends]]), 1.0)
    model.at_least(sp.eye_array(i.size, 1 + i.size, k=1), 0.0)
    return model.build(np.r_[1.0, np.zeros(i.size)])


def lyapunov(rng: np.random.Generator, order: int) -> Program:
    """min trace P with A'P + PA + I below zero for four stable systems at once.

    Boyd, El Ghaoui, Feron, Balakrishnan (1994), "Linear matrix inequalities in system
    and control theory", section 5.1.
    """
    base = 0.5 * rng.standard_normal((order, order)) / np.sqrt(order)
    column, row = np.triu_indices(order)
    model = Builder(triangle(order))
    for _ in range(4):
        a = base + 0.1 * rng.standard_normal((order, order)) / np.sqrt(order)
        a -= (0.2 + np.linalg.eigvalsh(a + a.T)[-1] / 2) * np.eye(order)
        images = []
        for i, j in zip(row, column, strict=True):
            unit = np.zeros((order, order))
            unit[i, j] = unit[j, i] = 1.0 if i == j else np.sqrt(0.5)
            images.append(a.T @ unit + unit @ a)
        model.semidefinite(_columns(images), -vector_of(np.eye(order)), order)
    model.semidefinite(-sp.eye_array(model.variables), 0.0, order)
    return model.build(vector_of(np.eye(order)))


def _log_det(model: Builder, order: int, inner: Sparse, z: int, t: int) -> None:
    """Require sum t_i <= log det M, the vector of M being ``inner @ x``.

    [M Z; Z' diag(Z)] is semidefinite, Z lower triangular, and t_i <= log Z_ii: Ben-Tal,
    Nemirovski (2001), "Lectures on modern convex optimization", 4.2. The lower triangle
    of Z by columns are the unknowns from ``z`` on.
    """
    column, row = np.triu_indices(order)
    matrix = sp.csr_array((triangle(2 * order), model.variables))
    own = sp.csr_array(
        (np.ones(row.size), (place(2 * order, row, column), np.arange(row.size))),
        shape=(triangle(2 * order), row.size),
    )
    entries = selector(model.variables, z + np.arange(row.size))
    spread = sp.csr_array(
        (
            np.full(row.size, np.sqrt(2.0)),
            (place(2 * order, row, order + column), np.arange(row.size)),
        ),
        shape=own.shape,
    )
    diagonal = np.nonzero(row == column)[0]
    lower = sp.csr_array(
        (
            np.ones(order),
            (
                place(2 * order, order + np.arange(order), order + np.arange(order)),
                diagonal,
            ),
        ),
        shape=own.shape,
    )
    matrix = own @ sp.csr_array(inner) + (spread + lower) @ entries
    model.semidefinite(-matrix, 0.0, 2 * order)
    model.exponential(
        (-selector(model.variables, t + np.arange(order)), 0.0),
        (sp.csr_array((order, model.variables)), 1.0),
        (-selector(model.variables, z + diagonal), 0.0),
    )


def covariance(rng: np.random.Generator, order: int) -> Program:
    """A sparse inverse of a sample covariance, by l1 off the diagonal.

    Friedman, Hastie, Tibshirani (2008), "Sparse inverse covariance estimation with the
    graphical lasso".
    """
    factor = np.eye(order) + np.tril(rng.normal(0, 0.4, (order, order)), -1) * (
        rng.uniform(size=(order, order)) < 2 / order
    )
    samples = rng.standard_normal((3 * order, order)) @ np.linalg.inv(factor)
    sample = samples.T @ samples / len(samples)
    size = triangle(order)
    model = Builder(3 * size + order)  # S, |S|, Z, t
    eye, wide = sp.eye_array(size), sp.csr_array((size, size + order))
    model.at_most(blocks([[eye, -eye, wide], [-eye, -eye, wide]]), 0.0)
    _log_det(model, order, sp.eye_array(size, model.variables), 2 * size, 3 * size)
    away = vector_of(np.ones((order, order)) - np.eye(order))
    cost = [vector_of(sample), 0.1 * away, np.zeros(size), -np.ones(order)]
    return model.build(np.concatenate(cost))


def experiments(rng: np.random.Generator, order: int) -> Program:
    """Which experiments to make, for the largest determinant of the information.

    Vandenberghe, Boyd, Wu (1998), "Determinant maximization with linear matrix
    inequality constraints"; dual to the ellipsoid of least volume around points.
    """
    count = 8 * order
    tries = rng.standard_normal((count, order)) * rng.uniform(0.3, 2, order)
    size = triangle(order)
    model = Builder(count + size + order)
    model.equal(np.r_[np.ones(count), np.zeros(size + order)][None, :], 1.0)
    model.at_least(sp.eye_array(count, model.variables), 0.0)
    products = _columns([np.outer(row, row) for row in tries])
    inner = blocks([[products, sp.csr_array((size, size + order))]])
    _log_det(model, order, inner, count, count + size)
    return model.build(np.r_[np.zeros(count + size), -np.ones(order)])


FAMILIES = (
    Family("truss", truss, 2, (4, 8, 14)),
    Family("mixing", mixing, 5, (12, 30, 60)),
    Family("lyapunov", lyapunov, 2, (5, 10, 18)),
    Family("covariance", covariance, 3, (8, 20, 35)),
    Family("experiments", experiments, 3, (6, 15, 30)),
)
