# SPDX-License-Identifier: MIT
"""Known objectives and kinds of problems, read from CSV files.

Two layouts are understood by their column names: ``problem,objective,confidence``
(a list of optima) and ``problem,status,confirmed,primal_objective`` (what another
solver answered). Objectives leave out the constant of the problem file.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from scsbench.judge import INFEASIBLE, SOLVED, UNBOUNDED
from scsbench.records import Result

# An objective found at reduced accuracy is not held against anyone.
UNCERTAIN = ("rough",)

# A problem and its dual can both be infeasible, and then either certificate is right.
CERTIFICATES = (INFEASIBLE, UNBOUNDED)


@dataclass(frozen=True)
class Known:
    """What is known of one problem; None where it is not."""

    objective: float | None = None
    kinds: tuple[str, ...] | None = None
    confirmed: bool | None = None

    def contradiction(self, result: Result, tolerance: float) -> str:
        """Say how a confirmed result disagrees with this, "" if it does not."""
        if not result.confirmed:
            return ""
        if self.kinds is not None and result.kind not in self.kinds:
            return f"{result.kind}, known to be {' or '.join(self.kinds)}"
        if self.objective is None or result.objective is None:
            return ""
        off = relative_difference(result.objective, self.objective)
        if off <= tolerance:
            return ""
        return (
            f"objective {result.objective:.8g}, known {self.objective:.8g}: {off:.1e}"
        )


def relative_difference(value: float, known: float) -> float:
    """Return |value - known| / (1 + |known|)."""
    return abs(value - known) / (1.0 + abs(known))


def read_known(path: Path) -> dict[str, Known]:
    """Read either layout; raises ``ValueError`` for any other."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = set(reader.fieldnames or ())
        if {"problem", "objective", "confidence"} <= columns:
            return {row["problem"]: _optimum(row) for row in reader}
        if {"problem", "status", "confirmed", "primal_objective"} <= columns:
            return {row["problem"]: _answer(row) for row in reader}
    raise ValueError(f"{path}: unknown columns {sorted(columns)}")


def _optimum(row: dict[str, str]) -> Known:
    if row["confidence"] == INFEASIBLE:
        return Known(kinds=CERTIFICATES)
    if not row["objective"]:
        return Known()
    uncertain = row["confidence"] in UNCERTAIN
    return Known(None if uncertain else float(row["objective"]), (SOLVED,))


def _answer(row: dict[str, str]) -> Known:
    confirmed = row["confirmed"] == "1"
    kind = row["status"].split(" ")[0]
    if not confirmed:
        return Known(confirmed=False)
    objective = float(row["primal_objective"]) if kind == SOLVED else None
    kinds = CERTIFICATES if kind in CERTIFICATES else (kind,)
    return Known(objective, kinds, confirmed=True)
