# SPDX-License-Identifier: MIT
"""Shared libraries that other installed packages bring."""

from __future__ import annotations

import fnmatch
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_CUDA = ("nvidia-cuda-runtime-cu12", ("libcudart.so.*",))
_CUBLAS = ("nvidia-cublas-cu12", ("libcublas.so.*",))
_CUSPARSE = ("nvidia-cusparse-cu12", ("libcusparse.so.*",))
_CUDSS = ("nvidia-cudss-cu12", ("libcudss.so.*",))

# What a linear solver needs and a package brings: the package, and the files to load.
_NEEDED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "mkl": (("mkl", ("libmkl_rt.so.*", "mkl_rt.*.dll")),),
    "cudss": (_CUDA, _CUBLAS, _CUDSS),
    "gpu_indirect": (_CUDA, _CUBLAS, _CUSPARSE),
}
_prepared: set[str] = set()


def _package_files(distribution: str) -> Iterator[Path]:
    """Yield the files of an installed package as its installer recorded them."""
    from importlib import metadata  # takes long to import, and few need it

    try:
        files = metadata.files(distribution)
    except metadata.PackageNotFoundError:
        return
    for file in files or ():
        yield Path(str(file.locate()))


def _environment_files() -> Iterator[Path]:
    """Yield the libraries of the environment that no package of Python's records."""
    folder = Path(sys.prefix, *(("Library", "bin") if os.name == "nt" else ("lib",)))
    if folder.is_dir():
        yield from folder.iterdir()


def _load(path: Path) -> bool:
    import ctypes

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
    came from; so load it here first. Libraries stay for the life of the process, and
    loading one again is cheap and does nothing.

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
    loaded = [_load(path) for path in found]
    return any(loaded)


def prepare(linear_solver: str) -> None:
    """Load what a linear solver needs from the packages that bring it.

    Call this before the core is asked for the solver. Nothing happens for solvers that
    need no foreign library, and for those prepared before. What is missing is not an
    error here: the core looks for it too, and says what to install.

    Parameters
    ----------
    linear_solver : str
        Value of a member of `LinearSolver`.

    """
    needed = _NEEDED.get(linear_solver)
    if needed is None or linear_solver in _prepared:
        return
    # No lock: loading a library twice is harmless. Failures are tried again, because a
    # package may be installed while a notebook is running.
    loaded = [load_package_library(*one) for one in needed]
    if all(loaded):
        _prepared.add(linear_solver)
