# SPDX-License-Identifier: MIT
"""Problems stored as ``.npz`` files in the solver's standard form.

    minimize 1/2 x'Px + c'x   subject to  Ax + s = b,  s in K

Keys of a file: ``A_data A_indices A_indptr A_shape`` (compressed columns),
``P_data P_indices P_indptr`` (upper triangle, absent when P = 0), ``b``, ``c``,
``cone`` (JSON text of the cone dict), optionally ``name source offset``.

The products are written here on plain arrays, so that the judge shares no
sparse-matrix code with a solver.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Cone = dict[str, Any]

PROBLEMS_VARIABLE = "SCS_PROBLEMS"


@dataclass(frozen=True)
class Csc:
    """A sparse matrix in compressed columns; duplicate entries add up."""

    rows: int
    cols: int
    indptr: IntArray
    indices: IntArray
    data: FloatArray

    def _column_of_entry(self) -> IntArray:
        return np.repeat(np.arange(self.cols, dtype=np.int64), np.diff(self.indptr))

    def times(self, x: FloatArray) -> FloatArray:
        """Return ``M @ x``, length ``rows``."""
        terms = self.data * x[self._column_of_entry()]
        return _sums(self.indices, terms, self.rows)

    def transpose_times(self, y: FloatArray) -> FloatArray:
        """Return ``M.T @ y``, length ``cols``."""
        terms = self.data * y[self.indices]
        return _sums(self._column_of_entry(), terms, self.cols)

    def symmetric_times(self, x: FloatArray) -> FloatArray:
        """Return ``S @ x`` where this matrix is the upper triangle of S."""
        on_diagonal = self.indices == self._column_of_entry()
        diagonal = _sums(self.indices[on_diagonal], self.data[on_diagonal], self.rows)
        return self.times(x) + self.transpose_times(x) - diagonal * x

    def absolute(self) -> Csc:
        """Return the matrix of absolute values."""
        return replace(self, data=np.abs(self.data))

    def to_scipy(self) -> Any:
        """Return it as a ``scipy.sparse.csc_matrix`` with 32-bit indices."""
        import scipy.sparse as sp

        arrays = (
            self.data,
            self.indices.astype(np.int32),
            self.indptr.astype(np.int32),
        )
        return sp.csc_matrix(arrays, shape=(self.rows, self.cols))


@dataclass(frozen=True)
class Problem:
    """One problem; ``name`` is ``class/stem``, the key of every table."""

    name: str
    a: Csc
    p: Csc | None
    b: FloatArray
    c: FloatArray
    cone: Cone
    offset: float = 0.0

    def p_times(self, x: FloatArray) -> FloatArray:
        """Return ``P @ x`` (zeros when P is absent)."""
        return np.zeros_like(x) if self.p is None else self.p.symmetric_times(x)

    def data(self) -> dict[str, Any]:
        """Return the data dict that ``scs.SCS`` takes."""
        data = {"A": self.a.to_scipy(), "b": self.b, "c": self.c}
        if self.p is not None:
            data["P"] = self.p.to_scipy()
        return data


def _sums(places: IntArray, terms: FloatArray, length: int) -> FloatArray:
    sums = np.bincount(places, weights=terms, minlength=length)
    return np.asarray(sums, dtype=np.float64)


def problem_name(path: Path) -> str:
    """Return ``folder/stem``, the name under which results are filed."""
    return f"{path.resolve().parent.name}/{path.stem}"


def load(path: Path) -> Problem:
    """Read one file; raises ``OSError``, ``KeyError`` or ``ValueError``."""
    with np.load(path, allow_pickle=False) as file:
        rows, cols = (int(k) for k in file["A_shape"])
        a = _csc(file, "A", rows, cols)
        p = _csc(file, "P", cols, cols) if "P_data" in file else None
        return Problem(
            name=problem_name(path),
            a=a,
            p=p,
            b=np.asarray(file["b"], dtype=np.float64),
            c=np.asarray(file["c"], dtype=np.float64),
            cone=json.loads(str(file["cone"])),
            offset=float(file["offset"]) if "offset" in file else 0.0,
        )


def _csc(file: Any, letter: str, rows: int, cols: int) -> Csc:
    return Csc(
        rows=rows,
        cols=cols,
        indptr=np.asarray(file[f"{letter}_indptr"], dtype=np.int64),
        indices=np.asarray(file[f"{letter}_indices"], dtype=np.int64),
        data=np.asarray(file[f"{letter}_data"], dtype=np.float64),
    )


def find(places: Iterable[str], classes: Iterable[str] = ()) -> list[Path]:
    """Return the problem files under the given files and folders, in order.

    Without places the folder named by the variable ``SCS_PROBLEMS`` is searched.
    A non-empty ``classes`` keeps only files whose folder has one of these names.
    """
    roots = list(places)
    if not roots:
        root = os.environ.get(PROBLEMS_VARIABLE)
        if not root:
            raise ValueError(f"give problem folders or set {PROBLEMS_VARIABLE}")
        roots = [root]
    found: list[Path] = []
    for root in roots:
        path = Path(root)
        if path.is_dir():
            found += sorted(path.rglob("*.npz"))
        elif path.is_file():
            found.append(path)
        else:
            raise ValueError(f"no such file or folder: {root}")
    wanted = set(classes)
    absent = wanted - {path.resolve().parent.name for path in found}
    if absent:
        raise ValueError(f"no problems of class {', '.join(sorted(absent))}")
    if wanted:
        found = [path for path in found if path.resolve().parent.name in wanted]
    return list(dict.fromkeys(found))
