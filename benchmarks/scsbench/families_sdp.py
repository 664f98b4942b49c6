# SPDX-License-Identifier: MIT
"""Semidefinite programs of graphs and of matrices that are partly known.

An unknown X is the vector of its lower triangle, see `standard_form`.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.problems import FloatArray, IntArray
from scsbench.standard_form import (
    Builder,
    Program,
    blocks,
    selector,
    symmetric_entries,
    triangle,
    vector_of,
)


def _in_cone(model: Builder, order: int, first: int = 0) -> None:
    """Require that unknowns from ``first`` on are a semidefinite matrix."""
    places = first + np.arange(triangle(order))
    model.semidefinite(-selector(model.variables, places), 0.0, order)


def _edges(
    rng: np.random.Generator, nodes: int, degree: float
) -> tuple[IntArray, IntArray]:
    i, j = np.tril_indices(nodes, -1)
    kept = rng.uniform(size=i.size) < degree / nodes
    kept |= i == j + 1  # a path, so that it is connected
    return i[kept], j[kept]


def max_cut(rng: np.random.Generator, nodes: int) -> Program:
    """The relaxation of the largest cut of a graph with weights.

    Goemans, Williamson (1995), "Improved approximation algorithms for maximum cut and
    satisfiability problems using semidefinite programming".
    """
    i, j = _edges(rng, nodes, 8)
    weights = np.zeros((nodes, nodes))
    weights[i, j] = rng.uniform(0, 2, i.size)
    weights += weights.T
    laplacian = np.diag(weights.sum(0)) - weights
    model = Builder(triangle(nodes))
    every = np.arange(nodes)
    model.equal(symmetric_entries(nodes, every, every, 1.0), 1.0)
    _in_cone(model, nodes)
    return model.build(-0.25 * vector_of(laplacian))


def theta(rng: np.random.Generator, nodes: int) -> Program:
    """Lovasz (1979), "On the Shannon capacity of a graph": max <1, X>, trace 1."""
    i, j = _edges(rng, nodes, 0.2 * nodes)
    model = Builder(triangle(nodes))
    model.equal(vector_of(np.eye(nodes))[None, :], 1.0)
    model.equal(symmetric_entries(nodes, i, j, 1.0), 0.0)
    _in_cone(model, nodes)
    return model.build(-vector_of(np.ones((nodes, nodes))))


def completion(rng: np.random.Generator, rows: int) -> Program:
    """The matrix of least nuclear norm with given entries, of rank 2.

    Candes, Recht (2009), "Exact matrix completion via convex optimization"; the norm is
    half the trace of [W X; X' V].
    """
    columns = rows // 2 + 1
    matrix = rng.standard_normal((rows, 2)) @ rng.standard_normal((2, columns))
    known = rng.uniform(size=matrix.shape) < min(
        0.9, 6 * (rows + columns) / matrix.size
    )
    i, j = np.nonzero(known)
    order = rows + columns
    model = Builder(triangle(order))
    model.equal(2 * symmetric_entries(order, i, rows + j, 0.5), matrix[i, j])
    _in_cone(model, order)
    return model.build(0.5 * vector_of(np.eye(order)))


def robust_pca(rng: np.random.Generator, rows: int) -> Program:
    """A matrix taken apart into one of low rank and a sparse one.

    Candes, Li, Ma, Wright (2011), "Robust principal component analysis?"; one of the
    examples of O'Donoghue et al. (2016).
    """
    columns = rows // 2 + 1
    low = rng.standard_normal((rows, 2)) @ rng.standard_normal((2, columns))
    hit = rng.uniform(size=low.shape) < 0.1
    matrix = low + np.where(hit, rng.uniform(-10, 10, low.shape), 0.0)
    i, j = (index.ravel() for index in np.indices(low.shape))
    order, size = rows + columns, low.size
    vectors = triangle(order)
    model = Builder(vectors + 2 * size)  # [W L; L' V], S and its absolute value
    eye, none = sp.eye_array(size), sp.csr_array((size, size))
    wide = sp.csr_array((size, vectors))
    entries = 2 * symmetric_entries(order, i, rows + j, 0.5)
    model.equal(blocks([[entries, eye, none]]), matrix.ravel())
    model.at_most(blocks([[wide, eye, -eye], [wide, -eye, -eye]]), 0.0)
    _in_cone(model, order)
    trace = 0.5 * vector_of(np.eye(order))
    weight = 1 / np.sqrt(rows)
    return model.build(np.r_[trace, np.zeros(size), np.full(size, weight)])


def correlation(rng: np.random.Generator, order: int) -> Program:
    """The correlation matrix nearest to a symmetric one: a quadratic objective.

    Higham (2002), "Computing the nearest correlation matrix - a problem from finance".
    """
    noise = np.triu(rng.normal(0, 0.5, (order, order)), 1)
    loads = rng.standard_normal((order, 3))
    base = loads @ loads.T
    deviation = np.sqrt(np.diag(base))
    target = np.clip(base / np.outer(deviation, deviation) + noise + noise.T, -1, 1)
    model = Builder(triangle(order))
    every = np.arange(order)
    model.equal(symmetric_entries(order, every, every, 1.0), 1.0)
    _in_cone(model, order)
    return model.build(-vector_of(target), sp.eye_array(triangle(order)))


def factor_analysis(rng: np.random.Generator, order: int) -> Program:
    """The largest diagonal that leaves a covariance semidefinite.

    Minimum trace factor analysis: Shapiro (1982), "Rank-reducibility of a symmetric
    matrix and sampling theory of minimum trace factor analysis".
    """
    loads = rng.standard_normal((order, max(1, order // 5)))
    covariance = loads @ loads.T + np.diag(rng.uniform(0.5, 2, order))
    model = Builder(order)
    every = np.arange(order)
    diagonal = symmetric_entries(order, every, every, 1.0).T
    model.semidefinite(diagonal, vector_of(covariance), order)
    model.at_least(sp.eye_array(order), 0.0)
    return model.build(-np.ones(order))


def low_rank(rng: np.random.Generator, order: int) -> Program:
    """A random program with complementary optima of ranks about sqrt(n) and n less it.

    Alizadeh, Haeberly, Overton (1997), "Complementarity and nondegeneracy in
    semidefinite programming": below the ranks that their count allows.
    """
    rank, rows = max(1, round(np.sqrt(order))), 2 * order
    axes = np.linalg.qr(rng.standard_normal((order, order)))[0]
    x = axes[:, :rank] * rng.uniform(0.5, 2, rank) @ axes[:, :rank].T
    slack = axes[:, rank:] * rng.uniform(0.5, 2, order - rank) @ axes[:, rank:].T
    count = 4 * rows
    i, j = rng.integers(0, order, (2, count))
    entries = symmetric_entries(order, i, j, rng.standard_normal(count))
    a = sp.kron(sp.eye_array(rows), np.ones((1, 4))) @ entries
    model = Builder(triangle(order))
    model.equal(a, a @ vector_of(x))
    _in_cone(model, order)
    return model.build(vector_of(slack) + a.T @ rng.standard_normal(rows))


def band(rng: np.random.Generator, blocks_: int) -> Program:
    """A matrix with a band, in overlapping blocks of order 8: max-cut of a long strip.

    Fukuda, Kojima, Murota, Nakata (2001), "Exploiting sparsity in semidefinite
    programming via matrix completion I".
    """
    order, step = 8, 5
    nodes = order + step * (blocks_ - 1)
    i, j = np.tril_indices(nodes)
    inside = np.zeros(i.size, dtype=bool)
    for k in range(blocks_):
        inside |= (j >= step * k) & (i < step * k + order)
    i, j = i[inside], j[inside]
    at: FloatArray = np.full((nodes, nodes), -1.0)
    at[i, j] = np.arange(i.size)
    model = Builder(i.size)
    model.equal(selector(i.size, np.nonzero(i == j)[0]), 1.0)
    column, row = np.triu_indices(order)
    roots = np.where(row == column, 1.0, np.sqrt(2.0))
    for k in range(blocks_):
        entries = selector(i.size, at[step * k + row, step * k + column])
        model.semidefinite(-sp.diags_array(roots) @ entries, 0.0, order)
    return model.build(np.where(i == j, 0.0, rng.standard_normal(i.size)))


def phase(rng: np.random.Generator, count: int) -> Program:
    """Phases of measurements of which only the sizes are known, complex Hermitian.

    Waldspurger, d'Aspremont, Mallat (2015), "Phase recovery, MaxCut and complex
    semidefinite programming".
    """
    unknown = max(1, count // 4)
    a = rng.standard_normal((count, unknown)) + 1j * rng.standard_normal(
        (count, unknown)
    )
    signal = rng.standard_normal(unknown) + 1j * rng.standard_normal(unknown)
    sizes = np.abs(a @ signal) * (1 + 0.05 * rng.standard_normal(count))
    left = sizes[:, None] * (np.eye(count) - a @ np.linalg.pinv(a)) * sizes
    # columns of the lower triangle: the diagonal, then real and imaginary in turn
    entries: list[float] = []
    diagonal: list[int] = []
    for k in range(count):
        diagonal.append(len(entries))
        entries.append(float(left[k, k].real))
        below = np.sqrt(2.0) * left[k + 1 :, k]
        entries += np.c_[below.real, below.imag].ravel().tolist()
    model = Builder(count * count)
    model.equal(selector(count * count, diagonal), 1.0)
    model.hermitian(-sp.eye_array(count * count), 0.0, count)
    return model.build(np.array(entries))


FAMILIES = (
    Family("max_cut", max_cut, 5, (20, 60, 120, 250)),
    Family("theta", theta, 5, (15, 40, 70, 110)),
    Family("completion", completion, 4, (12, 40, 70)),
    Family("robust_pca", robust_pca, 4, (10, 30, 50, 90)),
    Family("correlation", correlation, 4, (20, 60, 120)),
    Family("factor_analysis", factor_analysis, 5, (20, 60, 120)),
    Family("low_rank", low_rank, 5, (15, 40, 80, 150)),
    Family("band", band, 2, (10, 60, 200)),
    Family("phase", phase, 4, (15, 50)),
)
