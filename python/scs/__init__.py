# SPDX-License-Identifier: MIT
"""scs, a solver for convex quadratic cone programs.

It solves ::

    minimize    1/2 x'Px + c'x
    subject to  Ax + s = b,  s in K

where K is a product of linear, box, second-order, semidefinite, exponential, power
and spectral cones. Construct `SCS` and call its `solve`, or call `solve` for both at
once.
"""

import sys as sys  # existing tests replace scs.sys

from scs import _compat, _core
from scs import _scs_direct as _scs_direct
from scs._api import SCS, solve
from scs._core import (
    BackendUnavailable,
    ConcurrencyError,
    Error,
    FileError,
    InvalidCone,
    InvalidProblem,
    InvalidSetting,
    NotSupported,
    NumericalError,
    OutOfMemory,
)
from scs._enums import (
    FAILED,
    INDETERMINATE,
    INFEASIBLE,
    INFEASIBLE_INACCURATE,
    SIGINT,
    SOLVED,
    SOLVED_INACCURATE,
    UNBOUNDED,
    UNBOUNDED_INACCURATE,
    UNFINISHED,
    LinearSolver,
)
from scs._plot import plot_convergence
from scs._read import read_data
from scs._result import Info, Result

# Private names that existing tests use or replace.
_SOLVER_DISPATCH = _compat.SOLVER_DISPATCH
_load_module = _compat.load_module
_resolve_auto = _compat.resolve_auto
_select_scs_module = _compat.select_scs_module

__version__: str = _core.version()
__sizeof_int__: int = _core.sizeof_int()
__sizeof_float__: int = _core.sizeof_float()

__all__ = [
    "FAILED",
    "INDETERMINATE",
    "INFEASIBLE",
    "INFEASIBLE_INACCURATE",
    "SCS",
    "SIGINT",
    "SOLVED",
    "SOLVED_INACCURATE",
    "UNBOUNDED",
    "UNBOUNDED_INACCURATE",
    "UNFINISHED",
    "BackendUnavailable",
    "ConcurrencyError",
    "Error",
    "FileError",
    "Info",
    "InvalidCone",
    "InvalidProblem",
    "InvalidSetting",
    "LinearSolver",
    "NotSupported",
    "NumericalError",
    "OutOfMemory",
    "Result",
    "plot_convergence",
    "read_data",
    "solve",
]
