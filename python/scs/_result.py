# SPDX-License-Identifier: MIT
"""What a solve returns: dictionaries that can also be read by attribute."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class _AttributeDict(dict[str, Any]):
    """A dict whose keys are attributes too, for reading and for replacing."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        try:
            return self[name]
        except KeyError:
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}"
            ) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self:
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}"
            )
        self[name] = value

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self})


class Info(_AttributeDict):
    """How a solve went; a dict with the keys below, in this order.

    Norms are infinity norms on the data as given, times are milliseconds.

    Attributes
    ----------
    status_val : int
        One of the constants of the package, ``scs.SOLVED`` and so on.
    iter : int
        Iterations taken; -1 after an interruption.
    scale_updates : int
        How often the metric was adapted in this solve.
    scale : float
        The scale in the end.
    pobj, dobj : float
        Primal and dual objective; ``inf`` if infeasible, ``-inf`` if unbounded.
    res_pri, res_dual, gap : float
        ``|Ax + s - b|``, ``|Px + A'y + c|`` and ``|x'Px + c'x + b'y|``.
    res_infeas, res_unbdd_a, res_unbdd_p : float
        ``|A'y|/(-b'y)``, ``|Ax + s|/(-c'x)`` and ``|Px|/(-c'x)``.
    comp_slack : float
        ``|s'y|``.
    solve_time, setup_time, lin_sys_time, cone_time, accel_time : float
        Milliseconds of the solve, of the construction (or of the last update),
        and of the solve's parts.
    rejected_accel_steps, accepted_accel_steps : int
        Steps of Anderson acceleration.
    status : str
        The outcome in words.
    lin_sys_solver : str
        The linear-system backend that ran.
    aa_stats : dict
        Statistics of Anderson acceleration.

    """

    __slots__ = ()

    status_val: int
    iter: int
    scale_updates: int
    scale: float
    pobj: float
    dobj: float
    res_pri: float
    res_dual: float
    gap: float
    res_infeas: float
    res_unbdd_a: float
    res_unbdd_p: float
    comp_slack: float
    solve_time: float
    setup_time: float
    lin_sys_time: float
    cone_time: float
    accel_time: float
    rejected_accel_steps: int
    accepted_accel_steps: int
    status: str
    lin_sys_solver: str
    aa_stats: dict[str, Any]

    def _repr_html_(self) -> str:
        return _html_table("scs.Info", [(key, _short(self[key])) for key in self])


class Result(_AttributeDict):
    """The outcome of a solve: ``result["x"]`` and ``result.x`` are the same.

    The arrays are the caller's own: fresh with every solve, writable, and never
    touched by the solver again.

    Attributes
    ----------
    x : ndarray, shape (n,)
        Primal solution; a ray with ``c'x = -1`` if unbounded, NaN if infeasible.
    y : ndarray, shape (m,)
        Dual solution; a certificate with ``b'y = -1`` if infeasible, NaN if
        unbounded.
    s : ndarray, shape (m,)
        Slack ``b - Ax`` in the cone; NaN if infeasible.
    info : Info
        Status, objectives, residuals and timings.

    """

    __slots__ = ()

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    s: NDArray[np.float64]
    info: Info

    def _rows(self) -> list[tuple[str, str]]:
        """Name and text of each line that the representations show."""
        info = self.info
        milliseconds = info.setup_time + info.solve_time
        residuals = f"primal {info.res_pri:.2e}, dual {info.res_dual:.2e}"
        return [
            ("status", f"{info.status}, {info.iter} iterations, {milliseconds:.3g} ms"),
            ("objective", f"primal {info.pobj:.9g}, dual {info.dobj:.9g}"),
            ("residuals", f"{residuals}, gap {info.gap:.2e}"),
            *((key, _short(self[key])) for key in ("x", "y", "s")),
        ]

    def __repr__(self) -> str:
        try:
            rows = self._rows()
        except (AttributeError, TypeError, ValueError):
            # Somebody took entries out or replaced them; still say what is left.
            return f"scs.Result({dict.__repr__(self)})"
        return "\n".join(["scs.Result", *(f"  {k:<10} {v}" for k, v in rows)])

    def _repr_html_(self) -> str:
        return _html_table("scs.Result", self._rows())


def _short(value: object) -> str:
    """One line for a value; long arrays by their ends."""
    if isinstance(value, np.ndarray):
        text = np.array2string(
            value, precision=5, threshold=6, edgeitems=2, max_line_width=1000
        )
        return f"shape {value.shape}: {text}"
    if isinstance(value, float):
        return f"{value:.9g}"
    return str(value)


def _html_table(title: str, rows: list[tuple[str, str]]) -> str:
    import html  # only notebooks need it

    body = "".join(
        f"<tr><th>{html.escape(key)}</th><td>{html.escape(text)}</td></tr>"
        for key, text in rows
    )
    return f"<table><caption>{html.escape(title)}</caption>{body}</table>"
