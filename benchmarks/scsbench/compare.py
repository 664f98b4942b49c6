# SPDX-License-Identifier: MIT
"""The comparison of two or more runs as text; the first run is the base."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scsbench.arithmetic import Pair, Summary, clock, pairs, summarise
from scsbench.known import Known, relative_difference
from scsbench.records import Result, Run

HEADINGS = (
    "class",
    "n",
    "ok A",
    "ok B",
    "time A",
    "time B",
    "B/A",
    "iter A",
    "iter B",
    "B/A",
    "both: t",
    "both: it",
    "lin/it",
    "sum A",
    "sum B",
)


def compare(
    runs: Sequence[Run],
    *,
    time: str = "wall",
    known: dict[str, Known] | None = None,
    objective_tolerance: float = 1e-3,
) -> str:
    """Return the report; every run after the first is compared with the first."""
    base, *others = runs
    sections = [
        _section(base, other, time, known or {}, objective_tolerance)
        for other in others
    ]
    if not others:
        sections = [_single(base, known or {}, objective_tolerance)]
    return "\n\n".join(sections) + "\n"


def _section(
    base: Run, other: Run, time: str, known: dict[str, Known], tolerance: float
) -> str:
    found = pairs(base, other)
    if not found:
        return f"A = {title(base)}\nB = {title(other)}\nno problem in common"
    classes = list(dict.fromkeys(_class(pair) for pair in found))
    rows = [
        (name, summarise([p for p in found if _class(p) == name], clock(time)))
        for name in classes
    ]
    rows.append(("total", summarise(found, clock(time))))
    lines = [
        f"A = {title(base)}",
        f"B = {title(other)}",
        "",
        *_table(rows),
        "",
        f"time: shifted geometric mean in ms ({time} clock, constructor + solve, shift",
        "10 ms), a failure counts as the time limit; iter: the same, shift 10, a",
        "failure counts as the larger of the two counts; both: the same ratios over",
        "the problems both confirmed; lin/it: linear-system time per iteration, B/A;",
        "sum: seconds, failures as above.",
    ]
    if base.header.eps != other.header.eps:
        lines.append("WARNING: the tolerances differ, so the runs do not compare")
    if base.header.time_limit != other.header.time_limit:
        lines.append("WARNING: the time limits differ, and with them the penalties")
    only = len(base.results) - len(found), len(other.results) - len(found)
    if any(only):
        lines.append(f"left out: {only[0]} problems only in A, {only[1]} only in B")
    lines += _differences(found, tolerance)
    for label, run in (("A", base), ("B", other)):
        lines += _contradictions(f"{label} against the known", run, known, tolerance)
    return "\n".join(lines)


def _single(run: Run, known: dict[str, Known], tolerance: float) -> str:
    lines = [f"A = {title(run)}"]
    names = list(dict.fromkeys(_class_of(name) for name in run.results))
    for name in names:
        members = [r for key, r in run.results.items() if _class_of(key) == name]
        confirmed = sum(result.confirmed for result in members)
        lines.append(f"{name:16s} {confirmed:3d} of {len(members):3d} confirmed")
    failed = [result for result in run.results.values() if not result.confirmed]
    lines += _list("not confirmed", [_explain(result) for result in failed])
    lines += _contradictions("A against the known", run, known, tolerance)
    return "\n".join(lines)


def title(run: Run) -> str:
    """Return one line that says which run this is."""
    header = run.header
    versions = header.versions
    settings = "".join(f" {key}={value}" for key, value in header.settings.items())
    gil = "" if versions.get("gil", True) else " free-threaded"
    return (
        f"{run.path}: scs {versions.get('scs', '?')}, Python "
        f"{versions.get('python', '?')}{gil}, eps {header.eps:g}, limit "
        f"{header.time_limit:g} s{settings}"
    )


def _table(rows: Sequence[tuple[str, Summary]]) -> list[str]:
    cells = [HEADINGS] + [_cells(name, summary) for name, summary in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(HEADINGS))]
    lines = []
    for row in cells:
        first, *rest = (
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join([first, *rest]))
    return lines


def _cells(name: str, summary: Summary) -> tuple[str, ...]:
    return (
        name,
        str(summary.problems),
        *(str(count) for count in summary.confirmed),
        *(f"{1e3 * value:.2f}" for value in summary.time),
        _ratio(summary.time_ratio),
        *(f"{value:.1f}" for value in summary.iterations),
        _ratio(summary.iteration_ratio),
        _ratio(summary.both_time_ratio),
        _ratio(summary.both_iteration_ratio),
        _ratio(summary.lin_sys_ratio),
        *(f"{value:.2f}" for value in summary.total_time),
    )


def _ratio(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.3f}"


def _differences(found: Sequence[Pair], tolerance: float) -> list[str]:
    only_base, only_other, neither, kinds, objectives = [], [], [], [], []
    identical = 0
    for pair in found:
        base, other = pair.base, pair.other
        identical += bool(base.digest) and base.digest == other.digest
        if base.confirmed and not other.confirmed:
            only_base.append(_explain(other))
        elif other.confirmed and not base.confirmed:
            only_other.append(_explain(base))
        elif not base.confirmed:
            neither.append(f"A: {_explain(base)}; B: {_explain(other)}")
        elif base.kind != other.kind:
            kinds.append(f"{base.problem}: A {base.kind}, B {other.kind}")
        elif base.objective is not None and other.objective is not None:
            off = relative_difference(other.objective, base.objective)
            if off > tolerance:
                objectives.append(
                    f"{base.problem}: A {base.objective:.8g}, "
                    f"B {other.objective:.8g}: {off:.1e}"
                )
    unsteady = [p.base.problem for p in found if not p.base.identical]
    unsteady_other = [p.other.problem for p in found if not p.other.identical]
    return [
        *_list("confirmed by A only; B says", only_base),
        *_list("confirmed by B only; A says", only_other),
        *_list("confirmed by neither", neither),
        *_list("confirmed as different kinds", kinds),
        *_list(f"objectives more than {tolerance:g} apart", objectives),
        *_list("A differed between its repeats on", unsteady),
        *_list("B differed between its repeats on", unsteady_other),
        "",
        f"bit-identical answers: {identical} of {len(found)}",
    ]


def _contradictions(
    label: str, run: Run, known: dict[str, Known], tolerance: float
) -> list[str]:
    lines = []
    for name, result in run.results.items():
        fact = known.get(name)
        if fact is None:
            continue
        text = fact.contradiction(result, tolerance)
        if text:
            lines.append(f"{name}: {text}")
        if fact.confirmed is not None and fact.confirmed != result.confirmed:
            there = "confirmed" if fact.confirmed else "not confirmed"
            lines.append(f"{there} there, here {_explain(result)}")
    return _list(label, lines)


def _list(heading: str, lines: Sequence[str]) -> list[str]:
    return ["", f"{heading} ({len(lines)}):", *(f"  {line}" for line in lines)] * bool(
        lines
    )


def _explain(result: Result) -> str:
    reason = f" [{result.reason}]" if result.reason else ""
    return f"{result.problem}: {result.status}{reason}"


def _class(pair: Pair) -> str:
    return _class_of(pair.base.problem)


def _class_of(name: str) -> str:
    return name.split("/", maxsplit=1)[0]
