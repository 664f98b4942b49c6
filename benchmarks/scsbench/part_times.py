# SPDX-License-Identifier: MIT
"""Time per iteration of one part of the solve, by two interpreters, as markdown.

The parts are the projections onto the cones and the linear systems. Both run a fixed
number of iterations with all tolerances at zero, so that neither stops early, in
processes of their own that take turns on one core with one BLAS thread. Where linear
systems are asked for, the metric stays as it is: then there are no factorisations.
Answers are not judged: after a fixed number of iterations they are not meant to be any
good.

Solvers take the time by the wall clock. Whatever disturbs only adds, so the least
of the repeats counts; on a core that others use all the time, the clock ``cpu``
takes off the share that the process did not run, as if it was spread evenly.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scsbench.problems import Cone, load, problem_name
from scsbench.run import Task, WorkerError, call_worker

HEADINGS = (
    "problem",
    "cones",
    "time A",
    "time B",
    "B/A",
    "share A",
    "share B",
    "iterations",
)


@dataclass(frozen=True)
class Part:
    """What is measured: how it is called, where the time stands, and for its sake."""

    name: str
    key: str
    settings: dict[str, Any]


PARTS = {
    "cones": Part("Cone time", "cone_time", {}),
    "linsys": Part("Linear-system time", "lin_sys_time", {"adaptive_scale": False}),
}
CLOCKS = ("wall", "cpu")
# Repeats whose busy shares are this close count as equally disturbed.
SAME_SHARE = 0.02


@dataclass(frozen=True)
class PartTime:
    """One problem by one interpreter; ``error`` instead of times if it failed.

    ``busy`` is the part of the wall clock for which the process had the core.
    """

    iterations: int = 0
    part_s: float = math.nan
    solve_s: float = math.nan
    busy: float = 1.0
    threads: int | None = None
    error: str = ""

    @property
    def per_iteration_s(self) -> float:
        """Return the time of this part in one iteration."""
        return self.part_s / self.iterations if self.iterations > 0 else math.nan

    @property
    def share(self) -> float:
        """Return the part of the solve that it took."""
        return self.part_s / self.solve_s if self.solve_s > 0.0 else math.nan


@dataclass(frozen=True)
class Row:
    """A problem, what its cone is made of, and the times of A and of B."""

    problem: str
    cones: str
    base: PartTime
    other: PartTime

    @property
    def ratio(self) -> float:
        """Return B's time per iteration over A's; NaN without both."""
        base, other = self.base.per_iteration_s, self.other.per_iteration_s
        return other / base if base > 0.0 and other > 0.0 else math.nan


def fixed_iterations(task: Task, part: Part, iterations: int) -> Task:
    """Return the task with no reason to stop before ``iterations``."""
    settings = {
        **part.settings,
        **task.settings,
        "max_iters": iterations,
        "eps_infeas": 0.0,
    }
    return Task(
        python=task.python,
        eps=0.0,
        time_limit=task.time_limit,
        settings=settings,
        core=task.core,
    )


def title(task: Task, versions: dict[str, Any]) -> str:
    """Return one line that says which interpreter this is; no paths of a machine."""
    settings = "".join(f" {key}={value}" for key, value in task.settings.items())
    return f"scs {versions['scs']}, Python {versions['python']},{settings}"


def measure(
    tasks: Sequence[Task],
    paths: Sequence[Path],
    part: Part,
    *,
    repeat: int = 3,
    repeat_below: float = 5.0,
    clock: str = "wall",
    tell: Callable[[str], None] = print,
) -> list[Row]:
    """Run A and B in turn on every problem; the order turns with every repeat.

    A problem is repeated while the slower of the two solves in less than
    ``repeat_below`` seconds. ``tell`` receives one line per problem as it is done.
    """
    rows = []
    for number, path in enumerate(paths, start=1):
        found: tuple[list[PartTime], list[PartTime]] = ([], [])
        for turn in range(max(1, repeat)):
            for which in (1, 0) if turn % 2 else (0, 1):
                found[which].append(run_once(tasks[which], path, part))
            last = [times[-1] for times in found]
            if any(one.error or one.solve_s >= repeat_below for one in last):
                break
        row = Row(
            problem_name(path),
            cone_text(load(path).cone),
            *(least(times, clock) for times in found),
        )
        rows.append(row)
        tell(f"[{number:3d}/{len(paths)}] " + "  ".join(_cells(row)))
    return rows


def run_once(task: Task, path: Path, part: Part) -> PartTime:
    """Solve one problem in a fresh process; never raises for a failing solver."""
    with tempfile.TemporaryDirectory(prefix="scsbench-") as folder:
        request = {
            "problem": str(path.resolve()),
            "settings": task.solver_settings(),
            "answer": str(Path(folder) / "answer.npz"),
        }
        limit = 2.0 * task.time_limit + 60.0
        try:
            report = call_worker(
                task.python, "scsbench.worker", request, Path(folder), limit
            )
        except WorkerError as error:
            return PartTime(error=str(error))
    if "error" in report:
        return PartTime(error=str(report["error"]))
    return _from_report(report, part)


def _from_report(report: dict[str, Any], part: Part) -> PartTime:
    info = report["info"]
    time, solve = info[part.key], info["solve_time"]
    if not time or not solve or not info["iter"] or info["iter"] < 0:
        return PartTime(error=f"no {part.key}, status {info['status']}")
    return PartTime(
        iterations=int(info["iter"]),
        part_s=float(time) / 1e3,
        solve_s=float(solve) / 1e3,
        busy=min(1.0, report["cpu_s"] / (report["setup_s"] + report["solve_s"])),
        threads=report.get("threads"),
    )


def least(repeats: Sequence[PartTime], clock: str = "wall") -> PartTime:
    """Return the repeat of least time per iteration, or one that failed.

    With the clock ``cpu`` only the least disturbed repeats are looked at: where this
    part was not disturbed but the rest was, taking off the average flatters.
    """
    failed = [one for one in repeats if one.error]
    if failed:
        return failed[0]
    if clock == "cpu":
        most = max(one.busy for one in repeats)
        repeats = [
            replace(one, part_s=one.busy * one.part_s, solve_s=one.busy * one.solve_s)
            for one in repeats
            if one.busy >= most - SAME_SHARE
        ]
    return min(repeats, key=lambda one: one.per_iteration_s)


def cone_text(cone: Cone) -> str:
    """Say what a cone is made of: rows of z and l, number and largest size else."""
    parts = []
    for key, value in cone.items():
        if key in ("z", "f", "l", "ep", "ed"):
            if value:
                parts.append(f"{key} {value}")
        elif key not in ("bl", "sl_k", "nuc_n"):
            sizes = value if isinstance(value, list) else [value]
            sizes = [size for size in sizes if size]
            if sizes:
                name = "box" if key == "bu" else key.partition("_")[0]
                most = "" if key in ("p", "bu") else f" of at most {max(sizes)}"
                parts.append(f"{len(sizes)} {name}{most}")
    return ", ".join(parts)


def table(rows: Sequence[Row], titles: Sequence[str], part: Part) -> str:
    """Return the markdown report: every problem, then the geometric means."""
    lines = [
        f"A = {titles[0]}",
        f"B = {titles[1]}",
        "",
        f"{part.name} per iteration in microseconds, and its share of the solve.",
        "",
        _line(HEADINGS),
        _line(["---"] * 2 + ["---:"] * (len(HEADINGS) - 2)),
        *(_line(_cells(row)) for row in rows),
        "",
        "Geometric means of B/A:",
        "",
        _line(("class", "problems", "B/A", "least", "largest")),
        _line(["---"] + ["---:"] * 4),
    ]
    classes = list(dict.fromkeys(_class(row) for row in rows))
    lines += [_mean(name, [r for r in rows if _class(r) == name]) for name in classes]
    lines.append(_mean("all", rows))
    for label, which in (("A", "base"), ("B", "other")):
        times = [(row.problem, getattr(row, which)) for row in rows]
        lines += _notes(
            f"{label} failed", [f"{name}: {t.error}" for name, t in times if t.error]
        )
        lines += _notes(
            f"{label} ran more than one thread, so its times are not of one core",
            [f"{name}: {t.threads}" for name, t in times if (t.threads or 1) > 1],
        )
    uneven = [
        f"{row.problem}: {row.base.iterations} and {row.other.iterations}"
        for row in rows
        if row.base.iterations != row.other.iterations and row.ratio == row.ratio
    ]
    lines += _notes("not the same number of iterations (time limit?)", uneven)
    return "\n".join(lines) + "\n"


def geometric_mean(values: Sequence[float]) -> float:
    """Return exp(mean(log(values))); NaN for no values."""
    logs = [math.log(value) for value in values]
    return math.exp(math.fsum(logs) / len(logs)) if logs else math.nan


def _mean(name: str, rows: Sequence[Row]) -> str:
    ratios = [row.ratio for row in rows if not math.isnan(row.ratio)]
    ends = (min(ratios), max(ratios)) if ratios else (math.nan, math.nan)
    numbers = (_number(value, "{:.3f}") for value in (geometric_mean(ratios), *ends))
    return _line((name, str(len(ratios)), *numbers))


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.problem,
        row.cones,
        _number(1e6 * row.base.per_iteration_s, "{:.1f}"),
        _number(1e6 * row.other.per_iteration_s, "{:.1f}"),
        _number(row.ratio, "{:.3f}"),
        _number(100.0 * row.base.share, "{:.0f} %"),
        _number(100.0 * row.other.share, "{:.0f} %"),
        str(max(row.base.iterations, row.other.iterations)),
    )


def _number(value: float, form: str) -> str:
    return "-" if math.isnan(value) else form.format(value)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _notes(heading: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    return ["", f"{heading} ({len(lines)}):", "", *(f"- {line}" for line in lines)]


def _class(row: Row) -> str:
    return row.problem.split("/", maxsplit=1)[0]
