# SPDX-License-Identifier: MIT
"""Backends turn by turn with a stand-in for the solver, and the table's arithmetic."""

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scsbench import backends_worker
from scsbench.backends import (
    AUTO,
    BACKENDS,
    Cost,
    Row,
    dense_work,
    read_rows,
    solve_by_each,
    table,
)
from scsbench.cli import main
from scsbench.records import Header, Result, Writer
from scsbench.run import Task

pytestmark = pytest.mark.thread_unsafe  # the affinity mask belongs to the process

ProblemFile = Callable[[str], Path]


def row(problem: str, chosen: str, **times: float) -> Row:
    results = {
        name: Result(
            problem,
            "solved",
            "solved",
            confirmed=name in times,
            backend=f"sparse-{chosen}" if name == AUTO else "",
        )
        for name in BACKENDS
    }
    return Row(problem, results, times)


def test_every_backend_solves(stand_in: str, problem_file: ProblemFile) -> None:
    tasks = {name: Task(stand_in, settings={"behave": "well"}) for name in BACKENDS}
    tasks["cpu_indirect"] = Task(stand_in, settings={"behave": "lie"})
    tasks["cpu_dense"] = Task(stand_in, settings={"behave": "raise"})
    found = solve_by_each(tasks, problem_file("made/a"), 2, 5.0)
    assert list(found) == list(BACKENDS)
    assert {name for name in found if found[name].confirmed} == {AUTO, "qdldl"}
    assert found["cpu_dense"].reason == "NotImplementedError: cone field 'l'"


def test_a_crash_is_the_failure_of_all(
    stand_in: str, problem_file: ProblemFile
) -> None:
    tasks = {name: Task(stand_in, settings={"behave": "crash"}) for name in BACKENDS}
    found = solve_by_each(tasks, problem_file("made/a"), 1, 5.0)
    assert {result.reason for result in found.values()} == {"crashed by SIGABRT"}


def test_only_who_is_near_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    times = {"auto": 1.0, "qdldl": 1.9, "cpu_indirect": 2.1}
    limits: list[float] = []

    def solve(_path: Path, request: dict[str, dict[str, float]]) -> dict[str, object]:
        limits.append(request["settings"]["time_limit_secs"])
        seconds = request["settings"]["seconds"]
        return {"setup_s": 0.0, "solve_s": seconds, "info": {"status_val": 1}}

    monkeypatch.setattr(backends_worker, "solve", solve)
    request = {
        "problem": "",
        "repeat": 3,
        "repeat_below": 5.0,
        "answers": dict.fromkeys(times, ""),
        "settings": {
            name: {"time_limit_secs": 60.0, "seconds": seconds}
            for name, seconds in times.items()
        },
    }
    found = backends_worker.take_turns(request)
    assert {name: len(reports) for name, reports in found.items()} == {
        "auto": 3,
        "qdldl": 3,
        "cpu_indirect": 1,
    }
    later = backends_worker.PATIENCE + backends_worker.GRACE_SECONDS
    assert limits == [60.0, later, later, *[60.0] * 4]
    request["repeat_below"] = 0.5
    assert sum(map(len, backends_worker.take_turns(request).values())) == 3


def test_short_solves_are_repeated_more_often(monkeypatch: pytest.MonkeyPatch) -> None:
    def solve(_path: Path, request: dict[str, dict[str, float]]) -> dict[str, object]:
        seconds = request["settings"]["seconds"]
        return {"setup_s": 0.0, "solve_s": seconds, "info": {"status_val": 1}}

    monkeypatch.setattr(backends_worker, "solve", solve)

    def repeats(seconds: float, repeat: int) -> int:
        request = {
            "problem": "",
            "repeat": repeat,
            "repeat_below": 5.0,
            "answers": {"auto": ""},
            "settings": {"auto": {"time_limit_secs": 60.0, "seconds": seconds}},
        }
        return len(backends_worker.take_turns(request)["auto"])

    assert repeats(1.0, 3) == 3
    assert repeats(0.0999, 3) == 6
    assert repeats(1e-3, 3) == backends_worker.MOST_REPEATS
    assert repeats(1e-3, 1) == 1


def test_limits_are_no_answers() -> None:
    reached = {"setup_s": 0.1, "solve_s": 0.1, "info": {"status_val": 2}}
    assert backends_worker.seconds(reached) == math.inf
    assert backends_worker.seconds({"error": "gone"}) == math.inf


