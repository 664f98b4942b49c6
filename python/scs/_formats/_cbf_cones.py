# SPDX-License-Identifier: MIT
"""The cones of the Conic Benchmark Format as ours: which rows, in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import scipy.sparse as sp

Parameters: TypeAlias = list[list[float]]
_Map: TypeAlias = Callable[[int], sp.coo_matrix]
_HALF = np.sqrt(0.5)


@dataclass(frozen=True)
class Cone:
    """One kind of cone.

    Attributes
    ----------
    key : str
        Our cone; empty for rows that are free.
    map : callable
        From the size to the linear map that brings its rows into our cone.
    least, most : int
        Sizes that there can be.
    sign : int
        -1 for the dual power cone.

    """

    key: str
    map: _Map
    least: int = 0
    most: int = 2**31 - 1
    sign: int = 1

    def fault(self, size: int, parameters: list[float]) -> str:
        """Return what is wrong with a cone of this size, if anything."""
        if self.key == "p" and (size != 3 or len(parameters) != 2):
            return (
                f"{size} rows and {len(parameters)} parameters, only power cones of "
                "3 rows and 2 parameters can be had"
            )
        if not self.least <= size <= self.most:
            wanted = (
                str(self.least) if self.least == self.most else f"{self.least} or more"
            )
            return f"{size} rows, must be {wanted}"
        return ""


class Block(NamedTuple):
    """One cone: its kind, its rows, and the parameters of a power cone or the order."""

    cone: Cone
    size: int
    parameters: list[Any]


def _same(size: int) -> sp.coo_matrix:
    return sp.identity(size, format="coo")


def _negative(size: int) -> sp.coo_matrix:
    return -_same(size)


def _reversed(size: int) -> sp.coo_matrix:
    """x_1 >= x_2 exp(x_3 / x_2) there, y exp(x / y) <= z here."""
    return sp.coo_matrix(np.eye(size)[::-1])


def _rotated(size: int) -> sp.coo_matrix:
    """2 x_1 x_2 >= |rest|^2 there; (x_1 + x_2) / sqrt 2 bounds the others here."""
    rest = np.arange(2, size)
    rows = np.concatenate([[0, 0, 1, 1], rest])
    columns = np.concatenate([[0, 1, 0, 1], rest])
    values = np.concatenate([[_HALF, _HALF, _HALF, -_HALF], np.ones(size - 2)])
    return sp.coo_matrix((values, (rows, columns)), shape=(size, size))


CONES = {
    "F": Cone("", _same),
    "L=": Cone("z", _same),
    "L+": Cone("l", _same),
    "L-": Cone("l", _negative),
    "Q": Cone("q", _same, least=1),
    "QR": Cone("q", _rotated, least=2),
    "PSD": Cone("s", _same, least=1),  # no name of the format: PSDVAR and PSDCON
    "EXP": Cone("ep", _reversed, least=3, most=3),
    "EXP*": Cone("ed", _reversed, least=3, most=3),
    "POW": Cone("p", _same),
    "POW*": Cone("p", _same, sign=-1),
}
_ORDER = ("z", "l", "q", "s", "ep", "ed", "p")  # of the rows of A


def assemble(blocks: list[Block]) -> tuple[sp.csr_matrix, dict[str, Any]]:
    """Bring cones into the order of ours.

    Parameters
    ----------
    blocks : list of Block
        Cones of consecutive rows.

    Returns
    -------
    sparse matrix
        From those rows to ours.
    dict
        The cone.

    """
    starts = np.cumsum([0, *(block.size for block in blocks)])
    rows, columns, values = [], [], []
    cone: dict[str, Any] = {}
    at = 0
    for key in _ORDER:
        for block, start in zip(blocks, starts, strict=False):
            if block.cone.key == key and block.size:
                part = block.cone.map(block.size).tocoo()
                rows.append(part.row + at)
                columns.append(part.col + start)
                values.append(part.data)
                at += block.size
                _count(cone, block)
    chosen = sp.csr_matrix(
        (
            np.concatenate([np.zeros(0), *values]),
            (
                np.concatenate([np.zeros(0, dtype=np.int64), *rows]),
                np.concatenate([np.zeros(0, dtype=np.int64), *columns]),
            ),
        ),
        shape=(at, int(starts[-1])),
    )
    return chosen, cone


def _count(cone: dict[str, Any], block: Block) -> None:
    key = block.cone.key
    if key in ("z", "l"):
        cone[key] = cone.get(key, 0) + block.size
    elif key in ("ep", "ed"):
        cone[key] = cone.get(key, 0) + 1
    elif key == "q":
        cone.setdefault(key, []).append(block.size)
    elif key == "s":
        cone.setdefault(key, []).append(block.parameters[0])
    else:
        first, second = block.parameters
        cone.setdefault(key, []).append(block.cone.sign * first / (first + second))
