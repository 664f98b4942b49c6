# SPDX-License-Identifier: MIT
"""Paired runs cut down to what tables and plots need, small enough to be kept.

One line of CSV a problem: its name, and for each of the two solvers whether the answer
was confirmed, the seconds and the iterations. A number that does not exist is empty.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from scsbench.arithmetic import Pair
from scsbench.records import Result

COLUMNS = (
    "problem",
    "confirmed_a",
    "seconds_a",
    "iterations_a",
    "confirmed_b",
    "seconds_b",
    "iterations_b",
)


@dataclass(frozen=True)
class Side:
    """What one solver made of one problem."""

    confirmed: bool
    seconds: float | None
    iterations: int | None


@dataclass(frozen=True)
class Line:
    """One problem, solved by both."""

    problem: str
    base: Side
    other: Side

    @property
    def group(self) -> str:
        """The class of the problem: the folder that it comes from."""
        return self.problem.split("/", maxsplit=1)[0]


def condense(
    pairs: Iterable[Pair], clock: Callable[[Result], float | None]
) -> list[Line]:
    """Return a line for each pair, with the seconds that the clock shows."""

    def side(result: Result) -> Side:
        seconds = clock(result)
        rounded = None if seconds is None else float(f"{seconds:.4g}")
        return Side(result.confirmed, rounded, result.iterations)

    return [
        Line(pair.base.problem, side(pair.base), side(pair.other)) for pair in pairs
    ]


def as_pairs(lines: Sequence[Line], limit: float) -> list[Pair]:
    """Return pairs for the arithmetic of comparisons, which reads the wall clock."""

    def result(line: Line, side: Side) -> Result:
        return Result(
            problem=line.problem,
            kind="",
            status="",
            confirmed=side.confirmed,
            iterations=side.iterations,
            setup_s=None if side.seconds is None else 0.0,
            solve_s=side.seconds,
        )

    return [
        Pair(result(line, line.base), result(line, line.other), limit, limit)
        for line in lines
    ]


def write(path: Path, lines: Sequence[Line]) -> None:
    """Write a file; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for line in lines:
            row: list[object] = [line.problem]
            for side in (line.base, line.other):
                row += [int(side.confirmed), side.seconds, side.iterations]
            writer.writerow(row)


def read(path: Path) -> list[Line]:
    """Read a file; ``ValueError`` if it is not one."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    if not rows or tuple(rows[0]) != COLUMNS:
        raise ValueError(f"{path}: expected the columns {', '.join(COLUMNS)}")
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        try:
            problem, *numbers = row
            lines.append(Line(problem, _side(*numbers[:3]), _side(*numbers[3:])))
        except (TypeError, ValueError) as error:
            raise ValueError(f"{path}:{number}: {error}") from None
    return lines


def _side(confirmed: str, seconds: str, iterations: str) -> Side:
    return Side(
        bool(int(confirmed)),
        float(seconds) if seconds else None,
        int(iterations) if iterations else None,
    )
