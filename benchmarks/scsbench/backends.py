# SPDX-License-Identifier: MIT
"""Linear-system backends of one interpreter on the same problems, turn by turn.

The question is whether ``auto`` takes the backend that it should: how long it takes
compared with the best of the others, problem by problem.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from scsbench.arithmetic import clock as read_clock
from scsbench.backends_worker import PATIENCE
from scsbench.judge import FAILED
from scsbench.part_times import geometric_mean
from scsbench.problems import load, problem_name
from scsbench.records import Result, Run, Writer, best_of, read
from scsbench.run import Task, WorkerError, call_worker, describe, judged

AUTO = "auto"
NOT_TRIED = "not tried"
BACKENDS = (AUTO, "qdldl", "cpu_dense", "cpu_indirect")
# Multiplications of a dense factorisation (some seconds) beyond which none is tried:
# it cannot be stopped.
MOST_DENSE_WORK = 3e10
# Below this, times are those of calls; ratios are taken of times plus this.
SHIFT_S = 0.001


@dataclass(frozen=True)
class Row:
    """One problem: the result of every backend that was tried."""

    problem: str
    results: dict[str, Result]
    times: dict[str, float]

    @property
    def best(self) -> str | None:
        """Return the fastest of the backends that are asked for by name."""
        named = [name for name in self.times if name != AUTO]
        return min(named, key=lambda name: self.times[name], default=None)

    def ratio(self, other: str | None) -> float:
        """Return the time of ``auto`` by that of another, NaN without both."""
        if other not in self.times or AUTO not in self.times:
            return math.nan
        return (self.times[AUTO] + SHIFT_S) / (self.times[other] + SHIFT_S)


def dense_work(path: Path) -> float:
    """Return about how many multiplications a dense factorisation takes."""
    a = load(path).a
    return float(a.rows) * float(a.cols) * float(min(a.rows, a.cols))


def run_backends(
    tasks: dict[str, Task],
    paths: Sequence[Path],
    out: Path,
    *,
    repeat: int = 3,
    repeat_below: float = 5.0,
    fresh: bool = False,
    tell: Callable[[str], None] = print,
) -> None:
    """Solve every problem by every backend in turn; one file each in ``out``."""
    writers = {
        name: Writer(out / f"{name}.jsonl", task.header(), fresh=fresh)
        for name, task in tasks.items()
    }
    for number, path in enumerate(paths, start=1):
        name = problem_name(path)
        # the last file gets its line last: what stands there is complete
        if name in list(writers.values())[-1].done:
            continue
        found = solve_by_each(tasks, path, repeat, repeat_below)
        for backend, writer in writers.items():
            writer.add(found[backend])
            tell(f"[{number:3d}/{len(paths)} {backend:12s}] {describe(found[backend])}")


def solve_by_each(
    tasks: dict[str, Task], path: Path, repeat: int, repeat_below: float
) -> dict[str, Result]:
    """Solve one problem by every backend, in one fresh process."""
    name = problem_name(path)
    tried = {
        backend: task
        for backend, task in tasks.items()
        if backend != "cpu_dense" or dense_work(path) <= MOST_DENSE_WORK
    }
    found = {
        backend: Result(name, FAILED, NOT_TRIED, confirmed=False) for backend in tasks
    }
    with tempfile.TemporaryDirectory(prefix="scsbench-") as folder:
        answers = {backend: Path(folder) / f"{backend}.npz" for backend in tried}
        request = {
            "problem": str(path.resolve()),
            "settings": {key: task.solver_settings() for key, task in tried.items()},
            "answers": {backend: str(file) for backend, file in answers.items()},
            "repeat": repeat,
            "repeat_below": repeat_below,
        }
        first = next(iter(tried.values()))
        limit = (2 * PATIENCE * first.time_limit + 60) * max(1, repeat)
        try:
            report = call_worker(
                first.python, "scsbench.backends_worker", request, Path(folder), limit
            )
            if "error" in report:
                raise WorkerError(str(report["error"]))
        except WorkerError as error:
            failed = Result(name, FAILED, "error", confirmed=False, reason=str(error))
            return {backend: replace(failed) for backend in tasks}
        for backend, task in tried.items():
            found[backend] = _merged(
                task, path, report["backends"][backend], answers[backend]
            )
    return found


def _merged(
    task: Task, path: Path, reports: list[dict[str, Any]], answer: Path
) -> Result:
    """Return the best of the reports; all but the last are judged by its answer."""
    for report in reports:
        if "error" in report:
            return Result(
                problem_name(path),
                FAILED,
                "error",
                confirmed=False,
                reason=str(report["error"]),
            )
    with np.load(answer) as file:
        arrays = {key: np.asarray(file[key], np.float64) for key in "xys"}
    return best_of([judged(task, path, report, arrays) for report in reports])


def read_rows(out: Path, clock: str = "cpu") -> list[Row]:
    """Read what ``run_backends`` wrote, problems that all files have."""
    runs: dict[str, Run] = {
        name: read(out / f"{name}.jsonl")
        for name in BACKENDS
        if (out / f"{name}.jsonl").exists()
    }
    if not runs:
        raise ValueError(f"{out} holds no runs of backends")
    first, *others = runs.values()
    rows = []
    for problem in first.results:
        if not all(problem in run.results for run in others):
            continue
        results = {name: run.results[problem] for name, run in runs.items()}
        times = {
            name: time
            for name, result in results.items()
            if result.confirmed and (time := read_clock(clock)(result)) is not None
        }
        rows.append(Row(problem, results, times))
    return rows


def table(rows: Sequence[Row], tolerance: float = 1.2, every: bool = True) -> str:
    """Return the markdown report: per class, what is behind, every problem."""
    classes = list(dict.fromkeys(_class(row) for row in rows))
    named = [name for name in BACKENDS if name != AUTO]
    ways = sorted({_chosen(row) for row in rows})
    lines = [
        _line(
            "class",
            "problems",
            *ways,
            *(f"to {name}" for name in named),
            "to the best",
            "worst",
        ),
        _line("---", *["---:"] * (1 + len(ways) + len(named)), "---:", "---"),
        *(
            _summary(name, [row for row in rows if _class(row) == name], ways)
            for name in classes
        ),
        _summary("all", rows, ways),
    ]
    behind = [row for row in rows if _is_behind(row, tolerance)]
    if behind:
        lines += [
            "",
            f"Slower than the best by more than {100 * (tolerance - 1):.0f} %:",
            "",
            *_detail(behind),
        ]
    if every:
        lines += ["", "Every problem:", "", *_detail(rows)]
    return "\n".join(lines) + "\n"


def _is_behind(row: Row, tolerance: float) -> bool:
    if row.best is None:
        return False
    return AUTO not in row.times or row.ratio(row.best) > tolerance


def _summary(name: str, rows: Sequence[Row], ways: Sequence[str]) -> str:
    def mean(other: Callable[[Row], str | None]) -> str:
        ratios = [row.ratio(other(row)) for row in rows]
        known = [ratio for ratio in ratios if not math.isnan(ratio)]
        return _number(geometric_mean(known)) + f" ({len(known)})"

    compared = [row for row in rows if not math.isnan(row.ratio(row.best))]
    worst = max(compared, key=lambda row: row.ratio(row.best), default=None)
    return _line(
        name,
        str(len(rows)),
        *(str(sum(_chosen(row) == way for row in rows)) for way in ways),
        *(
            mean(lambda _, other=other: other)  # type: ignore[misc]
            for other in BACKENDS
            if other != AUTO
        ),
        mean(lambda row: row.best),
        "-"
        if worst is None
        else f"{_number(worst.ratio(worst.best))} {_short(worst.problem)}",
    )


def _detail(rows: Sequence[Row]) -> list[str]:
    return [
        _line("problem", "chosen", *(f"{name}, s" for name in BACKENDS), "to the best"),
        _line("---", "---", *["---:"] * (len(BACKENDS) + 1)),
        *(
            _line(
                row.problem,
                _chosen(row),
                *(_time(row, name) for name in BACKENDS),
                _number(row.ratio(row.best)),
            )
            for row in rows
        ),
    ]


def _time(row: Row, name: str) -> str:
    if name in row.times:
        return f"{row.times[name]:.3g}"
    result = row.results.get(name)
    return "-" if result is None or result.status == NOT_TRIED else "stopped"


def _chosen(row: Row) -> str:
    """Return the family of the backend that ``auto`` took."""
    result = row.results.get(AUTO)
    for family in ("dense", "indirect", "direct"):
        if result is not None and family in result.backend:
            return family
    return "unknown"


def _class(row: Row) -> str:
    return row.problem.split("/", maxsplit=1)[0]


def _short(problem: str) -> str:
    return problem.rsplit("/", maxsplit=1)[-1]


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.2f}"


def _line(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
