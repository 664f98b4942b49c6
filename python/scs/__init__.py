# SPDX-License-Identifier: MIT
"""scs, a solver for convex quadratic cone programs.

It solves ::

    minimize    1/2 x'Px + c'x
    subject to  Ax + s = b,  s in K

where K is a product of linear, box, second-order, semidefinite, exponential, power
and spectral cones. Construct `SCS` and call its `solve`, or call `solve` for both at
once.
"""

import sys  # noqa: F401  (existing tests replace scs.sys)

from scs import _core, _scs_direct
from scs._api import SCS, solve
from scs._compat import SOLVER_DISPATCH as _SOLVER_DISPATCH
from scs._compat import load_module as _load_module
from scs._compat import resolve_auto as _resolve_auto
from scs._compat import select_scs_module as _select_scs_module
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
from scs._result import Info, Result

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
    "solve",
]
