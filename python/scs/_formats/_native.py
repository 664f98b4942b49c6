# SPDX-License-Identifier: MIT
"""Files of the solver itself: ``write_data_filename`` and NumPy archives."""

from __future__ import annotations

import os

import scipy.sparse as sp

from scs import _core, _npz
from scs._formats._stored import StoredProblem


def read_binary(path: str | os.PathLike[str]) -> StoredProblem:
    """Read what ``write_data_filename`` has written, here or in earlier versions.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    StoredProblem
        The settings are those of the file, defaults for what it is too old to know.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        It is not such a file, or what it says makes no sense; the text names the field.

    """
    try:
        m, n, *arrays, cone, settings, _ = _core.read_problem(os.fsencode(path))
    except (_core.InvalidProblem, _core.InvalidCone, _core.InvalidSetting) as error:
        raise type(error)(f"{os.fspath(path)}: {error}") from error
    a_values, a_rows, a_starts, p_values, p_rows, p_starts, b, c = arrays
    data = {
        "A": sp.csc_matrix((a_values, a_rows, a_starts), shape=(m, n)),
        "b": b,
        "c": c,
    }
    if p_values is not None:
        data["P"] = sp.csc_matrix((p_values, p_rows, p_starts), shape=(n, n))
    return StoredProblem(data, cone, settings)


def read_archive(path: str | os.PathLike[str]) -> StoredProblem:
    """Read a NumPy archive, see `scs._npz.load`.

    Parameters
    ----------
    path : path-like
        The file.

    Returns
    -------
    StoredProblem
        Without settings.

    """
    problem = _npz.load(path)
    return StoredProblem(
        problem.data, problem.cone, {}, name=problem.name, offset=problem.offset
    )
