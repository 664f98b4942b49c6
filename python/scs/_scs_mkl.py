# SPDX-License-Identifier: MIT
"""The backend by MKL's PARDISO under the module name of earlier versions.

Importing it raises ImportError where MKL does not load.
"""

from __future__ import annotations

from scs import _scs_direct

version = _scs_direct.version
sizeof_int = _scs_direct.sizeof_int
sizeof_float = _scs_direct.sizeof_float


class SCS(_scs_direct.SCS, backend="mkl"):
    """As `scs._scs_direct.SCS`, with another linear solver."""

    __slots__ = ()


SCS._require()
