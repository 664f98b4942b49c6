# SPDX-License-Identifier: MIT
"""Problems without a solution: what a solver should return is a certificate.

Each is built around one, the other side of the problem being feasible, in the manner of
O'Donoghue et al. (2016), and of Banjac, Goulart, Stellato, Boyd (2019), "Infeasibility
detection in the alternating direction method of multipliers for convex optimization".
"""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.judge import INFEASIBLE, UNBOUNDED
from scsbench.problems import FloatArray
from scsbench.standard_form import (
    Builder,
    Program,
    Sparse,
    sparse_normal,
    triangle,
    vector_of,
)


def _turned(a: Sparse, x: FloatArray, wanted: FloatArray) -> Sparse:
    """Return A changed by rank one, so that A x is what is wanted; x is not zero."""
    change = (wanted - a @ x) / float(x @ x)
    return sp.csr_array(a + sp.csr_array(change[:, None]) @ sp.csr_array(x[None, :]))


def _sparse_part(rng: np.random.Generator, size: int) -> FloatArray:
    """Return a vector with some dozen entries: changes of rank one stay sparse."""
    vector = np.zeros(size)
    places = rng.choice(size, min(size, 12), replace=False)
    vector[places] = rng.uniform(0.5, 2, places.size)
    return vector


def lp_infeasible(rng: np.random.Generator, rows: int) -> Program:
    """Ax = b, x >= 0 with A'y >= 0 and b'y = -1 for a planted y."""
    n = 3 * rows
    y = _sparse_part(rng, rows)
    price = np.where(rng.uniform(size=n) < 0.1, rng.uniform(0, 1, n), 0.0)
    a = _turned(sparse_normal(rng, rows, n, min(1, 8 / rows)).T, y, price).T
    b = rng.standard_normal(rows)
    model = Builder(n)
    model.equal(a, b - y * (1 + b @ y) / (y @ y))
    model.at_least(sp.eye_array(n), 0.0)
    return model.build(a.T @ rng.standard_normal(rows) + rng.uniform(0, 1, n))


