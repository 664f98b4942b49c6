# SPDX-License-Identifier: MIT
"""Cost of a call on a two-row linear program, where the algorithm costs nothing.

Each interpreter measures in a process of its own, taking turns on one core; the
least of the rounds is reported, because everything that disturbs only adds.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scsbench.run import call_worker

MEASURES = ("construct", "cold_solve", "warm_solve", "update", "one_call")
MEANING = {
    "construct": "scs.SCS(data, cone, ...)",
    "cold_solve": "first solve() of an object",
    "warm_solve": "solve() from the last solution",
    "update": "update(b, c)",
    "one_call": "construct and solve",
}


@dataclass(frozen=True)
class Overhead:
    """Microseconds per call; ``inside_us`` is what the solver's info accounts for."""

    versions: dict[str, Any]
    call_us: dict[str, float]
    inside_us: dict[str, float]
    iterations: dict[str, int]


def measure(
    pythons: Sequence[str],
    settings: dict[str, Any],
    *,
    rounds: int = 5,
    calls: int = 2000,
) -> list[Overhead]:
    """Measure every interpreter ``rounds`` times in turn and keep the least."""
    reports: list[list[dict[str, Any]]] = [[] for _ in pythons]
    request = {"settings": {"verbose": False, **settings}, "calls": calls}
    for _ in range(rounds):
        for which, python in enumerate(pythons):
            with tempfile.TemporaryDirectory(prefix="scsbench-") as folder:
                report = call_worker(
                    python, "scsbench.overhead_worker", request, Path(folder), 300.0
                )
            if "error" in report:
                raise RuntimeError(f"{python}: {report['error']}")
            reports[which].append(report)
    return [_least(rounds_of_one) for rounds_of_one in reports]


def _least(reports: Sequence[dict[str, Any]]) -> Overhead:
    return Overhead(
        versions=reports[0]["versions"],
        call_us={
            key: min(report["call_us"][key] for report in reports) for key in MEASURES
        },
        inside_us={
            key: min(report["inside_us"][key] for report in reports)
            for key in reports[0]["inside_us"]
        },
        iterations=reports[0]["iterations"],
    )


def table(found: Sequence[Overhead], pythons: Sequence[str]) -> str:
    """Return the measurements as text, the first interpreter being the base."""
    lines = []
    for which, one in enumerate(found):
        letter = chr(ord("A") + which)
        lines.append(f"{letter} = {pythons[which]} (scs {one.versions.get('scs')})")
    lines.append("")
    head = f"{'microseconds per call':32s}"
    for which in range(len(found)):
        letter = chr(ord("A") + which)
        head += f" {letter:>9s} {'inside':>9s} {'outside':>9s} {'iter':>5s}"
    lines.append(head + "".join(f" {chr(66 + k)}/A" for k in range(len(found) - 1)))
    for key in MEASURES:
        line = f"{MEANING[key]:32s}"
        for one in found:
            call, inside = one.call_us[key], one.inside_us.get(key)
            count = one.iterations.get(key)
            line += f" {call:9.2f}"
            line += (
                f" {_cell(inside)} {_cell(None if inside is None else call - inside)}"
            )
            line += f" {'' if count is None else count:>5}"
        for one in found[1:]:
            line += f" {one.call_us[key] / found[0].call_us[key]:.2f}"
        lines.append(line)
    lines.append("")
    lines.append(
        "inside: the solver's own setup_time and solve_time; outside: the rest"
    )
    return "\n".join(lines) + "\n"


def _cell(value: float | None) -> str:
    return f"{'-':>9s}" if value is None else f"{value:9.2f}"
