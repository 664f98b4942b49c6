# SPDX-License-Identifier: MIT
"""scs, a solver for convex quadratic cone programs.

It solves ::

    minimize    1/2 x'Px + c'x
    subject to  Ax + s = b,  s in K

over the vectors x and s. K is a product of cones: equations, inequalities, bounds,
second-order, semidefinite, exponential, power and spectral cones. Many users come here
through a modelling language such as CVXPY; this is the solver by itself. ::

    import numpy as np
    import scipy.sparse as sp
    import scs

    # minimize x0 + x1 subject to x0 + 2 x1 == 4 and x >= 0
    data = {
        "A": sp.csc_matrix([[1.0, 2.0], [-1.0, 0.0], [0.0, -1.0]]),
        "b": np.array([4.0, 0.0, 0.0]),
        "c": np.array([1.0, 1.0]),
    }
    cone = {"z": 1, "l": 2}  # rows of A: first the equation, then two inequalities
    result = scs.solve(data, cone, verbose=False)
    result.info.status, result.x  # 'solved', about [0, 2]

What to look up next, with `help`:

- `scs.SCS`, a solver to keep: all settings, all cones with their rows, the errors.
  `SCS.solve` solves, again from the last solution; `SCS.update` replaces b and c;
  `SCS.solve_async` is for coroutines, `SCS.interrupt` for other threads.
- `scs.solve`, both in one call.
- `scs.Result` and `scs.Info`, what they return; `scs.Progress`, what a callback sees.
- `scs.LinearSolver`, the linear-system backends; `scs.Settings`, a type for dicts of
  settings.
- `scs.Error` and the exceptions derived from it.
- `scs.SOLVED`, `scs.INFEASIBLE` and the other values of ``info.status_val``.
- `scs.read_data` reads stored problems, `scs.plot_convergence` draws logs.
- ``python -m scs --help`` solves stored problems on the command line.
"""

import sys as sys  # existing tests replace scs.sys

from scs import _compat, _core
from scs import _scs_direct as _scs_direct
from scs._api import SCS, solve
from scs._api import _restore as _restore  # pickles of solvers call it
from scs._core import (
    BackendFailed,
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
from scs._settings import Settings
from scs._watch import Progress

# Private names that existing tests use or replace.
_SOLVER_DISPATCH = _compat.SOLVER_DISPATCH
_load_module = _compat.load_module
_resolve_auto = _compat.resolve_auto
_select_scs_module = _compat.select_scs_module

_compat.make_public(SCS, Info, LinearSolver, Progress, Result, Settings, _restore)

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
    "BackendFailed",
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
    "Progress",
    "Result",
    "Settings",
    "plot_convergence",
    "read_data",
    "solve",
]
