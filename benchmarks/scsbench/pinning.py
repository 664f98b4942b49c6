# SPDX-License-Identifier: MIT
"""One core and one BLAS thread for this process and everything it starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def default_core() -> int | None:
    """Return the highest core this process may use: interrupts favour the first."""
    if sys.platform != "linux":
        return None
    return max(os.sched_getaffinity(0))


def pin(core: int | None) -> int | None:
    """Bind this process and its future children to ``core``.

    Returns the core, or None where the system has no such call. Raises
    ``ValueError`` if the core may not be used.
    """
    if sys.platform != "linux" or core is None:
        return None
    allowed = os.sched_getaffinity(0)
    if core not in allowed:
        raise ValueError(f"core {core} is not one of {sorted(allowed)}")
    os.sched_setaffinity(0, {core})
    return core


def child_environment() -> dict[str, str]:
    """Return the environment of a worker: one thread, this package importable."""
    environment = dict(os.environ)
    environment.update(dict.fromkeys(THREAD_VARIABLES, "1"))
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
    environment["PYTHONHASHSEED"] = "0"
    environment.pop("PYTHONHOME", None)
    return environment
