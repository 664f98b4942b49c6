# SPDX-License-Identifier: MIT
"""What a solve returns: dictionaries that can also be read by attribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from scs import _enums


class _AttributeDict(dict[str, Any]):
    """A dict whose keys are attributes too, for reading and for replacing."""

    __slots__ = ()

    if not TYPE_CHECKING:  # a checker knows the keys, and is to complain about others

        def __getattr__(self, name: str) -> Any:
            try:
                return self[name]
            except KeyError:
                raise self._lacks(name) from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in self:
            raise self._lacks(name)
        self[name] = value

    def _lacks(self, name: str) -> AttributeError:
        text = f"{type(self).__name__!r} object has no attribute {name!r}"
        info = self.get("info")
        if isinstance(info, dict) and name in info:
            text += f"; there is info.{name}"
        # Tracebacks guess at what was meant, from these two.
        return AttributeError(text, name=name, obj=self)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self})

    def copy(self) -> Self:
        """Return another one with the same entries."""
        return type(self)(self)


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
    newton_steps : int
        Factorisations spent on Newton's method once the active faces had settled;
        they are not counted in ``iter``.
    newton_time : float
        Milliseconds of the solve spent on it, not part of ``lin_sys_time``.

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
    newton_steps: int
    newton_time: float

    def __repr__(self) -> str:
        return "\n".join(["scs.Info", *(f"  {k:<20} {_short(self[k])}" for k in self)])

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
        rows = [("status", info.status)]
        if info.iter >= 0:  # else it was interrupted, and there are no numbers
            rows += [
                ("iterations", f"{info.iter} (scale updates: {info.scale_updates})"),
                *_accuracy(info),
                ("time", _time(info)),
            ]
        rows.append(("backend", info.lin_sys_solver))
        return [*rows, *((key, _short(self[key])) for key in ("x", "y", "s"))]

    def __repr__(self) -> str:
        try:
            rows = self._rows()
        except (AttributeError, KeyError, TypeError, ValueError):
            # Somebody took entries out or replaced them; still say what is left.
            return f"scs.Result({dict.__repr__(self)})"
        return "\n".join(["scs.Result", *(f"  {k:<11} {v}" for k, v in rows)])

    def _repr_html_(self) -> str | None:
        """Return a table, or None for what is no longer a whole result."""
        try:
            rows = self._rows()
        except (AttributeError, KeyError, TypeError, ValueError):
            return None
        return _html_table("scs.Result", rows)


def _accuracy(info: Info) -> list[tuple[str, str]]:
    """Objectives and residuals, or how good the certificate is."""
    if info.status_val in (_enums.INFEASIBLE, _enums.INFEASIBLE_INACCURATE):
        return [("certificate", f"y with b'y = -1 and |A'y| = {info.res_infeas:.2e}")]
    if info.status_val in (_enums.UNBOUNDED, _enums.UNBOUNDED_INACCURATE):
        sizes = f"|Ax + s| = {info.res_unbdd_a:.2e}, |Px| = {info.res_unbdd_p:.2e}"
        return [("certificate", f"x with c'x = -1, {sizes}")]
    residuals = f"primal {info.res_pri:.2e}, dual {info.res_dual:.2e}"
    return [
        ("objective", f"primal {info.pobj:.9g}, dual {info.dobj:.9g}"),
        ("residuals", f"{residuals}, gap {info.gap:.2e}"),
    ]


def _time(info: Info) -> str:
    return (
        f"solve {info.solve_time:.3g} ms (linear systems {info.lin_sys_time:.3g}, "
        f"cones {info.cone_time:.3g}, acceleration {info.accel_time:.3g}, "
        f"Newton {info.newton_time:.3g}), "
        f"setup {info.setup_time:.3g} ms"
    )


def _short(value: object) -> str:
    """One line for a value; long arrays by their ends."""
    if isinstance(value, np.ndarray):
        text = np.array2string(
            _without_dust(value),
            precision=5,
            threshold=6,
            edgeitems=2,
            max_line_width=1000,
        )
        return f"shape {value.shape}: {text}"
    if isinstance(value, float):
        return f"{value:.9g}"
    return str(value)


def _without_dust(values: NDArray[Any]) -> NDArray[Any]:
    """Zeros for entries that five digits do not show beside the largest one.

    Otherwise NumPy writes all of them with exponents.
    """
    sizes = np.abs(values)
    largest = sizes.max(initial=0.0)
    return np.where(sizes < 1e-6 * largest, 0.0, values) if largest < np.inf else values


def _html_table(title: str, rows: list[tuple[str, str]]) -> str:
    """A table without colours of its own: notebooks are light or dark."""
    import html  # only notebooks need it

    left = 'style="text-align: left; vertical-align: top"'
    body = "".join(
        f'<tr><th scope="row" {left}>{html.escape(key)}</th>'
        f"<td {left}>{html.escape(text)}</td></tr>"
        for key, text in rows
    )
    return (
        f'<table><caption style="text-align: left; font-weight: bold">'
        f"{html.escape(title)}</caption><tbody>{body}</tbody></table>"
    )
