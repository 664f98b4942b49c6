# SPDX-License-Identifier: MIT
"""`read_data`: problems from files of several formats, which the name tells."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

from scs._formats._stored import StoredProblem

# What a name ends in, the module that reads it and the function there. Modules are
# imported when they are needed.
_READERS = {
    ".scs": ("_native", "read_binary"),
    ".npz": ("_native", "read_archive"),
    ".dat-s": ("_sdpa", "read"),
    ".dat-s.gz": ("_sdpa", "read"),
    ".cbf": ("_cbf", "read"),
    ".cbf.gz": ("_cbf", "read"),
    ".mps": ("_mps", "read"),
    ".mps.gz": ("_mps", "read"),
    ".qps": ("_mps", "read"),
    ".qps.gz": ("_mps", "read"),
}
SUFFIXES = tuple(_READERS)


def read_data(
    path: str | bytes | os.PathLike[str] | os.PathLike[bytes],
) -> StoredProblem:
    """Read a problem from a file.

    Parameters
    ----------
    path : path-like
        The file. The end of its name, in upper or lower case, says what it is:

        - ``.dat-s``: SDPA's sparse format,
        - ``.cbf``: the Conic Benchmark Format, versions 1 to 3, continuous,
        - ``.mps``, ``.qps``: needs the package highspy,
        - ``.npz``: the NumPy archives of ``python -m scs``,
        - anything else: what ``write_data_filename`` writes, here or in earlier
          versions from 3.2 on.

        The text formats may be compressed (``.gz``).

    Returns
    -------
    StoredProblem
        A tuple ``(data, cone, settings)`` of dicts, ready for
        ``scs.SCS(data, cone, **settings)``, with the attributes ``name``, ``offset``
        and ``maximize`` and the method ``objective``, which turns an objective of the
        solver into one of the file.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        It is not what its name says, or cannot be had; the text names the file and the
        line or the field. Nothing in a file is trusted.
    ImportError
        A package that reads this format is not installed; the text says which.

    """
    file = os.fsdecode(path)
    suffix = suffix_of(file) or ".scs"
    module, function = _READERS[suffix]
    problem: StoredProblem = getattr(
        importlib.import_module(f"scs._formats.{module}"), function
    )(file)
    if not problem.name:
        name = Path(file).name
        problem.name = name[: -len(suffix)] if suffix_of(name) else Path(name).stem
    return problem


def suffix_of(path: str | os.PathLike[str]) -> str:
    """Return the suffix by which a file is known, lower case, or an empty string."""
    name = os.fsdecode(path).lower()
    return max((end for end in SUFFIXES if name.endswith(end)), key=len, default="")
