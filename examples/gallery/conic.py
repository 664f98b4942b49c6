# SPDX-License-Identifier: MIT
"""What the scripts of the gallery share: names of types, matrices as vectors."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
Problem: TypeAlias = tuple[dict[str, Any], dict[str, Any]]  # data and cone

# Pictures deserve more than the four digits of the default.
ACCURATE: dict[str, Any] = {"verbose": False, "eps_abs": 1e-7, "eps_rel": 1e-7}


def vec(matrix: Array) -> Array:
    """Return the rows that a symmetric matrix takes in a matrix cone.

    They are its lower triangle by columns with the entries off the diagonal times
    sqrt(2), so that vec(X) @ vec(Y) is the trace of XY.
    """
    column, row = np.triu_indices(len(matrix))
    return np.asarray(matrix[row, column] * np.where(row == column, 1, np.sqrt(2)))


def mat(rows: Array, order: int) -> Array:
    """Return the symmetric matrix of the given rows: the inverse of `vec`."""
    column, row = np.triu_indices(order)
    matrix = np.zeros((order, order))
    matrix[row, column] = rows / np.where(row == column, 2, np.sqrt(2))
    return matrix + matrix.T


def place(i: int, j: int, order: int) -> int:
    """Return where in `vec` the entry (i, j) of a matrix of this order is."""
    row, column = max(i, j), min(i, j)
    return column * order - column * (column - 1) // 2 + row - column
