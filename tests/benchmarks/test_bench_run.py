# SPDX-License-Identifier: MIT
"""Whole runs with a stand-in for the solver that can be told to misbehave."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scsbench import pinning, run
from scsbench.cli import interpreter, main, parse_settings
from scsbench.records import read
from scsbench.run import Task, WorkerError, ask_versions, solve_one

pytestmark = pytest.mark.thread_unsafe  # the affinity mask belongs to the process

ProblemFile = Callable[[str], Path]


def test_answer_is_judged_and_timed(stand_in: str, problem_file: ProblemFile) -> None:
    result = solve_one(Task(stand_in), problem_file("made/interval"))
    assert result.confirmed, result.reason
    assert result.problem == "made/interval"
    assert result.iterations == 25
    assert result.objective == -1.0
    assert result.lin_sys_s == 0.0005
    assert result.info_setup_s == 0.001
    assert result.wall_s is not None
    assert 0.0 < result.wall_s < 10.0
    assert result.digest
    if sys.platform == "linux":
        assert result.peak_rss_mb is not None
        assert 10.0 < result.peak_rss_mb < 1000.0


def test_lie_is_refused(stand_in: str, problem_file: ProblemFile) -> None:
    task = Task(stand_in, settings={"behave": "lie"})
    result = solve_one(task, problem_file("made/interval"))
    assert result.status == "solved"
    assert not result.confirmed
    assert "rel_pri" in result.reason


@pytest.mark.parametrize(
    ("behave", "reason"),
    [
        ("raise", "NotImplementedError: cone field 'l'"),
        ("crash", "crashed by SIGABRT"),
        ("exit", "exit status 1: gone"),
    ],
)
def test_no_answer_is_a_failure(
    stand_in: str, problem_file: ProblemFile, behave: str, reason: str
) -> None:
    task = Task(stand_in, settings={"behave": behave})
    result = solve_one(task, problem_file("made/interval"))
    assert not result.confirmed
    assert result.reason == reason
    assert result.iterations is None


def test_hanging_solver_is_killed(
    stand_in: str, problem_file: ProblemFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "OVERRUN_SECONDS", 3.0)
    task = Task(stand_in, time_limit=0.1, settings={"behave": "hang"})
    result = solve_one(task, problem_file("made/interval"))
    assert not result.confirmed
    assert result.reason.startswith("killed after 3 s")


def test_interpreter_without_scs_is_an_error(tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "$@"\n')
    python.chmod(0o755)
    with pytest.raises(WorkerError):
        ask_versions(str(python))


def test_run_writes_and_resumes(
    stand_in: str,
    problem_file: ProblemFile,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem_file("made/a")
    out, root = tmp_path / "run.jsonl", str(tmp_path / "problems")
    command = ["run", "--python", stand_in, "--out", str(out), "--eps", "1e-6", root]
    assert main(command) == 0
    assert "1 of   1 confirmed" in capsys.readouterr().out
    first = read(out).results["made/a"]
    problem_file("made/b")
    assert main(command) == 0
    assert "1 of 2 already" in capsys.readouterr().out
    assert list(read(out).results) == ["made/a", "made/b"]
    assert read(out).results["made/a"] == first
    assert read(out).header.eps == 1e-6
    assert main([*command, "--set", "alpha=1.0"]) == 1
    assert "other settings" in capsys.readouterr().err


def test_paired_run_compares(
    stand_in: str,
    problem_file: ProblemFile,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    problem_file("made/a")
    outs = [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")]
    known = tmp_path / "known.csv"
    known.write_text("problem,objective,confidence,how\nmade/a,-2,exact,wrong\n")
    command = ["paired", "--python", stand_in, stand_in, "--out", *outs]
    command += ["--set-b", "behave=wander", "--repeat", "2", "--known", str(known)]
    assert main([*command, str(tmp_path / "problems")]) == 0
    report = capsys.readouterr().out
    assert "B differed between its repeats on (1)" in report
    assert "A differed" not in report
    assert "A against the known (1)" in report
    assert [read(Path(out)).results["made/a"].repeats for out in outs] == [2, 2]
    assert main(["compare", *outs]) == 0
    assert "total" in capsys.readouterr().out


def test_overhead(stand_in: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["overhead", "--python", stand_in, stand_in]
    assert main([*command, "--rounds", "1", "--calls", "100"]) == 0
    report = capsys.readouterr().out
    (line,) = [line for line in report.splitlines() if line.startswith("construct and")]
    # the stand-in claims 1 ms of setup and 2 ms of solve
    assert "3000.00" in line


def test_pinning() -> None:
    core = pinning.default_core()
    assert pinning.pin(core) == core
    if core is not None:
        with pytest.raises(ValueError, match="not one of"):
            pinning.pin(core + 1)
    environment = pinning.child_environment()
    assert {environment[name] for name in pinning.THREAD_VARIABLES} == {"1"}


def test_settings_are_parsed() -> None:
    pieces = ["alpha=1.2", "normalize=False", "max_iters=5", "linear_solver=qdldl"]
    assert parse_settings(pieces) == {
        "alpha": 1.2,
        "normalize": False,
        "max_iters": 5,
        "linear_solver": "qdldl",
    }


@pytest.mark.parametrize("piece", ["alpha", "=3", "eps_abs=1", "time_limit_secs=1"])
def test_bad_settings_are_refused(piece: str) -> None:
    with pytest.raises(ValueError, match=r"KEY=VALUE|set by"):
        parse_settings([piece])


def test_interpreter_is_looked_up() -> None:
    assert interpreter(sys.executable) == sys.executable
    with pytest.raises(ValueError, match="no such interpreter"):
        interpreter("./absent/python")


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--python", sys.executable, "--out", "x", "--time-limit", "0", "."],
        ["compare", "absent.jsonl"],
    ],
)
def test_errors_end_with_a_sentence(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith("scsbench: ")
