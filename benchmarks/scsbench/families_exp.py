# SPDX-License-Identifier: MIT
"""Programs of exponential and power cones: likelihoods, entropies, utilities."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.problems import FloatArray
from scsbench.standard_form import Builder, Program, Sparse, blocks, selector


def _pick(model: Builder, first: int, count: int) -> Sparse:
    """Return the rows for which b - A x is the unknowns from ``first`` on."""
    return -selector(model.variables, first + np.arange(count))


def _none(model: Builder, count: int) -> Sparse:
    return sp.csr_array((count, model.variables))


def logistic(rng: np.random.Generator, n: int) -> Program:
    """Logistic regression with an l1 term, 10 n observations.

    O'Donoghue (2021), section 5, and Koh, Kim, Boyd (2007), "An interior-point method
    for large-scale l1-regularized logistic regression": log(1 + e^u) <= t is
    exp(u - t) + exp(-t) <= 1.
    """
    m = 10 * n
    a = rng.standard_normal((m, n)) * (rng.uniform(size=(m, n)) < 0.3)
    truth = np.where(rng.uniform(size=n) < 0.3, rng.standard_normal(n), 0.0)
    sign = np.where(a @ truth + 0.5 * rng.standard_normal(m) > 0, 1.0, -1.0)
    eye = sp.eye_array(n)
    model = Builder(2 * n + 3 * m)  # x, |x|, t, and the two exponentials
    wide = sp.csr_array((n, 3 * m))
    model.at_most(blocks([[eye, -eye, wide], [-eye, -eye, wide]]), 0.0)
    t, first, second = (2 * n + k * m for k in range(3))
    model.at_most(-_pick(model, first, m) - _pick(model, second, m), 1.0)
    shown = sp.hstack([sp.csr_array(sign[:, None] * a), sp.csr_array((m, n + 3 * m))])
    minus_t = -_pick(model, t, m)
    one = (_none(model, m), 1.0)
    model.exponential((shown + minus_t, 0.0), one, (_pick(model, first, m), 0.0))
    model.exponential((minus_t, 0.0), one, (_pick(model, second, m), 0.0))
    weight = 0.1 * float(np.max(np.abs(a.T @ sign))) / 2
    cost = np.r_[np.zeros(n), np.full(n, weight), np.ones(m), np.zeros(2 * m)]
    return model.build(cost)


def poisson(rng: np.random.Generator, n: int) -> Program:
    """Counts whose logarithm of the mean is linear, 15 n of them.

    Nelder, Wedderburn (1972), "Generalized linear models".
    """
    m = 15 * n
    a = np.c_[np.ones(m), rng.normal(0, 1 / np.sqrt(n), (m, n - 1))]
    counts = rng.poisson(np.exp(a @ np.r_[1.0, rng.standard_normal(n - 1)]))
    model = Builder(n + m)
    model.exponential(
        (blocks([[-a, sp.csr_array((m, m))]]), 0.0),
        (_none(model, m), 1.0),
        (_pick(model, n, m), 0.0),
    )
    return model.build(np.r_[-a.T @ counts, np.ones(m)])


def entropy(rng: np.random.Generator, n: int) -> Program:
    """The distribution of most entropy with given moments and bounds.

    Jaynes (1957), "Information theory and statistical mechanics".
    """
    moments = max(1, n // 10)
    points = np.linspace(-1, 1, n)
    features = np.cos(np.outer(np.arange(1, moments + 1), np.arccos(points)))
    true = rng.dirichlet(np.full(n, 0.5))
    model = Builder(2 * n)  # p and t <= -p log p
    wide = sp.csr_array((moments, n))
    model.equal(blocks([[np.ones((1, n)), sp.csr_array((1, n))]]), 1.0)
    model.at_most(
        blocks([[features, wide], [-features, wide]]),
        np.r_[features @ true + 0.01, 0.01 - features @ true],
    )
    p = (_pick(model, 0, n), 0.0)
    model.exponential((_pick(model, n, n), 0.0), p, (_none(model, n), 1.0))
    return model.build(np.r_[np.zeros(n), -np.ones(n)])


def geometric(rng: np.random.Generator, n: int) -> Program:
    """A geometric program: posynomials of four sparse monomials.

    Boyd, Kim, Vandenberghe, Hassibi (2007), "A tutorial on geometric programming". In
    logarithms, sum exp(a'y + b) <= 1.
    """
    terms, rows = 4, 2 * n
    count = terms * rows
    powers = rng.standard_normal((count, n)) * (rng.uniform(size=(count, n)) < 3 / n)
    inside = rng.standard_normal(n)
    # each posynomial is between 0.3 and 0.9 inside
    shares = rng.dirichlet(np.ones(terms), rows) * rng.uniform(0.3, 0.9, (rows, 1))
    logs = np.log(shares.ravel()) - powers @ inside
    model = Builder(n + count)
    sums = sp.kron(sp.eye_array(rows), np.ones((1, terms)))
    model.at_most(blocks([[sp.csr_array((rows, n)), sums]]), 1.0)
    model.exponential(
        (blocks([[-powers, sp.csr_array((count, count))]]), logs),
        (_none(model, count), 1.0),
        (_pick(model, n, count), 0.0),
    )
    model.at_most(sp.eye_array(n, n + count), inside + 5)
    model.at_least(sp.eye_array(n, n + count), inside - 5)
    return model.build(np.r_[rng.standard_normal(n), np.zeros(count)])


def kelly(rng: np.random.Generator, bets: int) -> Program:
    """Bets with the largest expected logarithm of the wealth.

    Kelly (1956), "A new interpretation of information rate"; Busseti, Ryu, Boyd (2016),
    "Risk-constrained Kelly gambling".
    """
    outcomes = 8 * bets
    returns = rng.lognormal(0, 0.4, (outcomes, bets)) + rng.normal(0, 0.05, bets)
    returns[:, -1] = 1.0  # what is not bet
    chance = rng.dirichlet(np.ones(outcomes))
    model = Builder(bets + outcomes)
    model.equal(np.r_[np.ones(bets), np.zeros(outcomes)][None, :], 1.0)
    model.at_least(sp.eye_array(bets, bets + outcomes), 0.0)
    wealth = blocks([[-returns, sp.csr_array((outcomes, outcomes))]])
    one = (_none(model, outcomes), 1.0)
    model.exponential((_pick(model, bets, outcomes), 0.0), one, (wealth, 0.0))
    return model.build(np.r_[np.zeros(bets), -chance])


def smooth_transport(rng: np.random.Generator, k: int) -> Program:
    """Transport of one distribution to another with an entropy term.

    Cuturi (2013), "Sinkhorn distances: lightspeed computation of optimal transport".
    """
    points = np.linspace(0, 1, k)
    cost = np.abs(points[:, None] - points[None, :]).ravel() ** 2
    left, right = rng.dirichlet(np.ones(k)), rng.dirichlet(np.ones(k))
    size = k * k
    model = Builder(2 * size)
    sums = sp.vstack(
        [
            sp.kron(sp.eye_array(k), np.ones((1, k))),
            sp.kron(np.ones((1, k)), sp.eye_array(k)),
        ]
    )
    # the last sum follows from the others
    model.equal(
        blocks([[sums.tocsr()[:-1], sp.csr_array((2 * k - 1, size))]]),
        np.r_[left, right][:-1],
    )
    p = (_pick(model, 0, size), 0.0)
    model.exponential((_pick(model, size, size), 0.0), p, (_none(model, size), 1.0))
    return model.build(np.r_[cost, np.full(size, -0.05)])


def p_norm(rng: np.random.Generator, n: int) -> Program:
    """Regression in the norm of order 1.5 to 6, by power cones.

    Gonin, Money (1989), "Nonlinear Lp-norm estimation"; the cones, |r_i| <= t_i^(1/p)
    t^(1-1/p) and sum t_i = t, are those of Chares (2009), "Cones and interior-point
    algorithms for structured convex optimization involving powers and exponentials".
    """
    m, order = 6 * n, float(rng.choice([1.5, 3.0, 6.0]))
    a = rng.standard_normal((m, n))
    b = a @ rng.standard_normal(n) + rng.standard_t(3, m)
    model = Builder(n + m + 1)
    model.equal(np.r_[np.zeros(n), np.ones(m), -1.0][None, :], 0.0)
    t = -np.ones((m, 1)) @ selector(model.variables, n + m)
    residual = blocks([[a, sp.csr_array((m, m + 1))]])
    model.power(
        (_pick(model, n, m), 0.0), (sp.csr_array(t), 0.0), (residual, b), 1 / order
    )
    return model.build(np.r_[np.zeros(n + m), 1.0])


def impact(rng: np.random.Generator, n: int) -> Program:
    """Trades whose cost grows with the power 3/2 of their size, the risk a large cone.

    Grinold, Kahn (1999), "Active portfolio management", chapter 16.
    """
    factors = max(2, n // 10)
    root = rng.standard_normal((factors, n)) * 0.1
    holdings = rng.dirichlet(np.ones(n))
    model = Builder(3 * n)  # new holdings, trades, their costs
    eye, wide = sp.eye_array(n), sp.csr_array((n, n))
    model.equal(blocks([[eye, -eye, wide]]), holdings)
    model.equal(np.r_[np.ones(n), np.zeros(2 * n)][None, :], 1.0)
    model.at_least(sp.eye_array(n, 3 * n), 0.0)
    # risk: no more than 0.9 of what it was
    bound = 0.9 * float(np.linalg.norm(np.r_[root @ holdings, 0.1 * holdings]))
    risk = np.r_[root, 0.1 * np.eye(n)]
    padded = sp.csr_array(
        np.c_[np.r_[np.zeros((1, n)), risk], np.zeros((n + factors + 1, 2 * n))]
    )
    model.second_order(padded, np.r_[bound, np.zeros(n + factors)], [n + factors + 1])
    one = (_none(model, n), 1.0)
    cost = (_pick(model, 2 * n, n), 0.0)
    model.power(cost, one, (_pick(model, n, n), 0.0), 2 / 3)
    return model.build(np.r_[-rng.normal(0.05, 0.1, n), np.zeros(n), np.full(n, 0.5)])


def budgets(rng: np.random.Generator, n: int) -> Program:
    """Consumers who share goods, each with a utility of Cobb and Douglas (1928).

    The product of powers is a chain of power cones; the utilities are added up with
    weights, as in Negishi (1960), "Welfare economics and existence of an equilibrium".
    """
    goods, people = 4, n
    shares: FloatArray = rng.dirichlet(np.full(goods, 2.0), people)
    model = Builder(people * (goods + goods - 1))  # what each gets, then the chain
    sums = sp.kron(np.ones((1, people)), sp.eye_array(goods))
    model.at_most(blocks([[sums, sp.csr_array((goods, people * (goods - 1)))]]), n / 2)
    model.at_least(sp.eye_array(goods * people, model.variables), 0.0)
    who = np.arange(people)
    before = goods * who
    so_far = shares[:, 0].copy()
    for k in range(1, goods):
        after = goods * people + (k - 1) * people + who
        total = so_far + shares[:, k]
        places = (before, goods * who + k, after)
        x, y, z = ((-selector(model.variables, rows), 0.0) for rows in places)
        model.power(x, y, z, so_far / total)
        before, so_far = after, total
    cost = np.zeros(model.variables)
    cost[-people:] = -rng.uniform(0.5, 2, people)
    return model.build(cost)


EXP_FAMILIES = (
    Family("logistic", logistic, 3, (10, 30, 60, 200)),
    Family("poisson", poisson, 3, (5, 20, 50)),
    Family("entropy", entropy, 10, (50, 500)),
    Family("geometric", geometric, 4, (10, 50, 150)),
    Family("kelly", kelly, 4, (10, 40, 100)),
    Family("smooth_transport", smooth_transport, 3, (10, 30)),
)
POW_FAMILIES = (
    Family("p_norm", p_norm, 3, (10, 40, 80)),
    Family("impact", impact, 5, (30, 200)),
    Family("budgets", budgets, 3, (10, 100, 400)),
)
