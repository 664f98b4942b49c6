# SPDX-License-Identifier: MIT
"""Problems as NumPy archives.

Keys: ``A_data A_indices A_indptr A_shape`` (compressed columns), optionally
``P_data P_indices P_indptr`` (upper triangle; absent for P = 0), ``b``, ``c``,
``cone`` (the cone dict as JSON) and optionally ``name``, ``source`` and
``offset``, the constant of the objective.
"""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp

_REQUIRED = ("A_data", "A_indices", "A_indptr", "A_shape", "b", "c", "cone")


class Problem(NamedTuple):
    """One stored problem; ``scs.SCS(problem.data, problem.cone)`` takes it."""

    data: dict[str, Any]
    cone: dict[str, Any]
    name: str
    source: str
    offset: float


def load(path: str | os.PathLike[str]) -> Problem:
    """Read one problem.

    Parameters
    ----------
    path : path-like
        The ``.npz`` file.

    Returns
    -------
    Problem
        The ``data`` and ``cone`` dicts as ``scs.SCS`` takes them, the name (that of
        the file where none is stored), the source and the objective's constant.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        The file is not such an archive; the text names the file and the key.

    """
    content = io.BytesIO(Path(path).read_bytes())  # what OSError is about
    try:
        with np.load(content, allow_pickle=False) as archive:
            fields = {key: archive[key] for key in archive.files}
    except MemoryError:
        raise
    except Exception as error:  # of zipfile, zlib, tokenize, ast ...: a damaged file
        raise ValueError(f"{path}: not a NumPy archive") from error
    missing = [key for key in _REQUIRED if key not in fields]
    if missing:
        raise ValueError(f"{path}: missing {', '.join(missing)}")
    try:
        m, n = (int(size) for size in fields["A_shape"])
        data: dict[str, Any] = {
            "A": _matrix(fields, "A", (m, n)),
            "b": fields["b"],
            "c": fields["c"],
        }
        if "P_data" in fields:
            data["P"] = _matrix(fields, "P", (n, n))
        cone = json.loads(str(fields["cone"]))
        offset = float(fields.get("offset", 0.0))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: {error}") from error
    if not isinstance(cone, dict):
        raise ValueError(f"{path}: cone is not a JSON object")
    return Problem(
        data,
        cone,
        str(fields.get("name", Path(path).stem)),
        str(fields.get("source", "")),
        offset,
    )


def save(
    path: str | os.PathLike[str],
    data: dict[str, Any],
    cone: dict[str, Any],
    *,
    name: str = "",
    source: str = "",
    offset: float = 0.0,
) -> None:
    """Write one problem; `load` reads it back.

    Parameters
    ----------
    path : path-like
        The file to write; NumPy adds ``.npz`` where it is missing.
    data, cone : dict
        As ``scs.SCS`` takes them. A P given in full is stored by its upper triangle.
    name, source : str
        What the problem is called and where it comes from.
    offset : float
        Constant to add to the objective.

    """
    a = sp.csc_matrix(data["A"])
    fields: dict[str, Any] = {
        "A_data": a.data,
        "A_indices": a.indices,
        "A_indptr": a.indptr,
        "A_shape": np.array(a.shape, dtype=np.int64),
        "b": np.asarray(data["b"], dtype=np.float64),
        "c": np.asarray(data["c"], dtype=np.float64),
        "cone": np.array(json.dumps(cone, default=_plain)),
        "name": np.array(name or Path(path).stem),
        "source": np.array(source),
        "offset": np.array(float(offset)),
    }
    if data.get("P") is not None:
        p = sp.triu(data["P"], format="csc")
        fields |= {"P_data": p.data, "P_indices": p.indices, "P_indptr": p.indptr}
    np.savez_compressed(path, **fields)


def _matrix(fields: dict[str, Any], letter: str, shape: tuple[int, int]) -> Any:
    parts = tuple(fields[f"{letter}_{part}"] for part in ("data", "indices", "indptr"))
    return sp.csc_matrix(parts, shape=shape)


def _plain(value: Any) -> Any:
    """What JSON does not know of a cone dict: NumPy arrays and numbers."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    raise TypeError(f"a cone cannot hold {type(value).__name__}")
