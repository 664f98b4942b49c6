# SPDX-License-Identifier: MIT
"""What the representation of a solver says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scs import _core, _enums

_MOST_LISTED = 4
_STATUS = {
    _enums.SOLVED: "solved",
    _enums.SOLVED_INACCURATE: "solved (inaccurate)",
    _enums.INFEASIBLE: "infeasible",
    _enums.INFEASIBLE_INACCURATE: "infeasible (inaccurate)",
    _enums.UNBOUNDED: "unbounded",
    _enums.UNBOUNDED_INACCURATE: "unbounded (inaccurate)",
    _enums.SIGINT: "interrupted",
    _enums.FAILED: "failure",
}


def solver(held: _core.Solver) -> str:
    """One line: sizes, cones, backend, and how the last solve went."""
    last = _STATUS.get(held.last_status)
    return (
        f"{held.n} variables, {held.m} rows ({cones(held.cone)}), "
        f"{held.nnz} nonzeros in A, {held.p_nnz} in P, {held.linear_solver}, "
        + (f"last solve: {last}" if last else "not solved yet")
    )


def cones(fields: Mapping[str, Any]) -> str:
    """The fields of a cone dict in the order of the rows, long lists by their ends."""
    return ", ".join(f"{key} {_value(value)}" for key, value in fields.items())


def _value(value: int | Sequence[float]) -> str:
    if isinstance(value, int):
        return str(value)
    if len(value) <= _MOST_LISTED:
        return f"[{', '.join(f'{item:g}' for item in value)}]"
    return f"[{value[0]:g}, ..., {value[-1]:g}] ({len(value)})"
