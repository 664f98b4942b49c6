# SPDX-License-Identifier: MIT
"""Quadratic programs of statistics, finance and plain chance.

"OSQP" below is Stellato, Banjac, Goulart, Bemporad, Boyd (2020), "OSQP: an operator
splitting solver for quadratic programs", whose appendix A describes its problems; their
data matrices have 15 % of entries here as there. Sizes are smaller by as much as
the harness wants them faster.
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.standard_form import Builder, Program, Sparse, blocks, sparse_normal


def _data(rng: np.random.Generator, rows: int, columns: int) -> Sparse:
    """Return a random matrix; small ones are denser, to have no empty rows."""
    return sparse_normal(rng, rows, columns, min(1.0, max(0.15, 5 / columns)))


def _random_hessian(rng: np.random.Generator, n: int) -> Sparse:
    factor = _data(rng, n, n)
    return factor @ factor.T + 0.01 * sp.eye_array(n)


def random(rng: np.random.Generator, n: int) -> Program:
    """A random QP with 10 n two-sided rows, which are a box cone (OSQP, A.1)."""
    model = Builder(n)
    a = _data(rng, 10 * n, n)
    model.between(a, -rng.uniform(size=10 * n), rng.uniform(size=10 * n))
    return model.build(rng.standard_normal(n), _random_hessian(rng, n))


def equality(rng: np.random.Generator, n: int) -> Program:
    """A random QP with n / 2 equations: one linear system (OSQP, A.2)."""
    model = Builder(n)
    model.equal(_data(rng, n // 2, n), rng.standard_normal(n // 2))
    return model.build(rng.standard_normal(n), _random_hessian(rng, n))


def portfolio(rng: np.random.Generator, factors: int) -> Program:
    """Markowitz with a factor model of the risk, 50 assets a factor (OSQP, A.4)."""
    n = 50 * factors
    loads = sparse_normal(rng, n, factors, 0.5)
    model = Builder(n + factors)
    model.equal(blocks([[loads.T, -sp.eye_array(factors)]]), 0.0)
    model.equal(np.r_[np.ones(n), np.zeros(factors)][None, :], 1.0)
    model.at_least(sp.eye_array(n, n + factors), 0.0)
    risk = np.r_[rng.uniform(0, np.sqrt(factors), n), np.ones(factors)]
    returns = rng.standard_normal(n)
    return model.build(np.r_[-returns, np.zeros(factors)], sp.diags_array(2 * risk))


def lasso(rng: np.random.Generator, n: int) -> Program:
    """Least squares with an l1 term, 20 n observations, Tibshirani (OSQP, A.5)."""
    m = 20 * n
    a = _data(rng, m, n)
    truth = np.where(rng.uniform(size=n) < 0.5, rng.standard_normal(n), 0.0)
    b = a @ (truth / np.sqrt(n)) + rng.standard_normal(m)
    weight = 0.2 * float(np.max(np.abs(a.T @ b)))
    eye = sp.eye_array(n)
    model = Builder(n + m + n)  # x, residuals, bounds of |x|
    model.equal(blocks([[a, -sp.eye_array(m), sp.csr_array((m, n))]]), b)
    model.at_most(blocks([[eye, sp.csr_array((n, m)), -eye]]), 0.0)
    model.at_most(blocks([[-eye, sp.csr_array((n, m)), -eye]]), 0.0)
    squares = sp.diags_array(np.r_[np.zeros(n), np.full(m, 2.0), np.zeros(n)])
    return model.build(np.r_[np.zeros(n + m), np.full(n, weight)], squares)


def support_vectors(rng: np.random.Generator, n: int) -> Program:
    """The separation of two clouds of 10 n points, Cortes and Vapnik (OSQP, A.7)."""
    m = 20 * n
    labels = np.r_[np.ones(m // 2), -np.ones(m - m // 2)]
    a = _data(rng, m, n)
    a = a / np.sqrt(n) + a.astype(bool) * (labels / n)[:, None]
    model = Builder(n + m)
    model.at_most(blocks([[sp.csr_array(labels[:, None] * a), -sp.eye_array(m)]]), -1.0)
    model.at_least(blocks([[sp.csr_array((m, n)), sp.eye_array(m)]]), 0.0)
    curvature = sp.diags_array(np.r_[np.ones(n), np.zeros(m)])
    return model.build(np.r_[np.zeros(n), np.ones(m)], curvature)


def huber(rng: np.random.Generator, n: int) -> Program:
    """Regression with outliers, 20 n observations, Huber (OSQP, A.6)."""
    m = 20 * n
    a = _data(rng, m, n)
    outlier = rng.uniform(size=m) > 0.95
    noise = np.where(outlier, rng.uniform(0, 10, m), rng.standard_normal(m) / 2)
    b = a @ (rng.standard_normal(n) / np.sqrt(n)) + noise
    eye = sp.eye_array(m)
    model = Builder(n + 3 * m)  # x, inner part, and both signs of the outer part
    model.equal(blocks([[a, -eye, -eye, eye]]), b)
    model.at_least(sp.hstack([sp.csr_array((2 * m, n + m)), sp.eye_array(2 * m)]), 0.0)
    squares = sp.diags_array(np.r_[np.zeros(n), np.full(m, 2.0), np.zeros(2 * m)])
    return model.build(np.r_[np.zeros(n + m), np.full(2 * m, 2.0)], squares)


def trend(rng: np.random.Generator, n: int) -> Program:
    """Trend of a noisy series by l1 of second differences.

    Kim, Koh, Boyd, Gorinevsky (2009), "l1 trend filtering".
    """
    turn = np.cumsum(rng.uniform(size=n) < 0.02)
    slopes = rng.uniform(-0.5, 0.5, turn[-1] + 1)[turn]
    series = np.cumsum(slopes) + rng.normal(0, 2.0, n)
    second = sp.diags_array([1.0, -2.0, 1.0], offsets=[0, 1, 2], shape=(n - 2, n))
    model = Builder(2 * n - 2)
    model.at_most(blocks([[second, -sp.eye_array(n - 2)]]), 0.0)
    model.at_most(blocks([[-second, -sp.eye_array(n - 2)]]), 0.0)
    squares = sp.diags_array(np.r_[np.ones(n), np.zeros(n - 2)])
    return model.build(np.r_[-series, np.full(n - 2, 50.0)], squares)


def isotonic(rng: np.random.Generator, n: int) -> Program:
    """The increasing series nearest to a noisy one, with weights.

    Barlow, Bartholomew, Bremner, Brunk (1972), "Statistical inference under order
    restrictions".
    """
    series = 10.0 * np.sort(rng.uniform(size=n)) ** 2 + rng.standard_normal(n)
    weights = rng.uniform(0.1, 2.0, n)
    model = Builder(n)
    steps = sp.diags_array([-1.0, 1.0], offsets=[0, 1], shape=(n - 1, n))
    model.at_least(steps, 0.0)
    return model.build(-weights * series, sp.diags_array(weights))


def units(rng: np.random.Generator, n: int) -> Program:
    """A random QP whose rows and unknowns are measured in very different units.

    The data of `random`, multiplied by 10^u, u uniform in [-2, 2], on both sides: as
    the sets of Maros and Meszaros (1999) are, which equilibration must undo.
    """
    rows, columns = (10.0 ** rng.uniform(-2, 2, size) for size in (3 * n, n))
    a = _data(rng, 3 * n, n)
    scaled = sp.diags_array(rows) @ a @ sp.diags_array(columns)
    model = Builder(n)
    model.at_most(scaled, rows * rng.uniform(size=3 * n))
    model.at_least(scaled, -rows * rng.uniform(size=3 * n))
    hessian = sp.diags_array(columns) @ _random_hessian(rng, n)
    return model.build(
        columns * rng.standard_normal(n), hessian @ sp.diags_array(columns)
    )


FAMILIES = (
    Family("random", random, 5, (20, 80, 250, 500)),
    Family("equality", equality, 6, (50, 300, 1000)),
    Family("portfolio", portfolio, 1, (4, 20, 60)),
    Family("lasso", lasso, 4, (10, 40, 100, 300)),
    Family("svm", support_vectors, 4, (10, 40, 100)),
    Family("huber", huber, 3, (10, 40, 100)),
    Family("trend", trend, 12, (300, 3000)),
    Family("isotonic", isotonic, 8, (500, 5000)),
    Family("units", units, 6, (30, 120, 400)),
)
