# SPDX-License-Identifier: MIT
"""The one place where what users pass becomes what the extension module takes.

The extension takes contiguous float64 vectors and canonical compressed columns
with 32-bit indices, and converts nothing. Input of that kind, which is what SciPy
makes, goes through without a copy; everything else is converted here, always into
new arrays, because the caller's belong to the caller and may be in use in another
thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from scs import _compat, _core

FloatVector: TypeAlias = NDArray[np.float64]
IndexVector: TypeAlias = NDArray[np.int32]
Columns: TypeAlias = tuple[FloatVector, IndexVector, IndexVector]

_FLOAT = np.dtype(np.float64)
_INDEX = np.dtype(np.int32)
_INDEX_LIMITS = np.iinfo(np.int32)
_COMPRESSED = (sp.csc_matrix, sp.csc_array)

# Bits of _core.csc_flags.
_UNSORTED_OR_DUPLICATES = 1 | 2
_LOWER = 4
_UPPER = 8


class Arrays(NamedTuple):
    """The arguments of ``_core.Solver`` that come from the data dict, in its order."""

    m: int
    n: int
    a_values: FloatVector
    a_rows: IndexVector
    a_starts: IndexVector
    p_values: FloatVector | None
    p_rows: IndexVector | None
    p_starts: IndexVector | None
    b: FloatVector
    c: FloatVector


def parse(data: Mapping[str, Any]) -> Arrays:
    """Check and convert a data dict.

    Parameters
    ----------
    data : mapping
        ``A`` (m by n), ``b`` (m), ``c`` (n) and optionally ``P`` (n by n).

    Returns
    -------
    Arrays
        Views of the caller's arrays where they fit, copies where not.

    Raises
    ------
    TypeError
        A or P is not sparse, or something is not a vector of floats.
    InvalidProblem
        An entry is missing, or the shapes do not fit together.

    """
    if "b" not in data or "c" not in data:
        raise _core.InvalidProblem("Missing one of b, c from data dictionary")
    if "A" not in data:
        raise _core.InvalidProblem("Missing A from data dictionary")
    a, b, c, p = data["A"], data["b"], data["c"], data.get("P")
    if a is None or b is None or c is None:
        raise _core.InvalidProblem(
            "Incomplete data specification: one of A, b, c is None"
        )
    if a.__class__ not in _COMPRESSED:
        a = _compressed(a, "A")
    if p is not None and p.__class__ not in _COMPRESSED:
        p = _compressed(p, "P")
    b, c = vector(b, "b"), vector(c, "c")
    m, n = b.size, c.size
    if a.shape != (m, n):
        raise _core.InvalidProblem(
            f"A shape not compatible with b,c: A is {_size(a.shape)}, "
            f"b has length {m}, c has length {n}"
        )
    a_columns = columns(a.data, a.indices, a.indptr, "A", m, n)
    if p is None:
        return Arrays(m, n, *a_columns, None, None, None, b, c)
    if p.shape != (n, n):
        raise _core.InvalidProblem(
            f"P shape not compatible with A,b,c: P is {_size(p.shape)} instead of "
            f"{n} x {n}"
        )
    p_columns = columns(p.data, p.indices, p.indptr, "P", n, n)
    return Arrays(m, n, *a_columns, *p_columns, b, c)


def vector(value: Any, name: str) -> FloatVector:
    """Return a contiguous float64 vector, the given array itself where it is one.

    Floats of other widths and strided arrays are copied, sparse vectors made dense.
    Anything else, integers included, is a TypeError that names `name`.
    """
    if isinstance(value, np.ndarray):
        if value.__class__ is not np.ndarray and np.ma.is_masked(value):
            raise _core.InvalidProblem(f"{name} has masked entries: fill them first")
        if value.ndim == 1:
            dtype, flags = value.dtype, value.flags
            if dtype == _FLOAT and flags.c_contiguous and flags.aligned:
                return value
            if dtype.kind == "f":
                return np.array(value, dtype=_FLOAT, order="C")
    elif _is_sparse(value):
        return vector(value.toarray().ravel(), name)
    raise TypeError(
        f"{name} must be a 1-D numpy array of floats, not {_found(value)}"
        f"{_advice(value, name)}"
    )


def columns(values: Any, rows: Any, starts: Any, name: str, m: int, n: int) -> Columns:
    """Return canonical compressed columns with 32-bit indices.

    Parameters
    ----------
    values, rows, starts : ndarray
        The matrix by columns: entries, their rows, and where each column starts.
    name : str
        "A", or "P" for a symmetric matrix to be given by its upper triangle.
    m, n : int
        Rows and columns of the matrix.

    Returns
    -------
    tuple of ndarray
        The arrays themselves if they will do; else sorted copies with duplicate
        entries summed, for P cut to the upper triangle. A P that has entries only
        below its diagonal means the symmetric matrix with that lower triangle.

    """
    values = vector(values, name + "x")
    rows = _indices(rows, name + "i")
    starts = _indices(starts, name + "p")
    try:
        flags = _core.csc_flags(m, n, starts, rows)
    except _core.InvalidProblem as error:
        raise _core.InvalidProblem(f"{name}: {error}") from None
    if not flags & _UNSORTED_OR_DUPLICATES and (name == "A" or not flags & _LOWER):
        return values, rows, starts
    # Another thread may write to the caller's arrays, and SciPy relies on what it is
    # given: what goes to it is checked when it is nobody else's any more.
    values, rows, starts = values.copy(), rows.copy(), starts.copy()
    try:
        flags = _core.csc_flags(m, n, starts, rows)
        used = starts[-1]
        matrix = sp.csc_array((values[:used], rows[:used], starts), shape=(m, n))
    except ValueError as error:
        raise _core.InvalidProblem(f"{name}: {error}") from None
    matrix.sum_duplicates()
    if name == "P" and flags & _LOWER:
        only_lower = not _core.csc_flags(m, n, matrix.indptr, matrix.indices) & _UPPER
        matrix = sp.triu(matrix.T if only_lower else matrix, format="csc")
        matrix.sort_indices()
    return (
        matrix.data,
        _indices(matrix.indices, name + "i"),
        _indices(matrix.indptr, name + "p"),
    )


def start_vectors(
    solver: _core.Solver, warm_start: bool, x: Any, y: Any, s: Any
) -> tuple[FloatVector | None, FloatVector | None, FloatVector | None]:
    """Convert the vectors of a warm start; without one they are not looked at."""
    if warm_start is not True:  # what is no bool is refused further down
        return None, None, None
    n, m = solver.n, solver.m
    return _start(x, "x", n), _start(y, "y", m), _start(s, "s", m)


def new_vector(value: Any, name: str) -> FloatVector | None:
    """Convert one vector of an update, where a sparse one is not accepted."""
    if value is None:
        return None
    # What it mostly is comes first: the other question takes a third of an update.
    if not isinstance(value, np.ndarray) and _is_sparse(value):
        raise TypeError(
            f"{name} must be a 1-D numpy array of floats, not {_found(value)}"
        )
    return vector(value, name)


def _start(value: Any, name: str, length: int) -> FloatVector | None:
    if value is None:
        return None
    fits = isinstance(value, np.ndarray) and value.shape == (length,)
    if fits and value.dtype.kind == "f":
        return vector(value, name)
    raise _core.InvalidProblem(
        f"Unable to parse {name} warm-start: Warm-start must be a 1-D float array of "
        f"length {length}, not {_found(value)}"
        + (f" of length {value.size}" if isinstance(value, np.ndarray) else "")
    )


def _found(value: object) -> str:
    if isinstance(value, np.ndarray):
        return f"a {value.ndim}-D array of {value.dtype}"
    return type(value).__name__


def _advice(value: Any, name: str) -> str:
    """How to make a vector of it, where that is not in doubt."""
    # Ax and Px are the entries of A and P, b_new is called b by who passes it.
    who = name[0]
    if isinstance(value, np.ndarray):
        if value.dtype.kind in "iub" and value.ndim == 1:
            return f"; {who}.astype(float) will do"
        if value.dtype.kind == "f" and value.size == max(value.shape, default=0) > 0:
            return f"; numpy.asarray({who}).ravel() will do"
    elif isinstance(value, list | tuple):
        return f"; numpy.array({who}, float) will do"
    elif hasattr(value, "to_numpy"):
        return f"; {who}.to_numpy(float) will do"
    return ""


def _is_sparse(value: object) -> bool:
    return bool(sp.issparse(value))


def _compressed(matrix: Any, name: str) -> Any:
    """Return a sparse matrix in the compressed-column format."""
    if not _is_sparse(matrix):
        raise TypeError(
            f"{name} is required to be a sparse matrix, not {type(matrix).__name__}"
            + (
                f"; scipy.sparse.csc_array({name}) will do"
                if isinstance(matrix, np.ndarray)
                else ""
            )
        )
    if matrix.format == "csc":
        return matrix  # of a class derived from SciPy's
    _compat.warn(
        f"Converting {name} to a CSC (compressed sparse column) matrix; may take a "
        "while."
    )
    try:
        own = matrix.copy()  # which another thread cannot change after the check
        if hasattr(own, "check_format"):
            own.check_format()
        return own.tocsc() if own.ndim == 2 else own.reshape(1, -1).tocsc()
    except ValueError as error:
        raise _core.InvalidProblem(f"{name}: {error}") from None


def _indices(value: Any, name: str) -> IndexVector:
    """Return a contiguous vector of 32-bit integers."""
    if not isinstance(value, np.ndarray) or value.ndim != 1:
        raise TypeError(f"{name} must be a 1-D numpy array of integers")
    dtype = value.dtype
    if dtype == _INDEX and value.flags.c_contiguous and value.flags.aligned:
        return value
    if dtype.kind not in "iu":
        raise TypeError(f"{name} must be a 1-D numpy array of integers, not {dtype}")
    if value.size and not (
        _INDEX_LIMITS.min <= value.min() and value.max() <= _INDEX_LIMITS.max
    ):
        raise _core.InvalidProblem(
            f"{name} holds {value.max()}, more than 32-bit indices can express"
        )
    return np.array(value, dtype=_INDEX, order="C")


def _size(shape: tuple[int, ...]) -> str:
    return " x ".join(map(str, shape))
