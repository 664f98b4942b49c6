# SPDX-License-Identifier: MIT
"""The dense backend under the module name of earlier versions."""

from __future__ import annotations

from scs import _scs_direct

version = _scs_direct.version
sizeof_int = _scs_direct.sizeof_int
sizeof_float = _scs_direct.sizeof_float


class SCS(_scs_direct.SCS, backend="cpu_dense"):
    """As `scs._scs_direct.SCS`, with another linear solver."""

    __slots__ = ()
