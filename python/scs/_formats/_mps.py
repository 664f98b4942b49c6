# SPDX-License-Identifier: MIT
"""MPS and QPS, with fixed or free fields, through HiGHS.

HiGHS (the package ``highspy``, MIT licence, no dependency but NumPy) has read these
files, with all that decades of tools have put into them, for years; nothing would be
won by another parser.
"""

from __future__ import annotations

import gzip
import importlib
import os
import shutil
import tempfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from scs import _core
from scs._formats._stored import StoredProblem

_Vector = NDArray[np.float64]


def read(path: str | os.PathLike[str]) -> StoredProblem:
    """Read one problem.

    Parameters
    ----------
    path : path-like
        The file; ``.gz`` at the end of its name means that it is compressed.

    Returns
    -------
    StoredProblem
        The variables in the order of the file; equations first, then one row for each
        bound that is not infinite: upper and lower ones of rows, then of variables.

    Raises
    ------
    ImportError
        The package highspy is not installed.
    OSError
        The file cannot be read.
    ValueError
        It is not such a file, or has integer variables.

    """
    try:
        highspy: Any = importlib.import_module("highspy")
    except ImportError as error:
        raise ImportError(
            f"reading {os.fspath(path)} needs the package highspy: pip install scs[mps]"
        ) from error
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    with tempfile.TemporaryDirectory() as folder:
        # It goes by the end of the name and knows one only.
        copy = Path(folder, "problem.mps")
        _copy(Path(path), copy)
        status = highs.readModel(str(copy))
    if status == highspy.HighsStatus.kError:
        raise _core.InvalidProblem(f"{os.fspath(path)}: HiGHS cannot read it as MPS")
    return _convert(os.fspath(path), highspy, highs.getModel())


def _copy(path: Path, copy: Path) -> None:
    try:
        with (
            gzip.open(path) if path.suffix == ".gz" else path.open("rb") as source,
            copy.open("wb") as target,
        ):
            shutil.copyfileobj(source, target)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise _core.InvalidProblem(f"{path}: {error}") from error


def _convert(path: str, highspy: Any, model: Any) -> StoredProblem:
    lp, hessian = model.lp_, model.hessian_
    continuous = highspy.HighsVarType.kContinuous
    if any(kind != continuous for kind in lp.integrality_):
        raise _core.InvalidProblem(f"{path}: integer variables cannot be had")
    n, m = lp.num_col_, lp.num_row_
    stored = lp.a_matrix_
    compressed = (
        np.array(stored.value_, dtype=np.float64),
        np.array(stored.index_, dtype=np.int32),
        np.array(stored.start_, dtype=np.int32),
    )
    by_rows = stored.format_ == highspy.MatrixFormat.kRowwise
    matrix = (sp.csr_matrix if by_rows else sp.csc_matrix)(compressed, shape=(m, n))
    a, b, cone = _rows(
        sp.vstack([matrix, sp.identity(n)], format="csr"),
        np.concatenate([lp.row_lower_, lp.col_lower_]),
        np.concatenate([lp.row_upper_, lp.col_upper_]),
    )
    maximize = lp.sense_ == highspy.ObjSense.kMaximize
    sign = -1.0 if maximize else 1.0
    data: dict[str, Any] = {"A": a, "b": b, "c": sign * np.array(lp.col_cost_)}
    if hessian.dim_ > 0:
        # One triangle, the lower one by columns: by rows it is the upper one.
        triangle = sp.csr_matrix(
            (
                sign * np.array(hessian.value_, dtype=np.float64),
                np.array(hessian.index_, dtype=np.int32),
                np.array(hessian.start_, dtype=np.int32),
            ),
            shape=(n, n),
        ).tocsc()
        triangle.eliminate_zeros()
        if triangle.nnz:
            data["P"] = triangle
    return StoredProblem(
        data,
        cone,
        {},
        name=_name(path),
        offset=float(lp.offset_),
        maximize=maximize,
    )


def _name(path: str) -> str:
    name = os.path.basename(path).removesuffix(".gz")
    return name.rpartition(".")[0] or name


def _rows(
    matrix: sp.csr_matrix, lower: _Vector, upper: _Vector
) -> tuple[sp.csc_matrix, _Vector, dict[str, int]]:
    """Turn lower <= matrix x <= upper into A x + s = b."""
    equal = lower == upper
    above = np.flatnonzero(~equal & np.isfinite(upper))
    below = np.flatnonzero(~equal & np.isfinite(lower))
    same = np.flatnonzero(equal)
    a = sp.vstack([matrix[same], matrix[above], -matrix[below]], format="csc")
    a.sort_indices()
    b = np.concatenate([upper[same], upper[above], -lower[below]])
    cone = {"z": len(same), "l": len(above) + len(below)}
    return sp.csc_matrix(a), b, {key: count for key, count in cone.items() if count}