def test_ratios() -> None:
    one = row("made/a", "direct", auto=1.0, qdldl=0.5, cpu_dense=2.0)
    assert one.best == "qdldl"
    assert one.ratio("qdldl") == pytest.approx(2.0, rel=0.01)
    assert one.ratio("cpu_dense") == pytest.approx(0.5, rel=0.01)
    assert math.isnan(one.ratio("cpu_indirect"))
    tiny = row("made/b", "direct", auto=2e-5, qdldl=1e-5)
    assert tiny.ratio("qdldl") < 1.02  # calls, not algorithms


def test_table_says_who_is_behind() -> None:
    rows = [
        row("made/a", "direct", auto=1.0, qdldl=1.0, cpu_dense=2.0),
        row("made/b", "dense", auto=1.5, qdldl=2.0, cpu_dense=1.0),
        row("other/c", "direct", qdldl=2.0),
        row("other/d", "direct"),
    ]
    report = table(rows, every=False)
    assert "| made | 2 | 1 | 1 | 0.87 (2) | 0.87 (2) | - (0) |" in report
    behind = report.partition("more than 20 %")[2]
    assert "made/b" in behind
    assert "other/c" in behind
    assert "made/a" not in behind
    assert "other/d" not in behind
    assert "made/a" in table(rows)


def test_paths_and_costs_are_told_apart(tmp_path: Path) -> None:
    def result(name: str, iterations: int, cpu: float, *, confirmed: bool) -> Result:
        return Result(
            "made/a",
            "solved",
            "solved",
            confirmed=confirmed,
            iterations=iterations,
            setup_s=0.5,
            cpu_s=cpu,
            cpu_setup_s=0.1,
            backend=f"sparse-{name}",
        )

    found = {
        AUTO: result("direct", 400, 4.1, confirmed=True),
        "qdldl": result("direct", 100, 1.1, confirmed=True),
        "cpu_dense": result("dense", 500, 2.6, confirmed=False),
        "cpu_indirect": Result("made/a", "failed", "error", confirmed=False),
    }
    for name, made in found.items():
        Writer(tmp_path / f"{name}.jsonl", Header("python", 1e-4, 60.0)).add(made)
    (one,) = read_rows(tmp_path)
    assert one.costs[AUTO].setup == 0.1
    assert one.costs[AUTO].iterations == 400
    assert one.costs[AUTO].per_iteration == pytest.approx(0.01)
    assert "cpu_indirect" not in one.costs
    # A shorter path, at the same cost; the stopped one would have been cheaper.
    assert one.best == "qdldl"
    assert one.ratio("qdldl") == pytest.approx(4.101 / 1.101)
    assert one.cost("qdldl") == pytest.approx(one.cost(AUTO))
    assert one.cheapest == "cpu_dense"
    assert one.cost("cpu_dense") == pytest.approx(2.1)
    assert one.cost_ratio == pytest.approx(4.101 / 2.101)
    report = table([one])
    assert "3.72 (1) | 3.72 a | 1.95 (1) | 1.95 a |" in report
    assert "| 4.1 (400 x 1e+04 us) |" in report
    assert "| stopped (500 x 5e+03 us) | stopped | 3.72 | 1.95 |" in report
    assert "20 %: 1, and for as many iterations 1 of them" in report
    assert "Only for as many iterations" not in report
    assert "20 %" not in table([one], 4.0)


def test_costs_behind_luck_are_shown() -> None:
    """A short path of ``auto`` does not hide that another's iterations cost less."""
    costs = {AUTO: Cost(0.0, 100, 0.01), "qdldl": Cost(0.0, 400, 0.005)}
    lucky = row("made/a", "dense", auto=1.0, qdldl=2.0)
    lucky = replace(lucky, costs=costs)
    report = table([lucky], every=False)
    assert "Slower than the best" not in report
    assert "Only for as many iterations" in report
    assert "| 0.50 | 2.00 |" in report
    old = row("made/a", "dense", auto=1.0, qdldl=2.0)  # records without set-ups
    assert math.isnan(old.cost_ratio)
    assert "| 0.50 | - |" in table([old])


def test_command(
    stand_in: str,
    problem_file: ProblemFile,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = problem_file("made/a")
    assert dense_work(path) == 2.0
    out = tmp_path / "out"
    command = ["backends", "--out", str(out), "--python", stand_in, str(path)]
    assert main([*command, "--repeat", "1"]) == 0
    first = capsys.readouterr().out
    assert "| made | 1 |" in first
    assert [found.problem for found in read_rows(out)] == ["made/a"]
    assert main(command) == 0  # all done: only the table
    assert "[  1/1" not in capsys.readouterr().out
    assert main(["backends", "--out", str(out)]) == 0
    assert main(["backends", "--out", str(tmp_path / "none")]) == 1
    assert "no runs" in capsys.readouterr().err
