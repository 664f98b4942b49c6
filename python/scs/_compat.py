# SPDX-License-Identifier: MIT
"""Names and flags of earlier versions that existing code uses."""

from __future__ import annotations

import contextlib
import importlib
import sys
import warnings
from types import ModuleType
from typing import Any, cast, get_type_hints

from scs._enums import LinearSolver

SOLVER_DISPATCH = {
    LinearSolver.QDLDL: "_scs_direct",
    LinearSolver.CPU_INDIRECT: "_scs_indirect",
    LinearSolver.MKL: "_scs_mkl",
    LinearSolver.ACCELERATE: "_scs_accelerate",
    LinearSolver.CPU_DENSE: "_scs_dense",
    LinearSolver.GPU_INDIRECT: "_scs_gpu",
    LinearSolver.CUDSS: "_scs_cudss",
}

LEGACY_FLAGS = frozenset({"use_indirect", "gpu", "mkl", "cudss"})


def member(choice: Any) -> LinearSolver:
    """Return the member of `LinearSolver` that a setting names.

    Raises
    ------
    ValueError
        A string that is not the value of a member.
    KeyError
        Neither a string nor a member.

    """
    if isinstance(choice, LinearSolver):
        return choice
    if isinstance(choice, str):
        try:
            return LinearSolver(choice)
        except ValueError as error:
            names = ", ".join(each.value for each in LinearSolver)
            raise ValueError(f"{error}; there are {names}") from None
    raise KeyError(f"linear_solver must be a LinearSolver or a str, not {choice!r}")


def translate_flags(
    settings: dict[str, Any], linear_solver: LinearSolver
) -> LinearSolver:
    """Take version 3.2's backend flags out of `settings` and say what they mean.

    Parameters
    ----------
    settings : dict
        Changed: the flags are removed.
    linear_solver : LinearSolver
        The choice by the setting of today.

    Returns
    -------
    LinearSolver
        The choice by the flags, or `linear_solver` where all of them are false.

    Raises
    ------
    ValueError
        Flags and setting contradict each other.
    NotImplementedError
        MKL with the indirect method, which never existed.

    """
    flags = {flag: settings.pop(flag) for flag in LEGACY_FLAGS & settings.keys()}
    names = ", ".join(sorted(flags))
    deprecated(f"{names}: deprecated; use linear_solver=scs.LinearSolver... instead")
    indirect = flags.get("use_indirect")
    if flags.get("mkl"):
        if indirect:
            raise NotImplementedError("MKL has no indirect solver")
        choice = LinearSolver.MKL
    elif flags.get("gpu") or flags.get("cudss"):
        choice = LinearSolver.GPU_INDIRECT if indirect else LinearSolver.CUDSS
    elif indirect:
        choice = LinearSolver.CPU_INDIRECT
    else:
        return linear_solver
    if linear_solver not in (LinearSolver.AUTO, choice):
        raise ValueError(f"linear_solver={linear_solver} contradicts {names}")
    return choice


def warn(text: str, category: type[Warning] = UserWarning) -> None:
    """Warn whoever called the package, however deep inside it this is.

    By default Python shows deprecations only where the user's own program is at fault,
    and any warning once for each line: a line in here would stand for all of them.
    """
    level = 1
    frame = sys._getframe()
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == "scs":
        frame = frame.f_back
        level += 1
    warnings.warn(text, category, stacklevel=level)


def deprecated(text: str) -> None:
    """Warn that the caller of the package uses something of the past."""
    warn(text, DeprecationWarning)


def make_public(*things: Any) -> None:
    """Say of classes and functions that they are the package's own.

    Under this name pickles are read by later versions, wherever the code is then.
    """
    for thing in things:
        if isinstance(thing, type):
            # Their names are those of the module that the class leaves.
            thing.__annotations__ = get_type_hints(thing)
        if "__firstlineno__" in vars(thing):
            del thing.__firstlineno__  # not in the file of the package
        thing.__module__ = "scs"


def load_module(name: str) -> ModuleType:
    """Import one of the backend modules of earlier versions by name."""
    return importlib.import_module(f"scs.{name}")


def resolve_auto() -> ModuleType:
    """Return the backend module that AUTO stood for.

    Looks names up in the package, where tests replace them.
    """
    package: Any = importlib.import_module("scs")
    if package.sys.platform != "darwin":
        with contextlib.suppress(ImportError):
            return cast(ModuleType, package._load_module("_scs_mkl"))
    return cast(ModuleType, package._scs_direct)


def select_scs_module(linear_solver: LinearSolver) -> ModuleType:
    """Return the backend module of a member of `LinearSolver`."""
    package: Any = importlib.import_module("scs")
    if linear_solver is LinearSolver.AUTO:
        return cast(ModuleType, package._resolve_auto())
    return cast(ModuleType, package._load_module(SOLVER_DISPATCH[linear_solver]))
