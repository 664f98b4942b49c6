# SPDX-License-Identifier: MIT
"""Small problems with known answers, and random ones that are what they claim.

Every call returns new objects, so that tests run in several threads at once share
nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import numpy as np
import scipy.sparse as sp

Problem = tuple[dict[str, Any], dict[str, Any]]

QUIET: dict[str, Any] = {"verbose": False}
TIGHT: dict[str, Any] = {"verbose": False, "eps_abs": 1e-9, "eps_rel": 1e-9}

LP_X = np.array([0.0, 1.0])
LP_OBJECTIVE = -2.0
QP_X = np.array([0.3, -0.7])
QP_Y = np.array([2.7, 2.1, 0.0])
QP_S = np.array([0.0, 0.0, 0.2])
QP_OBJECTIVE = 1.235


def lp() -> Problem:
    """Minimise -x0 - 2 x1 over the unit simplex with slack."""
    a = sp.csc_matrix(np.array([[1.0, 1.0], [-1.0, 0.0], [0.0, -1.0]]))
    data = {"A": a, "b": np.array([1.0, 0.0, 0.0]), "c": np.array([-1.0, -2.0])}
    return data, {"l": 3}


def qp() -> Problem:
    """A QP with one equation and two inequalities; see QP_X and the others."""
    data = {
        "P": sp.csc_matrix(np.array([[3.0, -1.0], [0.0, 2.0]])),
        "A": sp.csc_matrix(np.array([[-1.0, 1.0], [1.0, 0.0], [0.0, 1.0]])),
        "b": np.array([-1.0, 0.3, -0.5]),
        "c": np.array([-1.0, -1.0]),
    }
    return data, {"z": 1, "l": 2}


def socp() -> Problem:
    """Minimise t subject to |(3, 4)| <= t, with (3, 4) as equations; optimum 5."""
    a = np.zeros((5, 3))
    a[0, 1] = a[1, 2] = 1.0
    a[2:] = -np.eye(3)
    data = {
        "A": sp.csc_matrix(a),
        "b": np.array([3.0, 4.0, 0.0, 0.0, 0.0]),
        "c": np.array([1.0, 0.0, 0.0]),
    }
    return data, {"z": 2, "q": [3]}


def boxed(lower: list[float], upper: list[float], c: list[float]) -> Problem:
    """Minimise c'x subject to lower <= x <= upper, as a box cone with t = 1."""
    n = len(c)
    a = sp.vstack([sp.csc_matrix((1, n)), -sp.eye(n)], format="csc")
    data = {"A": a, "b": np.r_[1.0, np.zeros(n)], "c": np.array(c)}
    return data, {"bl": lower, "bu": upper}


def infeasible() -> Problem:
    """Demand x >= 1 and x <= 0."""
    a = sp.csc_matrix(np.array([[-1.0], [1.0]]))
    return {"A": a, "b": np.array([-1.0, 0.0]), "c": np.array([1.0])}, {"l": 2}


def unbounded() -> Problem:
    """Minimise -x subject to x >= 0."""
    a = sp.csc_matrix(np.array([[-1.0]]))
    return {"A": a, "b": np.array([0.0]), "c": np.array([-1.0])}, {"l": 1}


def far_out() -> Problem:
    """Feasible without an objective, but far out, as at (16384, 128, 1, 1)."""
    a = np.zeros((7, 4))
    a[0, [1, 3]] = -1, 128
    a[1, [2, 3]] = -1, -1
    a[2, [2, 3]] = -1, 1
    a[4, 0] = a[6, 2] = -1
    a[5, 1] = -np.sqrt(2)
    b = np.zeros(7)
    b[3] = 2
    data = {"A": sp.csc_matrix(a), "b": b, "c": np.zeros(4)}
    return data, {"l": 1, "q": [3], "s": [2]}


