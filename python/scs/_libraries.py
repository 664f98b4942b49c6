# SPDX-License-Identifier: MIT
"""Shared libraries that other installed packages bring."""

from __future__ import annotations

import ctypes
import fnmatch
import importlib.metadata
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path


def _package_files(distribution: str) -> Iterator[Path]:
    """Yield the files of an installed package as its installer recorded them."""
    try:
        files = importlib.metadata.files(distribution)
    except importlib.metadata.PackageNotFoundError:
        return
    for file in files or ():
        yield Path(str(file.locate()))


def _environment_files() -> Iterator[Path]:
    """Yield the libraries of the environment that no package of Python's records."""
    folder = Path(sys.prefix, *(("Library", "bin") if os.name == "nt" else ("lib",)))
    if folder.is_dir():
        yield from folder.iterdir()


def _load(path: Path) -> bool:
    if sys.platform == "win32":
        # For what the library itself loads by name. It stays: so does the library.
        os.add_dll_directory(str(path.parent))
    try:
        ctypes.CDLL(str(path))  # ctypes never unloads it
    except OSError:
        return False
    return True


def load_package_library(distribution: str, patterns: Sequence[str]) -> bool:
    """Load shared libraries of an installed package by their paths.

    The core loads libraries by name, and the system's loader knows no folders of Python
    packages. A library that is in the process already it finds by name, wherever that
    came from; so load it here first. Libraries stay for the life of the process; loading
    one again is cheap and does nothing.

    Parameters
    ----------
    distribution : str
        Name of the package as an installer knows it, such as ``"mkl"``.
    patterns : sequence of str
        File names with wildcards, such as ``"libmkl_rt.so.*"``. Everything that matches
        is loaded, in the order of the patterns: put dependencies first.

    Returns
    -------
    bool
        Whether something was loaded. If not, the loader's usual search may still find
        the library. Packages of other kinds (conda's) leave no record for Python; their
        libraries are looked for in the environment's own folder.

    """
    files = list(_package_files(distribution)) or list(_environment_files())
    found = [
        path
        for pattern in patterns
        for path in sorted(files)
        if fnmatch.fnmatchcase(path.name, pattern)
    ]
    return any([_load(path) for path in found])
