# SPDX-License-Identifier: MIT
"""Fitting in norms that make linear programs: l1, l-infinity, quantiles."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.standard_form import Builder, Program, blocks, sparse_normal


def least_deviations(rng: np.random.Generator, n: int) -> Program:
    """min |Ax - b|_1 with a tenth of the observations far off.

    Charnes, Cooper, Ferguson (1955), "Optimal estimation of executive compensation by
    linear programming".
    """
    m = 8 * n
    a = rng.standard_normal((m, n))
    noise = np.where(rng.uniform(size=m) < 0.1, 10.0, 0.1) * rng.standard_normal(m)
    b = a @ rng.standard_normal(n) + noise
    model = Builder(n + m)
    model.at_most(blocks([[a, -sp.eye_array(m)]]), b)
    model.at_most(blocks([[-a, -sp.eye_array(m)]]), -b)
    return model.build(np.r_[np.zeros(n), np.ones(m)])


def basis_pursuit(rng: np.random.Generator, m: int) -> Program:
    """The sparsest x of Ax = b by its l1 norm, four times as many unknowns.

    Chen, Donoho, Saunders (1998), "Atomic decomposition by basis pursuit".
    """
    n = 4 * m
    a = rng.standard_normal((m, n)) / np.sqrt(m)
    x = np.zeros(n)
    x[rng.choice(n, max(1, m // 6), replace=False)] = rng.standard_normal(
        max(1, m // 6)
    )
    eye, zero = sp.eye_array(n), sp.csr_array((m, n))
    model = Builder(2 * n)
    model.equal(blocks([[a, zero]]), a @ x)
    model.at_most(blocks([[eye, -eye], [-eye, -eye]]), 0.0)
    return model.build(np.r_[np.zeros(n), np.ones(n)])


def chebyshev(rng: np.random.Generator, degree: int) -> Program:
    """A function with kinks approximated in the largest error on a grid.

    Remez (1934) solves it otherwise; as a linear program, Stiefel (1959). Polynomials
    of Chebyshev, 8 points for each.
    """
    points = np.cos(np.pi * (np.arange(8 * degree) + 0.5) / (8 * degree))
    basis = np.polynomial.chebyshev.chebvander(points, degree)
    kinks = rng.uniform(-1, 1, 3)
    values = np.abs(points[:, None] - kinks) @ rng.uniform(0.5, 2, 3)
    ones = -np.ones((points.size, 1))
    model = Builder(degree + 2)
    model.at_most(blocks([[basis, ones]]), values)
    model.at_most(blocks([[-basis, ones]]), -values)
    return model.build(np.r_[np.zeros(degree + 1), 1.0])


def quantile(rng: np.random.Generator, n: int) -> Program:
    """The 0.9 quantile given sparse features, noise that grows with them.

    Koenker, Bassett (1978), "Regression quantiles".
    """
    m, level = 15 * n, 0.9
    a = abs(sparse_normal(rng, m, n, 0.3))
    noise = (0.1 + a.sum(axis=1)) * rng.standard_normal(m)
    eye = sp.eye_array(m)
    model = Builder(n + 2 * m)
    model.equal(blocks([[a, eye, -eye]]), a @ rng.uniform(0, 1, n) + noise)
    model.at_least(sp.hstack([sp.csr_array((2 * m, n)), sp.eye_array(2 * m)]), 0.0)
    return model.build(np.r_[np.zeros(n), np.full(m, level), np.full(m, 1 - level)])


FAMILIES = (
    Family("l1", least_deviations, 4, (15, 50, 100)),
    Family("pursuit", basis_pursuit, 6, (20, 60, 120)),
    Family("chebyshev", chebyshev, 4, (12, 40)),
    Family("quantile", quantile, 3, (10, 60, 120)),
)