def endless(seed: int = 0) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Return a problem and settings with which no solve ends by itself."""
    data, cone, _ = random_solvable(seed, n=30, z=3, linear=40, box=0, orders=[5])
    settings = {
        "verbose": False,
        "eps_abs": 0.0,
        "eps_rel": 0.0,
        "eps_infeas": 0.0,
        "max_iters": 2_000_000_000,
        "time_limit_secs": 60.0,  # a bug must not hang the suite
    }
    return data, cone, settings


def _soc_pair(rng: np.random.Generator, k: int) -> tuple[np.ndarray, np.ndarray]:
    """Complementary points s, y of the second-order cone with k rows."""
    point = rng.standard_normal(k) * 3
    t, tail = point[0], point[1:]
    norm = float(np.linalg.norm(tail))
    if norm <= t:
        s = point
    elif norm <= -t:
        s = np.zeros(k)
    else:
        s = (t + norm) / 2 * np.r_[1.0, tail / norm]
    return s, s - point


def _cone_pair(
    rng: np.random.Generator, z: int, linear: int, box: int, orders: list[int]
) -> tuple[dict[str, Any], np.ndarray, np.ndarray]:
    """Return a cone and complementary points s in it and y in its dual."""
    cone: dict[str, Any] = {"z": z, "l": linear, "q": list(orders)}
    point = rng.standard_normal(linear) * 2
    s = [np.zeros(z), np.maximum(point, 0)]
    y = [rng.standard_normal(z), np.maximum(-point, 0)]
    if box:
        lower = -rng.uniform(0.1, 2, box)
        upper = rng.uniform(0.1, 2, box)
        lower[rng.uniform(size=box) < 0.2] = -np.inf
        upper[rng.uniform(size=box) < 0.2] = np.inf
        t = rng.uniform(0.5, 2)
        where = rng.integers(-1, 2, box)
        where[(where < 0) & np.isinf(lower) | (where > 0) & np.isinf(upper)] = 0
        inside = t * rng.uniform(np.fmax(lower, -3), np.fmin(upper, 3))
        rows = np.choose(
            where + 1,
            [t * np.fmax(lower, -3), inside, t * np.fmin(upper, 3)],
        )
        dual = -where * rng.uniform(0.1, 2, box)
        s.append(np.r_[t, rows])
        y.append(np.r_[-(dual @ rows) / t, dual])
        cone |= {"bl": lower.tolist(), "bu": upper.tolist()}
    for order in orders:
        pair = _soc_pair(rng, order)
        s.append(pair[0])
        y.append(pair[1])
    return cone, np.concatenate(s), np.concatenate(y)


def _semidefinite(rng: np.random.Generator, n: int, rank: int) -> np.ndarray:
    factor = rng.standard_normal((n, rank))
    return factor @ factor.T


def random_solvable(
    seed: int, n: int, z: int, linear: int, box: int, orders: list[int], rank: int = 2
) -> tuple[dict[str, Any], dict[str, Any], float]:
    """Return a problem built from a known solution, and its optimal value."""
    rng = np.random.default_rng(seed)
    cone, s, y = _cone_pair(rng, z, linear, box, orders)
    x = rng.standard_normal(n)
    p = _semidefinite(rng, n, rank)
    a = rng.standard_normal((s.size, n))
    data = {
        "P": sp.csc_matrix(np.triu(p)),
        "A": sp.csc_matrix(a),
        "b": a @ x + s,
        "c": -p @ x - a.T @ y,
    }
    return data, cone, float(x @ p @ x / 2 + data["c"] @ x)


def random_infeasible(
    seed: int, n: int, z: int, linear: int, box: int, orders: list[int]
) -> Problem:
    """Return a problem with a certificate of infeasibility and a feasible dual."""
    rng = np.random.default_rng(seed)
    cone, _, y = _cone_pair(rng, z, linear + 1, box, orders)
    y[z] = abs(y[z]) + 1.0
    a = rng.standard_normal((y.size, n))
    a -= np.outer(y, y @ a) / (y @ y)
    b = rng.standard_normal(y.size)
    b -= y * (b @ y + 1) / (y @ y)
    _, _, other = _cone_pair(rng, z, linear + 1, 0, orders)
    # A dual point that is no certificate: c = -A'y for some y in the dual cone.
    feasible = np.zeros(y.size)
    feasible[: z + linear + 1] = other[: z + linear + 1]
    return {"A": sp.csc_matrix(a), "b": b, "c": -a.T @ feasible}, cone


def random_unbounded(
    seed: int, n: int, z: int, linear: int, box: int, orders: list[int]
) -> Problem:
    """Return a feasible problem with a ray along which the objective falls."""
    rng = np.random.default_rng(seed)
    cone, s, _ = _cone_pair(rng, z, linear, box, orders)
    ray = rng.standard_normal(n)
    ray /= np.linalg.norm(ray)
    a = rng.standard_normal((s.size, n))
    a -= np.outer(a @ ray + s, ray)
    factor = rng.standard_normal((n, 2))
    factor -= np.outer(ray, ray @ factor)
    c = rng.standard_normal(n)
    c -= ray * (c @ ray + 1)
    data = {
        "P": sp.csc_matrix(np.triu(factor @ factor.T)),
        "A": sp.csc_matrix(a),
        "b": a @ rng.standard_normal(n) + s,
        "c": c,
    }
    return data, cone


def are_checks(seen: Iterable[Any]) -> bool:
    """Whether these are the iterations of a solve's checks, from the first on: 5 to 25
    apart, every multiple of 25 among them; the last one may come earlier."""
    at = [one.iter for one in seen]
    steps = [b - a for a, b in itertools.pairwise(at)]
    return (
        at[0] == 0
        and all(0 < step <= 25 for step in steps)
        and set(range(0, at[-1] + 1, 25)) <= set(at)
        and len(at) <= 2 + at[-1] // 5 + at[-1] // 25
    )
