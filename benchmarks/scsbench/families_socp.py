# SPDX-License-Identifier: MIT
"""Programs of second-order cones: norms as objectives, penalties and margins.

"Lobo" below is Lobo, Vandenberghe, Boyd, Lebret (1998), "Applications of second-order
cone programming".
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy.sparse as sp
import scipy.spatial

from scsbench.family import Family
from scsbench.problems import FloatArray, IntArray
from scsbench.standard_form import (
    Builder,
    Program,
    Sparse,
    blocks,
    interleave,
    selector,
    sparse_normal,
)


def portfolio(rng: np.random.Generator, factors: int) -> Program:
    """A factor model of the risk, its squares written as cones.

    As in O'Donoghue et al. (2016): 100 assets a factor, ||D^(1/2) x||^2 <= t and
    ||F'x||^2 <= s, two large cones.
    """
    n = 100 * factors
    loads = sparse_normal(rng, n, factors, 0.3)
    own = sp.diags_array(np.sqrt(rng.uniform(0, 2, n)))
    model = Builder(n + 2)
    pad = sp.csr_array((1, 2))
    model.equal(blocks([[np.ones((1, n)), pad]]), 1.0)
    model.at_least(sp.eye_array(n, n + 2), 0.0)
    for at, root in ((n, own), (n + 1, loads.T)):
        _square_at_most(model, sp.csr_array(root), selector(n + 2, at))
    returns = rng.lognormal(0, 0.3, n)
    return model.build(np.r_[-returns, 1.0, 1.0])


def _square_at_most(model: Builder, root: Sparse, t: Sparse) -> None:
    """Require |root x|^2 <= t of first unknowns x: |(2 root x, 1 - t)| <= 1 + t."""
    rows, columns = root.shape
    twice = 2.0 * blocks([[root, sp.csr_array((rows, model.variables - columns))]])
    a = sp.vstack([-t, t, -twice])
    model.second_order(a, np.r_[1.0, 1.0, np.zeros(rows)], [rows + 2])


def robust_lp(rng: np.random.Generator, n: int) -> Program:
    """A linear program whose rows are known up to ellipsoids (Lobo, section 2.6)."""
    m, rank = 3 * n, 5
    nominal = rng.standard_normal((m, n))
    room = rng.uniform(0.1, 1, m)
    inside = rng.standard_normal(n) / np.sqrt(n)
    shapes = rng.normal(0, 0.2, (m, rank, n)) * (rng.uniform(size=(m, rank, n)) < 0.3)
    margins = np.linalg.norm(shapes @ inside, axis=1)
    b = nominal @ inside + margins + room
    model = Builder(n)
    rows = np.concatenate([nominal[:, None, :], shapes], axis=1).reshape(-1, n)
    right = np.concatenate([b[:, None], np.zeros((m, rank))], axis=1).ravel()
    model.second_order(sp.csr_array(rows), right, [rank + 1] * m)
    # bounded: the objective is a positive combination of the rows
    return model.build(-nominal.T @ rng.uniform(0, 1, m))


def group_lasso(rng: np.random.Generator, groups: int) -> Program:
    """Least squares with groups of ten features in or out together.

    Yuan, Lin (2006), "Model selection and estimation in regression with grouped
    variables".
    """
    size, n, m = 10, 10 * groups, 15 * groups
    a = rng.standard_normal((m, n))
    truth = np.repeat(rng.uniform(size=groups) < 0.2, size) * rng.standard_normal(n)
    b = a @ truth + rng.standard_normal(m)
    weight = 0.1 * float(np.max(np.linalg.norm((a.T @ b).reshape(-1, size), axis=1)))
    model = Builder(n + m + groups)
    model.equal(blocks([[a, -sp.eye_array(m), sp.csr_array((m, groups))]]), b)
    parts = [(-selector(model.variables, n + m + np.arange(groups)), 0.0)]
    parts += [
        (-selector(model.variables, size * np.arange(groups) + k), 0.0)
        for k in range(size)
    ]
    model.second_order(*interleave(parts), [size + 1] * groups)
    squares = sp.diags_array(np.r_[np.zeros(n), np.ones(m), np.zeros(groups)])
    return model.build(np.r_[np.zeros(n + m), np.full(groups, weight)], squares)


def root_lasso(rng: np.random.Generator, n: int) -> Program:
    """min ||Ax - b|| + weight |x|_1: one cone over all observations.

    Belloni, Chernozhukov, Wang (2011), "Square-root lasso".
    """
    m = 4 * n
    a = sparse_normal(rng, m, n, 0.2)
    truth = np.where(rng.uniform(size=n) < 0.1, rng.standard_normal(n), 0.0)
    b = a @ truth + 0.5 * rng.standard_normal(m)
    eye = sp.eye_array(n)
    model = Builder(2 * n + 1)
    model.at_most(blocks([[eye, -eye, sp.csr_array((n, 1))]]), 0.0)
    model.at_most(blocks([[-eye, -eye, sp.csr_array((n, 1))]]), 0.0)
    residual = blocks([[a, sp.csr_array((m, n + 1))]])
    model.second_order(
        sp.vstack([-selector(2 * n + 1, 2 * n), residual]), np.r_[0.0, b], [m + 1]
    )
    return model.build(np.r_[np.zeros(n), np.full(n, 0.6), 1.0])


def _distances(
    model: Builder, first: int, ends: list[tuple[Sparse, FloatArray]]
) -> None:
    """Require ||(A_k x - b_k)_i|| <= unknown ``first + i``; ends are by coordinate."""
    count = ends[0][0].shape[0]
    bounds = -selector(model.variables, first + np.arange(count))
    model.second_order(*interleave([(bounds, 0.0), *ends]), [len(ends) + 1] * count)


def facilities(rng: np.random.Generator, count: int) -> Program:
    """Places of new facilities with weighted distances to old ones and to each other.

    The Fermat-Weber problem with several facilities: Xue, Ye (1997), "An efficient
    algorithm for minimizing a sum of Euclidean norms with applications".
    """
    old = rng.uniform(0, 10, (4 * count, 2))
    new, other = np.nonzero(rng.uniform(size=(count, len(old))) < 0.3)
    left, right = np.triu_indices(count, 1)
    near = rng.uniform(size=left.size) < 0.3
    left, right = left[near], right[near]
    arcs = new.size + left.size
    model = Builder(2 * count + arcs)
    ends = []
    for k in range(2):
        to_old = selector(model.variables, 2 * new + k)
        between = selector(model.variables, 2 * left + k)
        between = between - selector(model.variables, 2 * right + k)
        fixed = np.r_[old[other, k], np.zeros(left.size)]
        ends.append((sp.vstack([to_old, between]), fixed))
    _distances(model, 2 * count, ends)
    return model.build(np.r_[np.zeros(2 * count), rng.uniform(0.1, 1, arcs)])


def clusters(rng: np.random.Generator, count: int) -> Program:
    """Points drawn together by a sum of norms over pairs of neighbours.

    Hocking, Joulin, Bach, Vert (2011), "Clusterpath: an algorithm for clustering using
    convex fusion penalties".
    """
    points = rng.standard_normal((count, 3)) + 3 * rng.integers(0, 3, (count, 1))
    left, right = _neighbours(points, min(5, count - 1))
    model = Builder(3 * count + left.size)
    ends = [
        (
            selector(model.variables, 3 * left + k)
            - selector(model.variables, 3 * right + k),
            np.zeros(left.size),
        )
        for k in range(3)
    ]
    _distances(model, 3 * count, ends)
    gaps = np.linalg.norm(points[left] - points[right], axis=1)
    squares = sp.diags_array(np.r_[np.ones(3 * count), np.zeros(left.size)])
    return model.build(np.r_[-points.ravel(), 0.6 * np.exp(-0.5 * gaps**2)], squares)


def _neighbours(points: FloatArray, count: int) -> tuple[IntArray, IntArray]:
    tree: Any = scipy.spatial.KDTree(points)
    found = tree.query(points, count + 1)[1][:, 1:]
    pairs = np.sort(
        np.c_[np.repeat(np.arange(len(points)), count), found.ravel()], axis=1
    )
    pairs = np.unique(pairs, axis=0)
    return pairs[:, 0], pairs[:, 1]


def ball(rng: np.random.Generator, count: int) -> Program:
    """The smallest ball around balls, in ten dimensions.

    Kumar, Mitchell, Yildirim (2003), "Approximate minimum enclosing balls in high
    dimensions using core-sets".
    """
    dimension = 10
    centres = rng.standard_normal((count, dimension)) * rng.uniform(0.1, 3, dimension)
    radii = rng.uniform(0, 1, count)
    model = Builder(dimension + 1)
    every = sp.csr_array(np.ones((count, 1)))
    parts = [(-every @ selector(dimension + 1, dimension), -radii)]
    parts += [
        (every @ selector(dimension + 1, k), centres[:, k]) for k in range(dimension)
    ]
    model.second_order(*interleave(parts), [dimension + 1] * count)
    return model.build(np.r_[np.zeros(dimension), 1.0])


def image(rng: np.random.Generator, side: int) -> Program:
    """A noisy picture with sharp edges, by its total variation.

    Rudin, Osher, Fatemi (1992), "Nonlinear total variation based noise removal
    algorithms"; a cone of three rows for each pixel.
    """
    y, x = np.mgrid[:side, :side] / side
    picture = (np.hypot(x - 0.4, y - 0.5) < 0.3) + 0.5 * (x + y > 1.2)
    noisy = (picture + 0.2 * rng.standard_normal((side, side))).ravel()
    step = sp.diags_array([-1.0, 1.0], offsets=[0, 1], shape=(side - 1, side))
    step = sp.vstack([step, sp.csr_array((1, side))])
    eye, pixels = sp.eye_array(side), side * side
    wide = sp.csr_array((pixels, pixels))
    model = Builder(2 * pixels)
    across, down = sp.kron(eye, step), sp.kron(step, eye)
    ends = [(blocks([[d, wide]]), np.zeros(pixels)) for d in (across, down)]
    _distances(model, pixels, ends)
    squares = sp.diags_array(np.r_[np.ones(pixels), np.zeros(pixels)])
    return model.build(np.r_[-noisy, np.full(pixels, 0.25)], squares)


def antenna(rng: np.random.Generator, elements: int) -> Program:
    """Weights of antennas at random places with the least side lobes.

    Lebret, Boyd (1997), "Antenna array pattern synthesis via convex optimization".
    """
    places = np.sort(rng.uniform(0, elements / 2, elements))
    aside = np.linspace(0, 86, 4 * elements)
    angles = np.deg2rad(np.r_[aside, 180 - aside])
    waves = np.exp(2j * np.pi * np.outer(np.cos(angles), places))
    model = Builder(2 * elements + 1)
    ahead = np.exp(2j * np.pi * np.cos(np.pi / 2) * places)
    model.equal(
        np.r_[
            "0,2", np.r_[ahead.real, -ahead.imag, 0], np.r_[ahead.imag, ahead.real, 0]
        ],
        np.array([1.0, 0.0]),
    )
    none = np.zeros((angles.size, 1))
    level = sp.csr_array(
        np.c_[np.zeros((angles.size, 2 * elements)), -np.ones(angles.size)]
    )
    real = sp.csr_array(np.c_[waves.real, -waves.imag, none])
    imaginary = sp.csr_array(np.c_[waves.imag, waves.real, none])
    parts = [(level, 0.0), (real, 0.0), (imaginary, 0.0)]
    model.second_order(*interleave(parts), [3] * angles.size)
    return model.build(np.r_[np.zeros(2 * elements), 1.0])


FAMILIES = (
    Family("portfolio", portfolio, 1, (3, 10, 30)),
    Family("robust_lp", robust_lp, 4, (10, 40, 80)),
    Family("group_lasso", group_lasso, 3, (5, 15, 40)),
    Family("root_lasso", root_lasso, 5, (30, 150, 400)),
    Family("facilities", facilities, 3, (5, 20, 50)),
    Family("clusters", clusters, 8, (40, 300, 1500)),
    Family("ball", ball, 6, (50, 1000)),
    Family("image", image, 4, (12, 32, 64, 128)),
    Family("antenna", antenna, 5, (10, 25, 50)),
)
