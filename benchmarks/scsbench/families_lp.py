# SPDX-License-Identifier: MIT
"""Linear programs: networks, plans, and chance."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.judge import INFEASIBLE
from scsbench.problems import FloatArray, IntArray
from scsbench.standard_form import Builder, Program, Sparse, blocks, sparse_normal


def random(rng: np.random.Generator, rows: int) -> Program:
    """A sparse LP made from a strictly complementary pair of optima.

    O'Donoghue, Chu, Parikh, Boyd (2016), "Conic optimization via operator splitting and
    homogeneous self-dual embedding", make their feasible problems so.
    """
    n = 3 * rows
    a = sparse_normal(rng, rows, n, min(1.0, 10.0 / rows))
    basic = rng.uniform(size=n) < 1 / 3
    x = np.where(basic, rng.uniform(0, 2, n), 0.0)
    reduced = np.where(basic, 0.0, rng.uniform(0, 2, n))
    model = Builder(n)
    model.equal(a, a @ x)
    model.at_least(sp.eye_array(n), 0.0)
    return model.build(a.T @ rng.standard_normal(rows) + reduced)


def _shipping(rng: np.random.Generator, k: int, excess: float) -> Program:
    """k depots to 2 k customers in a square; demand is ``excess`` of what there is."""
    depots, customers = rng.uniform(size=(k, 2)), rng.uniform(size=(2 * k, 2))
    cost = np.linalg.norm(depots[:, None] - customers[None, :], axis=2).ravel()
    supply, demand = rng.uniform(1, 10, k), rng.uniform(1, 10, 2 * k)
    demand *= excess * supply.sum() / demand.sum()
    model = Builder(cost.size)
    model.equal(sp.kron(np.ones((1, k)), sp.eye_array(2 * k)), demand)
    model.at_most(sp.kron(sp.eye_array(k), np.ones((1, 2 * k))), supply)
    model.at_least(sp.eye_array(cost.size), 0.0)
    return model.build(100.0 * cost)


def transport(rng: np.random.Generator, k: int) -> Program:
    """The transportation problem of Hitchcock (1941), 80 % of the supply wanted."""
    return _shipping(rng, k, 0.8)


def transport_short(rng: np.random.Generator, k: int) -> Program:
    """The problem of `transport` where two percent of the demand cannot be met."""
    return _shipping(rng, k, 1.02)


def assignment(rng: np.random.Generator, k: int) -> Program:
    """Costs 1 to 100, so that many vertices are optimal: Kuhn (1955)."""
    model = Builder(k * k)
    model.equal(sp.kron(np.ones((1, k)), sp.eye_array(k)), 1.0)
    model.equal(sp.kron(sp.eye_array(k), np.ones((1, k))), 1.0)
    model.at_least(sp.eye_array(k * k), 0.0)
    return model.build(rng.integers(1, 101, k * k).astype(float))


def _roads(rng: np.random.Generator, nodes: int) -> tuple[IntArray, IntArray, Sparse]:
    """Return tails, heads and incidence of a ring with three more arcs a node."""
    ring = np.arange(nodes)
    tails = np.r_[ring, ring, rng.integers(0, nodes, 2 * nodes)]
    more = rng.integers(1, nodes - 1, 2 * nodes)
    heads = np.r_[(ring + 1) % nodes, ring - 1, tails[2 * nodes :] + more] % nodes
    arcs = np.arange(tails.size)
    incidence = sp.csr_array(
        (
            np.r_[np.ones(arcs.size), -np.ones(arcs.size)],
            (np.r_[tails, heads], np.r_[arcs, arcs]),
        ),
        shape=(nodes, arcs.size),
    )
    return tails, heads, incidence


def multicommodity(rng: np.random.Generator, nodes: int) -> Program:
    """Commodities that share the capacities of a road network, with an outside way.

    Ahuja, Magnanti, Orlin (1993), "Network flows", chapter 17.
    """
    goods = max(2, nodes // 5)
    _, _, incidence = _roads(rng, nodes)
    arcs = incidence.shape[1]
    balance = np.zeros((goods, nodes))
    for row in balance:
        origin, target = rng.choice(nodes, 2, replace=False)
        row[[origin, target]] = np.array([1.0, -1.0]) * rng.uniform(1, 5)
    outside = sp.csr_array(balance / np.abs(balance).sum(1, keepdims=True) * 2)
    model = Builder(goods * arcs + goods)  # the last: what takes the outside way
    ways = [sp.csr_array(outside[[k]].T) for k in range(goods)]
    flows = sp.kron(sp.eye_array(goods), incidence)
    model.equal(blocks([[flows, sp.block_diag(ways)]]), balance.ravel())
    shared = sp.kron(np.ones((1, goods)), sp.eye_array(arcs))
    capacity = rng.uniform(0.5, 1.5, arcs) * goods / 3
    model.at_most(blocks([[shared, sp.csr_array((arcs, goods))]]), capacity)
    model.at_least(sp.eye_array(model.variables), 0.0)
    cost = np.tile(rng.uniform(1, 20, arcs), goods)
    return model.build(np.r_[cost, np.full(goods, 200.0)])


def min_cost_flow(rng: np.random.Generator, nodes: int) -> Program:
    """One commodity, arcs with bounds, costs of thousands: Klingman et al. (1974).

    "NETGEN: a program for generating large scale capacitated assignment,
    transportation, and minimum cost flow network problems".
    """
    _, _, incidence = _roads(rng, nodes)
    arcs = incidence.shape[1]
    upper = rng.integers(10, 1000, arcs).astype(float)
    flow = rng.uniform(0, 0.8, arcs) * upper
    model = Builder(arcs)
    model.equal(incidence, incidence @ flow)
    model.at_most(sp.eye_array(arcs), upper)
    model.at_least(sp.eye_array(arcs), 0.0)
    return model.build(rng.integers(1, 10000, arcs).astype(float))


def production(rng: np.random.Generator, periods: int) -> Program:
    """Plants, products and stocks over time, in tons, pieces and euros.

    A staircase in the manner of Dantzig (1955), "Linear programming under
    uncertainty", and of Ho and Loute (1981), "A set of staircase linear programming
    test problems"; unknowns of 1 to 1e5, coefficients of 1e-3 to 1e3.
    """
    products, machines = 12, 5
    unit = 10.0 ** rng.integers(0, 4, products)  # pieces in a lot
    hours = rng.uniform(0.1, 1.0, (machines, products)) / unit
    hours *= rng.uniform(size=hours.shape) < 0.5
    season = 1 + 0.5 * np.sin(
        np.arange(periods)[:, None] / 4 + rng.uniform(0, 6, products)
    )
    demand = season * unit * rng.uniform(5, 20, products)
    cost = np.array([1.0, 0.05, 20.0])[:, None] * rng.uniform(1, 10, products) / unit
    size = periods * products
    eye, before = sp.eye_array(size), sp.eye_array(size, k=-products)
    # made and stocked and bought elsewhere: stock' + made + bought - stock = demand
    model = Builder(3 * size + periods * machines)  # the last: overtime
    wide = sp.csr_array((size, periods * machines))
    model.equal(blocks([[eye, before - eye, eye, wide]]), demand.ravel())
    work = sp.kron(sp.eye_array(periods), hours)
    none = sp.csr_array((periods * machines, 2 * size))
    overtime = sp.eye_array(periods * machines)
    available = np.tile(0.8 * (hours @ demand.mean(0)), periods)
    model.at_most(blocks([[work, none, -overtime]]), available)
    model.at_least(sp.eye_array(model.variables), 0.0)
    rate = np.full(periods * machines, 50.0)
    return model.build(np.r_[np.tile(cost, (1, periods)).ravel(), rate])


def diet(rng: np.random.Generator, foods: int) -> Program:
    """The cheapest food with enough of everything, in grams and micrograms.

    Stigler (1945), "The cost of subsistence".
    """
    nutrients = foods // 3 + 1
    unit: FloatArray = 10.0 ** rng.uniform(-3, 3, nutrients)
    contents = unit[:, None] * rng.lognormal(0, 1, (nutrients, foods))
    contents *= rng.uniform(size=contents.shape) < 0.6
    need = 0.3 * contents @ rng.uniform(0, 2, foods)
    model = Builder(foods)
    model.at_least(contents, need)
    model.at_most(contents, 20 * need)
    model.at_least(sp.eye_array(foods), 0.0)
    model.at_most(sp.eye_array(foods), 5.0)
    return model.build(rng.uniform(0.2, 5, foods))


FAMILIES = (
    Family("random", random, 6, (50, 300, 1000)),
    Family("transport", transport, 3, (10, 30, 80)),
    Family("assignment", assignment, 4, (15, 40, 80)),
    Family("multicommodity", multicommodity, 5, (10, 25, 40)),
    Family("flow", min_cost_flow, 6, (100, 1000, 4000)),
    Family("production", production, 2, (6, 24, 80)),
    Family("diet", diet, 6, (30, 150)),
)
INFEASIBLE_FAMILIES = (
    Family("transport_infeasible", transport_short, 3, (10, 40), kind=INFEASIBLE),
)