def lp_unbounded(rng: np.random.Generator, rows: int) -> Program:
    """Ax <= b with a planted ray A x <= 0, c'x = -1, and a point inside."""
    n = max(2, rows // 3)
    ray = _sparse_part(rng, n)
    falls = -np.where(rng.uniform(size=rows) < 0.1, rng.uniform(0, 1, rows), 0.0)
    a = _turned(sparse_normal(rng, rows, n, min(1, 8 / n)), ray, falls)
    c = rng.standard_normal(n)
    model = Builder(n)
    model.at_most(a, a @ rng.standard_normal(n) + rng.uniform(0, 1, rows))
    return model.build(c - ray * (1 + c @ ray) / (ray @ ray))


def qp_infeasible(rng: np.random.Generator, n: int) -> Program:
    """Two-sided rows of which two say u <= 0 and u >= 0.1 (a box cone)."""
    m = 3 * n
    a = sparse_normal(rng, m, n, max(0.15, 2 / n)).tolil()
    low, high = -rng.uniform(size=m), rng.uniform(size=m)
    a[1] = a[0]
    high[0], low[1], high[1] = 0.0, 0.1, 1.0
    model = Builder(n)
    model.between(a.tocsr(), low, high)
    factor = sparse_normal(rng, n, n, max(0.15, 2 / n))
    hessian = factor @ factor.T + 0.01 * sp.eye_array(n)
    return model.build(rng.standard_normal(n), hessian)


def qp_unbounded(rng: np.random.Generator, n: int) -> Program:
    """P of half the rank, and a ray in its null space on which c falls."""
    m, density = 3 * n, max(0.15, 2 / n)
    ray = _sparse_part(rng, n)
    root = _turned(sparse_normal(rng, n // 2, n, density), ray, np.zeros(n // 2))
    a = _turned(sparse_normal(rng, m, n, density), ray, -rng.uniform(0, 1, m))
    c = rng.standard_normal(n)
    model = Builder(n)
    model.at_most(a, rng.uniform(size=m))
    return model.build(c - ray * (1 + c @ ray) / (ray @ ray), root.T @ root)


def _cone_point(rng: np.random.Generator, sizes: list[int]) -> FloatArray:
    """Return a point of second-order cones: inside, on the boundary, or zero."""
    parts = []
    for size in sizes:
        tail = rng.standard_normal(size - 1)
        head = np.linalg.norm(tail) * rng.choice([1.0, 1.0, 1.5])
        parts.append(rng.choice([0.0, 1.0, 1.0]) * np.r_[head, tail])
    parts[0] = np.r_[2.0 * np.sqrt(sizes[0]), np.ones(sizes[0] - 1)]
    return np.concatenate(parts)


def socp_infeasible(rng: np.random.Generator, count: int) -> Program:
    """b - Ax in cones of order 3 to 20 with A'y = 0, b'y = -1, y in the cones."""
    sizes = [int(size) for size in rng.integers(3, 21, count)]
    m = sum(sizes)
    n = max(2, m // 3)
    y = _cone_point(rng, sizes)
    a = _turned(rng.standard_normal((n, m)), y, np.zeros(n)).T
    b = rng.standard_normal(m)
    model = Builder(n)
    model.second_order(a, b - y * (1 + b @ y) / (y @ y), sizes)
    return model.build(-a.T @ _cone_point(rng, sizes))


def socp_unbounded(rng: np.random.Generator, count: int) -> Program:
    """-Ax in the cones for a ray on which c'x = -1, and a point inside."""
    sizes = [int(size) for size in rng.integers(3, 21, count)]
    m = sum(sizes)
    n = max(2, m // 3)
    ray = rng.standard_normal(n)
    a = _turned(rng.standard_normal((m, n)), ray, -_cone_point(rng, sizes))
    c = rng.standard_normal(n)
    model = Builder(n)
    model.second_order(a, a @ rng.standard_normal(n) + _cone_point(rng, sizes), sizes)
    return model.build(c - ray * (1 + c @ ray) / (ray @ ray))


def _semidefinite(rng: np.random.Generator, order: int, rank: int) -> FloatArray:
    factor = rng.standard_normal((order, rank))
    return vector_of(factor @ factor.T / order)


def sdp_infeasible(rng: np.random.Generator, order: int) -> Program:
    """<A_i, X> = b_i where sum y_i A_i is semidefinite and b'y = -1."""
    rows, size = order, triangle(order)
    y = rng.standard_normal(rows)
    a = _turned(
        rng.standard_normal((size, rows)), y, _semidefinite(rng, order, order)
    ).T
    b = rng.standard_normal(rows)
    model = Builder(size)
    model.equal(a, b - y * (1 + b @ y) / (y @ y))
    model.semidefinite(-sp.eye_array(size), 0.0, order)
    return model.build(_semidefinite(rng, order, order))


def sdp_unbounded(rng: np.random.Generator, order: int) -> Program:
    """A semidefinite ray of a third of the order's rank, <A_i, X> = 0, <C, X> = -1."""
    rows, size = order, triangle(order)
    ray = _semidefinite(rng, order, max(1, order // 3))
    a = _turned(rng.standard_normal((rows, size)), ray, np.zeros(rows))
    c = vector_of(np.eye(order)) * rng.uniform(0, 1)
    model = Builder(size)
    model.equal(a, a @ _semidefinite(rng, order, order))
    model.semidefinite(-sp.eye_array(size), 0.0, order)
    return model.build(c - ray * (1 + c @ ray) / (ray @ ray))


def exp_infeasible(rng: np.random.Generator, n: int) -> Program:
    """A geometric program with two posynomials that contradict each other.

    exp(a'x + 0.1) + ... <= 1 and exp(-a'x + 0.1) + ... <= 1 for the same a.
    """
    count = 3 * n
    powers = rng.standard_normal((count, n)) * (rng.uniform(size=(count, n)) < 3 / n)
    powers[0, :2] = 1.0
    powers[n] = -powers[0]
    logs = rng.uniform(-4, -1.5, count)
    logs[[0, n]] = 0.1
    model = Builder(n + count)
    sums = sp.csr_array(
        (np.ones(count), (np.arange(count) % n, np.arange(count))), shape=(n, count)
    )
    sums = sp.vstack([sums, sp.eye_array(1, count, k=n)])  # the second by itself, too
    model.at_most(sp.hstack([sp.csr_array((n + 1, n)), sums]), 1.0)
    for sign in (1.0, -1.0):
        model.at_most(sign * sp.eye_array(n, n + count), 10.0)
    model.exponential(
        (sp.hstack([sp.csr_array(-powers), sp.csr_array((count, count))]), logs),
        (sp.csr_array((count, n + count)), 1.0),
        (-sp.eye_array(count, n + count, k=n), 0.0),
    )
    return model.build(np.r_[rng.standard_normal(n), np.zeros(count)])


FAMILIES = (
    Family("lp_infeasible", lp_infeasible, 4, (50, 500), kind=INFEASIBLE),
    Family("lp_unbounded", lp_unbounded, 6, (90, 900), kind=UNBOUNDED),
    Family("qp_infeasible", qp_infeasible, 6, (40, 200), kind=INFEASIBLE),
    Family("qp_unbounded", qp_unbounded, 6, (40, 200), kind=UNBOUNDED),
    Family("socp_infeasible", socp_infeasible, 2, (10, 40), kind=INFEASIBLE),
    Family("socp_unbounded", socp_unbounded, 2, (10, 40), kind=UNBOUNDED),
    Family("sdp_infeasible", sdp_infeasible, 3, (15, 45), kind=INFEASIBLE),
    Family("sdp_unbounded", sdp_unbounded, 3, (15, 45), kind=UNBOUNDED),
    Family("exp_infeasible", exp_infeasible, 4, (10, 60), kind=INFEASIBLE),
)
