# SPDX-License-Identifier: MIT
"""The solver as the package uses it. Private."""

from collections.abc import Callable
from typing import Any

import numpy
from numpy.typing import NDArray

def version() -> str:
    """Version as 'major.minor.patch'."""

def sizeof_int() -> int:
    """Bytes of an index."""

def sizeof_float() -> int:
    """Bytes of a number."""

def signals() -> int:
    """Number of SIGINTs that solves and constructors have noticed."""

def read_problem(
    path: bytes, /
) -> tuple[
    int,
    int,
    NDArray[numpy.float64],
    NDArray[numpy.int32],
    NDArray[numpy.int32],
    NDArray[numpy.float64] | None,
    NDArray[numpy.int32] | None,
    NDArray[numpy.int32] | None,
    NDArray[numpy.float64],
    NDArray[numpy.float64],
    dict[str, Any],
    dict[str, Any],
    str,
]:
    """
    A problem file: the arguments of Solver up to settings, and its version.
    """

CSC_UNSORTED: int = 1

CSC_DUPLICATES: int = 2

CSC_LOWER: int = 4

CSC_UPPER: int = 8

def csc_flags(
    m: int,
    n: int,
    indptr: NDArray[numpy.int32] | NDArray[numpy.int64],
    indices: NDArray[numpy.int32] | NDArray[numpy.int64],
    /,
) -> int:
    """
    State of an m by n CSC pattern: 0 if canonical, else the sum of CSC_* flags.
    """

CONE_FIELDS: tuple[str, ...]

SETTINGS: tuple[str, ...]

DEFAULTS: dict[str, object]

class StopSource:
    """Ends the one solve that it is given to."""

    def __init__(self) -> None: ...
    def request_stop(self) -> None: ...

class Solver:
    """One problem; see README.md beside the sources."""

    def __init__(
        self,
        m: int,
        n: int,
        Ax: NDArray[numpy.float64],
        Ai: NDArray[numpy.int32],
        Ap: NDArray[numpy.int32],
        Px: NDArray[numpy.float64] | None,
        Pi: NDArray[numpy.int32] | None,
        Pp: NDArray[numpy.int32] | None,
        b: NDArray[numpy.float64],
        c: NDArray[numpy.float64],
        cone: dict[str, Any],
        settings: dict[str, Any] | None = None,
        linear_solver: str = "auto",
        on_concurrent_use: str = "wait",
        restored: bool = False,
        /,
    ) -> None: ...
    def solve(
        self,
        warm_start: bool = True,
        x: NDArray[numpy.float64] | None = None,
        y: NDArray[numpy.float64] | None = None,
        s: NDArray[numpy.float64] | None = None,
        progress: Callable[..., object] | None = None,
        since: int | None = None,
        stop: StopSource | None = None,
        write: Callable[[str], object] | None = None,
        /,
    ) -> tuple[
        NDArray[numpy.float64],
        NDArray[numpy.float64],
        NDArray[numpy.float64],
        dict[str, Any],
    ]: ...
    def update(
        self,
        b: NDArray[numpy.float64] | None = None,
        c: NDArray[numpy.float64] | None = None,
        /,
    ) -> None: ...
    def update_matrices(
        self,
        Px: NDArray[numpy.float64] | None = None,
        Ax: NDArray[numpy.float64] | None = None,
        /,
    ) -> None: ...
    def set_start(
        self,
        x: NDArray[numpy.float64],
        y: NDArray[numpy.float64],
        s: NDArray[numpy.float64],
        /,
    ) -> None: ...
    def state(self, /) -> tuple[Any, Any, Any]: ...
    def clone(self) -> Solver: ...
    def interrupt(self) -> None: ...
    @property
    def m(self) -> int: ...
    @property
    def n(self) -> int: ...
    @property
    def nnz(self) -> int: ...
    @property
    def p_nnz(self) -> int: ...
    @property
    def cone(self) -> dict[str, Any]: ...
    @property
    def linear_solver(self) -> str: ...
    @property
    def last_status(self) -> int: ...

class Error(Exception): ...
class InvalidProblem(Error, ValueError): ...
class InvalidCone(Error, ValueError): ...
class InvalidSetting(Error, ValueError): ...
class ConcurrencyError(Error, RuntimeError): ...
class OutOfMemory(Error, MemoryError): ...
class NumericalError(Error, ArithmeticError, ValueError): ...
class BackendUnavailable(Error, ImportError): ...
class BackendFailed(Error, RuntimeError): ...
class NotSupported(Error, NotImplementedError): ...
class FileError(Error, OSError): ...
