# SPDX-License-Identifier: MIT
"""The backend by MKL's PARDISO under the module name of earlier versions.

Importing it raises ImportError where MKL does not load.
"""

from __future__ import annotations

import numpy as np

from scs import _scs_direct

version = _scs_direct.version
sizeof_int = _scs_direct.sizeof_int
sizeof_float = _scs_direct.sizeof_float


class SCS(_scs_direct.SCS, backend="mkl"):
    """As `scs._scs_direct.SCS`, with another linear solver."""

    __slots__ = ()


def _require() -> None:
    """Raise what the smallest solver raises if MKL is not to be had."""
    one, index, starts = np.ones(1), np.zeros(1, np.int32), np.array([0, 1], np.int32)
    SCS((1, 1), one, index, starts, None, None, None, one, one, {"l": 1}, verbose=False)


_require()
