# SPDX-License-Identifier: MIT
"""Building a cone program row by row, in the order the solver wants.

A family of problems says what it wants (rows that are equal, at most, in a cone) in
any order; `Builder` stacks them as z, l, box, q, s, cs, ep, p. A symmetric matrix is
its lower triangle by columns, off-diagonal entries times sqrt(2), so that <X, Y> is
the product of the vectors.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from scsbench.problems import Cone, FloatArray, IntArray

Sparse = Any  # scipy.sparse has no types

ORDER = ("z", "l", "box", "q", "s", "cs", "ep", "p")


@dataclass(frozen=True)
class Program:
    """minimize 1/2 x'Px + c'x subject to Ax + s = b, s in the cone."""

    a: Sparse
    b: FloatArray
    c: FloatArray
    p: Sparse | None
    cone: Cone

    def data(self) -> dict[str, Any]:
        """Return the data dict that ``scs.SCS`` takes."""
        data = {"A": self.a, "b": self.b, "c": self.c}
        if self.p is not None:
            data["P"] = self.p
        return data

    def save(self, path: Path, source: str = "") -> None:
        """Write the file that `scsbench.problems.load` reads; folders are made."""
        path.parent.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, Any] = {
            "A_data": self.a.data,
            "A_indices": self.a.indices,
            "A_indptr": self.a.indptr,
            "A_shape": np.array(self.a.shape),
            "b": self.b,
            "c": self.c,
            "cone": json.dumps(self.cone),
            "name": path.stem,
            "source": source,
        }
        if self.p is not None:
            arrays |= {
                "P_data": self.p.data,
                "P_indices": self.p.indices,
                "P_indptr": self.p.indptr,
            }
        np.savez_compressed(path, **arrays)


@dataclass
class Builder:
    """Collects rows over ``variables`` unknowns; matrices may be dense or sparse."""

    variables: int
    _rows: dict[str, list[tuple[Sparse, FloatArray]]] = field(
        default_factory=lambda: {key: [] for key in ORDER}
    )
    _cone: Cone = field(default_factory=dict)

    def equal(self, a: Sparse, b: Any) -> None:
        """Require A x = b."""
        self._cone["z"] = self._cone.get("z", 0) + self._add("z", a, b)

    def at_most(self, a: Sparse, b: Any) -> None:
        """Require A x <= b."""
        self._cone["l"] = self._cone.get("l", 0) + self._add("l", a, b)

    def at_least(self, a: Sparse, b: Any) -> None:
        """Require A x >= b."""
        self.at_most(-a, -np.asarray(b, dtype=float))

    def between(self, a: Sparse, low: Any, high: Any) -> None:
        """Require low <= A x <= high by the box cone, of which there is one."""
        if "bl" in self._cone:
            raise ValueError("one box cone only")
        width = sp.csr_array((1, self.variables))  # the row of t, which is 1
        rows = self._add("box", sp.vstack([width, -sp.csr_array(a)]), 0.0)
        self._rows["box"][0][1][0] = 1.0
        for key, bound in (("bu", high), ("bl", low)):
            bounds = np.broadcast_to(np.asarray(bound, dtype=float), rows - 1)
            self._cone[key] = [float(value) for value in bounds]

    def second_order(self, a: Sparse, b: Any, sizes: Sequence[int]) -> None:
        """Require b - A x to lie in second-order cones of the given sizes."""
        self._check(self._add("q", a, b), sum(sizes))
        self._cone.setdefault("q", []).extend(int(size) for size in sizes)

    def semidefinite(self, a: Sparse, b: Any, order: int) -> None:
        """Require the symmetric matrix whose vector is b - A x to be semidefinite."""
        self._check(self._add("s", a, b), triangle(order))
        self._cone.setdefault("s", []).append(order)

    def hermitian(self, a: Sparse, b: Any, order: int) -> None:
        """Require the Hermitian matrix whose vector is b - A x to be semidefinite."""
        self._check(self._add("cs", a, b), order * order)
        self._cone.setdefault("cs", []).append(order)

    def exponential(self, x: Any, y: Any, z: Any) -> None:
        """Require y exp(x / y) <= z; each is (A, b) for b - A x, as many rows."""
        rows = self._add("ep", *interleave([x, y, z]))
        self._cone["ep"] = self._cone.get("ep", 0) + rows // 3

    def power(self, x: Any, y: Any, z: Any, exponent: Any) -> None:
        """Require |z| <= x^a y^(1-a); each is (A, b) for b - A x, as many rows.

        The exponent is one for all or one for each.
        """
        rows = self._add("p", *interleave([x, y, z]))
        exponents = np.broadcast_to(np.asarray(exponent, dtype=float), rows // 3)
        self._cone.setdefault("p", []).extend(float(value) for value in exponents)

    def build(self, c: FloatArray, p: Sparse | None = None) -> Program:
        """Return the program; P is the full matrix."""
        self._check(len(c), self.variables)
        blocks = [pair for key in ORDER for pair in self._rows[key]]
        a = sp.csc_matrix(sp.vstack([matrix for matrix, _ in blocks]))
        a.sum_duplicates()
        a.eliminate_zeros()
        if p is not None:
            p = sp.csc_matrix(sp.triu(p))
            p.sum_duplicates()
        return Program(
            a=a,
            b=np.concatenate([vector for _, vector in blocks]),
            c=np.asarray(c, dtype=float),
            p=p,
            cone=self._cone,
        )

    def _add(self, key: str, a: Sparse, b: Any) -> int:
        matrix = sp.csr_array(a)
        rows, columns = matrix.shape
        self._check(columns, self.variables)
        vector = np.array(np.broadcast_to(np.asarray(b, dtype=float), rows))
        self._rows[key].append((matrix, vector))
        return int(rows)

    @staticmethod
    def _check(found: int, expected: int) -> None:
        if found != expected:
            raise ValueError(f"{found} instead of {expected}")


def interleave(parts: Sequence[tuple[Sparse, Any]]) -> tuple[Sparse, FloatArray]:
    """Return first rows of all parts, then second rows, and so on."""
    count = parts[0][0].shape[0]
    order = np.arange(count * len(parts)).reshape(len(parts), count).T.ravel()
    a = sp.csr_array(sp.vstack([sp.csr_array(a) for a, _ in parts]))
    b = np.concatenate(
        [np.broadcast_to(np.asarray(b, dtype=float), count) for _, b in parts]
    )
    return a[order], b[order]


def selector(variables: int, which: Any) -> Sparse:
    """Return the matrix that picks entries ``which`` of the unknowns."""
    places = np.atleast_1d(np.asarray(which, dtype=np.int64))
    return sp.csr_array(
        (np.ones(places.size), (np.arange(places.size), places)),
        shape=(places.size, variables),
    )


def blocks(rows: Sequence[Sequence[Any]]) -> Sparse:
    """Return the sparse matrix made of blocks, None standing for zeros."""
    sparse = [
        [None if one is None else sp.coo_array(one) for one in row] for row in rows
    ]
    return sp.csr_array(sp.bmat(sparse))


def sparse_normal(
    rng: np.random.Generator, rows: int, columns: int, density: float
) -> Sparse:
    """Return normal entries at a share ``density`` of random places."""
    count = max(1, round(density * rows * columns))
    places = np.sort(rng.choice(rows * columns, count, replace=False, shuffle=False))
    return sp.csr_array(
        (rng.standard_normal(count), (places // columns, places % columns)),
        shape=(rows, columns),
    )


def triangle(order: int) -> int:
    """Return the length of the vector of a symmetric matrix."""
    return order * (order + 1) // 2


def place(order: int, i: Any, j: Any) -> IntArray:
    """Return where entries (i, j) stand in the vector of a symmetric matrix."""
    row, column = np.maximum(i, j), np.minimum(i, j)
    at = column * order - column * (column - 1) // 2 + row - column
    return np.asarray(at, dtype=np.int64)


def vector_of(matrix: FloatArray) -> FloatArray:
    """Return the vector of a symmetric matrix."""
    column, row = np.triu_indices(len(matrix))
    return np.asarray(matrix[row, column] * np.where(row == column, 1.0, np.sqrt(2.0)))


def symmetric_entries(order: int, i: Any, j: Any, values: Any) -> Sparse:
    """Return vectors as rows: entry k of the result is <E_k, X> = value_k X_ij."""
    i, j = np.atleast_1d(i), np.atleast_1d(j)
    weights = np.where(i == j, 1.0, np.sqrt(0.5)) * values
    return sp.csr_array(
        (weights, (np.arange(i.size), place(order, i, j))),
        shape=(i.size, triangle(order)),
    )
