# SPDX-License-Identifier: MIT
"""Names for the linear-system backends and for the outcomes of a solve."""

from __future__ import annotations

import enum

INFEASIBLE_INACCURATE = -7
UNBOUNDED_INACCURATE = -6
SIGINT = -5
FAILED = -4
INDETERMINATE = -3
INFEASIBLE = -2
UNBOUNDED = -1
UNFINISHED = 0
SOLVED = 1
SOLVED_INACCURATE = 2


class LinearSolver(enum.Enum):
    """How the linear system of every iteration is solved.

    Pass a member, or its value as a string, as the setting ``linear_solver``.
    A backend that this build or machine does not have raises a subclass of
    ``ImportError`` when the solver is constructed.

    Members
    -------
    AUTO : "auto"
        The fastest available one for the problem.
    QDLDL : "qdldl"
        Sparse direct: LDL' factorisation with a fill-reducing ordering.
    CPU_INDIRECT : "cpu_indirect"
        Preconditioned conjugate gradients; no factorisation, little memory.
    MKL : "mkl"
        Sparse direct by Intel's PARDISO, loaded when asked for.
    ACCELERATE : "accelerate"
        Sparse direct by Apple's Accelerate; macOS 13 or newer.
    CPU_DENSE : "cpu_dense"
        Dense Cholesky, for small dense problems.
    GPU_INDIRECT : "gpu_indirect"
        Conjugate gradients on an NVIDIA GPU.
    CUDSS : "cudss"
        Sparse direct on an NVIDIA GPU.

    """

    AUTO = "auto"
    QDLDL = "qdldl"
    CPU_INDIRECT = "cpu_indirect"
    MKL = "mkl"
    ACCELERATE = "accelerate"
    CPU_DENSE = "cpu_dense"
    GPU_INDIRECT = "gpu_indirect"
    CUDSS = "cudss"
