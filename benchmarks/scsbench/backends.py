# SPDX-License-Identifier: MIT
"""Linear-system backends of one interpreter on the same problems, turn by turn.

The question is whether ``auto`` takes the backend that it should: how long it takes
compared with the best of the others, problem by problem. Part of the answer is how
many iterations each takes, which for exact backends is a matter of rounding: the same
is therefore asked of what each would take for as many iterations as ``auto``.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from scsbench.arithmetic import clock as read_clock
from scsbench.arithmetic import setup_clock
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
LEGEND = (
    "In brackets behind a ratio, on how many problems; behind a time, iterations and "
    "what each takes beyond the set-up. At equal length: `auto` by the least that "
    "another takes for its own set-up and as many iterations as `auto` took."
)
# Below this, times are those of calls; ratios are taken of times plus this.
SHIFT_S = 0.001


@dataclass(frozen=True)
class Cost:
    """What a solve consists of, whether it came to an answer or was stopped."""

    setup: float
    iterations: int
    per_iteration: float

    def of(self, iterations: int) -> float:
        """Return what so many iterations take."""
        return self.setup + iterations * self.per_iteration


@dataclass(frozen=True)
class Row:
    """One problem: the result of every backend that was tried.

    ``times`` has those that came to a confirmed answer, ``costs`` all that iterated.
    """

    problem: str
    results: dict[str, Result]
    times: dict[str, float]
    costs: dict[str, Cost] = field(default_factory=dict)

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

    def cost(self, name: str) -> float:
        """Return the time of a backend for as many iterations as ``auto`` took."""
        if name not in self.costs or AUTO not in self.costs:
            return math.nan
        return self.costs[name].of(self.costs[AUTO].iterations)

    @property
    def cheapest(self) -> str | None:
        """Return the one of those asked for by name that takes the least for that."""
        named = [name for name in self.costs if name != AUTO and AUTO in self.costs]
        return min(named, key=self.cost, default=None)

    @property
    def cost_ratio(self) -> float:
        """Return the time of ``auto`` by that of the cheapest; NaN without both."""
        if self.cheapest is None:
            return math.nan
        return (self.cost(AUTO) + SHIFT_S) / (self.cost(self.cheapest) + SHIFT_S)


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
        costs = {
            name: cost
            for name, result in results.items()
            if (cost := _cost(result, clock)) is not None
        }
        rows.append(Row(problem, results, times, costs))
    return rows


def _cost(result: Result, clock: str) -> Cost | None:
    total, setup = read_clock(clock)(result), setup_clock(clock)(result)
    if total is None or setup is None or not result.iterations:
        return None
    return Cost(setup, result.iterations, (total - setup) / result.iterations)


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
            "at equal length",
            "worst",
        ),
        _line("---", *["---:"] * (1 + len(ways) + len(named)), *["---:", "---"] * 2),
        *(
            _summary(name, [row for row in rows if _class(row) == name], ways)
            for name in classes
        ),
        _summary("all", rows, ways),
    ]
    lines += ["", LEGEND]
    behind = [row for row in rows if _is_behind(row, tolerance)]
    if behind:
        percent = 100 * (tolerance - 1)
        dearer = sum(row.cost_ratio > tolerance for row in behind)
        found = f"{len(behind)}, and for as many iterations {dearer} of them"
        lines += [
            "",
            f"Slower than the best by more than {percent:.0f} %: {found}:",
            "",
            *_detail(behind),
        ]
    hidden = [row for row in rows if row not in behind and row.cost_ratio > tolerance]
    if hidden:
        lines += ["", "Only for as many iterations:", "", *_detail(hidden)]
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

    def worst(ratio: Callable[[Row], float]) -> str:
        known = [row for row in rows if not math.isnan(ratio(row))]
        row = max(known, key=ratio, default=None)
        return "-" if row is None else f"{_number(ratio(row))} {_short(row.problem)}"

    equal = [row.cost_ratio for row in rows if not math.isnan(row.cost_ratio)]
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
        worst(lambda row: row.ratio(row.best)),
        _number(geometric_mean(equal)) + f" ({len(equal)})",
        worst(lambda row: row.cost_ratio),
    )


def _detail(rows: Sequence[Row]) -> list[str]:
    return [
        _line(
            "problem",
            "chosen",
            *(f"{name}, s" for name in BACKENDS),
            "to the best",
            "at equal length",
        ),
        _line("---", "---", *["---:"] * (len(BACKENDS) + 2)),
        *(
            _line(
                row.problem,
                _chosen(row),
                *(_time(row, name) for name in BACKENDS),
                _number(row.ratio(row.best)),
                _number(row.cost_ratio),
            )
            for row in rows
        ),
    ]


def _time(row: Row, name: str) -> str:
    cost = row.costs.get(name)
    path = f" ({cost.iterations} x {1e6 * cost.per_iteration:.3g} us)" if cost else ""
    if name in row.times:
        return f"{row.times[name]:.3g}{path}"
    result = row.results.get(name)
    tried = result is not None and result.status != NOT_TRIED
    return f"stopped{path}" if tried else "-"


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
