# SPDX-License-Identifier: MIT
"""Every kind of cone, with the slow projections of tests/oracles to build problems by.

Moreau's decomposition w = y - s of a random w gives s in K and y in K* with s'y = 0, so
that a problem whose solution is (x, y, s) for any x takes only a few lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import exact
import membership
import numpy as np
import precise
import scipy.sparse as sp
import spectral

Array = np.ndarray
Data = dict[str, Any]

LOWER = [-1.0, -np.inf, 0.0, 2.0]
UPPER = [1.0, 3.0, np.inf, 2.0]


@dataclass(frozen=True)
class Kind:
    """A cone, and the nearest point of its dual."""

    cone: dict[str, Any]
    dual: Callable[[Array], Array]

    @property
    def rows(self) -> int:
        return membership.rows(self.cone)


def _precisely(
    project: Callable[..., Any], *parameters: Any
) -> Callable[[Array], Array]:
    """The dual part that belongs to a projection onto the cone itself."""

    def dual(w: Array) -> Array:
        s = precise.scaled(project, (-w).tolist(), *parameters)
        return w + np.array([float(value) for value in s])

    return dual


def _itself(project: Callable[..., Any], *parameters: Any) -> Callable[[Array], Array]:
    """The projection onto a cone that is its own dual or given by its dual."""
    return lambda w: np.array(
        [float(value) for value in precise.scaled(project, w.tolist(), *parameters)]
    )


def _box_dual(w: Array) -> Array:
    x = exact.fractions((-w).tolist())
    s = exact.box(x, LOWER, UPPER, exact.fractions([1.0] * w.size))
    return w + np.array([float(value) for value in s])


def _ell1_dual(w: Array) -> Array:
    return np.array([float(v) for v in exact.ell1_dual(exact.fractions(w.tolist()))])


# In the order of the rows of A.
KINDS: dict[str, Kind] = {
    "zero": Kind({"z": 2}, lambda w: w.copy()),
    "nonneg": Kind({"l": 4}, lambda w: np.maximum(w, 0)),
    "box": Kind({"bl": LOWER, "bu": UPPER}, _box_dual),
    "soc": Kind({"q": [4]}, _itself(precise.second_order)),
    "psd": Kind({"s": [3]}, lambda w: spectral.psd(w, 3)),
    "big psd": Kind({"s": [6]}, lambda w: spectral.psd(w, 6)),
    "complex psd": Kind({"cs": [3]}, lambda w: spectral.complex_psd(w, 3)),
    "exp": Kind({"ep": 1}, _precisely(precise.exponential)),
    "dual exp": Kind({"ed": 1}, _itself(precise.exponential)),
    "power": Kind({"p": [0.3]}, _precisely(precise.power, 0.3)),
    "dual power": Kind({"p": [-0.7]}, _itself(precise.power, 0.7)),
    "logdet": Kind({"d": [3]}, lambda w: spectral.logdet_dual(w, 3)),
    "nuclear": Kind(
        {"nuc_m": [3], "nuc_n": [2]}, lambda w: spectral.nuclear_dual(w, 3, 2)
    ),
    "ell1": Kind({"ell1": [4]}, _ell1_dual),
    "sum largest": Kind(
        {"sl_n": [4], "sl_k": [2]}, lambda w: spectral.sum_largest_dual(w, 4, 2)
    ),
}


def product(names: list[str]) -> dict[str, Any]:
    """The cone dict of the product of cones, named in the order of the rows of A."""
    whole: dict[str, Any] = {}
    for name in names:
        for key, value in KINDS[name].cone.items():
            whole[key] = whole[key] + value if key in whole else value
    return whole


def pair(names: list[str], rng: np.random.Generator) -> tuple[Array, Array]:
    """Complementary s in the product and y in its dual, neither of them zero."""
    all_s, all_y = [], []
    for name in names:
        kind = KINDS[name]
        for _ in range(100):
            w = 2 * rng.standard_normal(kind.rows)
            y = kind.dual(w)
            s = y - w
            if name == "zero" or min(np.abs(s).max(), np.abs(y).max()) > 0.1:
                break
        else:
            raise AssertionError(f"no complementary pair of the {name} cone found")
        all_s.append(np.zeros(kind.rows) if name == "zero" else s)
        all_y.append(y)
    return np.concatenate(all_s), np.concatenate(all_y)


@dataclass(frozen=True)
class Problem:
    """A problem with the solution it was made from."""

    data: Data
    cone: dict[str, Any]
    x: Array
    y: Array
    s: Array

    @property
    def value(self) -> float:
        p = self.data.get("P")
        curved = (
            0.0 if p is None else float(self.x @ (p + sp.triu(p, 1).T) @ self.x) / 2
        )
        return curved + float(self.data["c"] @ self.x)


def _semidefinite(rng: np.random.Generator, n: int, rank: int) -> Array:
    factor = rng.standard_normal((n, rank))
    return factor @ factor.T / n


def solvable(
    names: list[str],
    seed: int,
    n: int = 3,
    rank: int | None = None,
    row_scale: Array | float = 1.0,
    column_scale: Array | float = 1.0,
) -> Problem:
    """A problem with a known solution; P has the rank given, full by default.

    row_scale multiplies rows of A and b (one number for all rows of a cone, which stays
    what it is), column_scale divides x.
    """
    rng = np.random.default_rng(seed)
    s, y = pair(names, rng)
    x = rng.standard_normal(n)
    a = rng.standard_normal((s.size, n))
    p = _semidefinite(rng, n, n + 2 if rank is None else rank)
    s, y, a = s * row_scale, y / row_scale, (a.T * row_scale).T * column_scale
    p = p * np.outer(column_scale, column_scale) if rank != 0 else p
    x = x / column_scale
    data: Data = {"A": sp.csc_matrix(a), "b": a @ x + s, "c": -p @ x - a.T @ y}
    if rank != 0:
        data["P"] = sp.csc_matrix(np.triu(p))
    return Problem(data, product(names), x, y, s)


def infeasible(names: list[str], seed: int, n: int = 3) -> tuple[Data, dict[str, Any]]:
    """No x has b - A x in K, as y in K* with A'y = 0, b'y = -1 shows; dual feasible."""
    rng = np.random.default_rng(seed)
    _, y = pair(names, rng)
    _, other = pair(names, rng)
    a = rng.standard_normal((y.size, n))
    a -= np.outer(y, y @ a) / (y @ y)
    b = rng.standard_normal(y.size)
    b -= y * (1 + y @ b) / (y @ y)
    return {"A": sp.csc_matrix(a), "b": b, "c": -a.T @ other}, product(names)


def unbounded(names: list[str], seed: int, n: int = 3) -> tuple[Data, dict[str, Any]]:
    """Feasible, and -A x in K, P x = 0, c'x = -1 for some x."""
    rng = np.random.default_rng(seed)
    s, _ = pair(names, rng)
    other, _ = pair(names, rng)
    x = rng.standard_normal(n)
    a = rng.standard_normal((s.size, n))
    a -= np.outer(a @ x + s, x) / (x @ x)
    p = _semidefinite(rng, n, n)
    outwards = np.eye(n) - np.outer(x, x) / (x @ x)
    p = outwards @ p @ outwards
    c = rng.standard_normal(n)
    c -= x * (1 + c @ x) / (x @ x)
    b = a @ rng.standard_normal(n) + other
    data = {"A": sp.csc_matrix(a), "b": b, "c": c, "P": sp.csc_matrix(np.triu(p))}
    return data, product(names)
