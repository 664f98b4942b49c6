# SPDX-License-Identifier: MIT
"""The sparse direct backend under the module name of earlier versions."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from scs import _core, _inputs, _libraries

version = _core.version
sizeof_int = _core.sizeof_int
sizeof_float = _core.sizeof_float


class SCS:
    """A solver from bare arrays; use `scs.SCS` instead in new code.

    Parameters
    ----------
    shape : tuple of int
        Rows m and columns n of A.
    Ax, Ai, Ap : ndarray
        A by compressed columns: entries, rows, column starts.
    Px, Pi, Pp : ndarray or None
        The upper triangle of P the same way; no P unless all three are given.
    b, c : ndarray of floats, shapes (m,), (n,)
        The vectors.
    cone : dict
        The cone, as for `scs.SCS`.
    **settings
        As for `scs.SCS`, without ``linear_solver``.

    Raises
    ------
    TypeError, ValueError
        As `scs.SCS` does.

    """

    __slots__ = ("__weakref__", "_solver")
    _backend: ClassVar[str] = "qdldl"
    _solver: _core.Solver

    def __init_subclass__(cls, *, backend: str | None = None) -> None:
        if backend is None:  # only the sibling modules derive from it
            raise TypeError(
                f"type '{cls.__base__.__module__}.SCS' is not an acceptable base type"
            )
        cls._backend = backend

    def __init__(
        self,
        shape: tuple[int, int],
        Ax: Any,
        Ai: Any,
        Ap: Any,
        Px: Any,
        Pi: Any,
        Pp: Any,
        b: Any,
        c: Any,
        cone: dict[str, Any],
        **settings: Any,
    ) -> None:
        if hasattr(self, "_solver"):
            raise RuntimeError("Workspace already setup!")
        m, n = shape
        for name, part in (("Px", Px), ("Pi", Pi), ("Pp", Pp)):
            if part is not None and not isinstance(part, np.ndarray):
                found = type(part).__name__
                raise TypeError(f"{name} must be a numpy array, not {found}")
        p: tuple[Any, Any, Any] = (None, None, None)
        if Px is not None and Pi is not None and Pp is not None:
            p = _inputs.columns(Px, Pi, Pp, "P", n, n)
        _libraries.prepare(self._backend)
        self._solver = _core.Solver(
            m,
            n,
            *_inputs.columns(Ax, Ai, Ap, "A", m, n),
            *p,
            _inputs.vector(b, "b"),
            _inputs.vector(c, "c"),
            cone,
            settings,
            self._backend,
        )

    @classmethod
    def _require(cls) -> None:
        """Raise what the smallest solver raises if the backend is not to be had."""
        one = np.ones(1)
        index, starts = np.zeros(1, np.int32), np.array([0, 1], np.int32)
        cls(
            (1, 1), one, index, starts, None, None, None, one, one, {"l": 1},
            verbose=False,
        )  # fmt: skip

    def solve(
        self,
        warm_start: bool = True,
        x: Any = None,
        y: Any = None,
        s: Any = None,
        /,
    ) -> dict[str, Any]:
        """Solve; see `scs.SCS.solve`."""
        x, y, s = _inputs.start_vectors(self._solver, warm_start, x, y, s)
        x, y, s, info = self._solver.solve(warm_start, x, y, s)
        return {"x": x, "y": y, "s": s, "info": info}

    def update(self, b: Any = None, c: Any = None, /) -> None:
        """Replace b, c or both; see `scs.SCS.update`."""
        self._solver.update(
            _inputs.new_vector(b, "b_new"), _inputs.new_vector(c, "c_new")
        )
