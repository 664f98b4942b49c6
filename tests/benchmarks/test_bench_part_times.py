# SPDX-License-Identifier: MIT
"""Times of a part: what is asked of the solvers, and the arithmetic of the table."""

import math
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scsbench.cli import main
from scsbench.part_times import (
    PARTS,
    PartTime,
    Row,
    cone_text,
    fixed_iterations,
    geometric_mean,
    least,
    measure,
    table,
)
from scsbench.problems import Cone
from scsbench.run import Task

pytestmark = pytest.mark.thread_unsafe  # the affinity mask belongs to the process

ProblemFile = Callable[[str], Path]
SPECTRAL = "2 nuc of at most 4, 1 sl of at most 5"


def test_nothing_stops_a_solve_early() -> None:
    task = fixed_iterations(Task("python", settings={"alpha": 1.2}), PARTS["cones"], 60)
    settings = task.solver_settings()
    assert settings["max_iters"] == 60
    assert settings["alpha"] == 1.2
    assert {settings[key] for key in ("eps_abs", "eps_rel", "eps_infeas")} == {0.0}
    assert "adaptive_scale" not in settings


def test_nothing_is_factorised_where_linear_systems_are_timed() -> None:
    task = fixed_iterations(Task("python"), PARTS["linsys"], 60)
    assert task.solver_settings()["adaptive_scale"] is False
    again = Task("python", settings={"adaptive_scale": True})
    task = fixed_iterations(again, PARTS["linsys"], 60)
    assert task.solver_settings()["adaptive_scale"] is True


def test_both_are_measured(stand_in: str, problem_file: ProblemFile) -> None:
    told: list[str] = []
    tasks = [Task(stand_in), Task(stand_in, settings={"behave": "raise"})]
    paths = [problem_file("made/a"), problem_file("made/b")]
    rows = measure(tasks, paths, PARTS["cones"], repeat=2, tell=told.append)
    assert [row.problem for row in rows] == ["made/a", "made/b"]
    assert len(told) == 2
    for row in rows:
        assert row.cones == "l 2"
        # the stand-in claims 0.25 ms in 25 iterations, and 2 ms for the solve
        assert row.base.per_iteration_s == pytest.approx(1e-5)
        assert row.base.share == pytest.approx(0.125)
        assert "NotImplementedError" in row.other.error
        assert math.isnan(row.ratio)
        if sys.platform == "linux":
            assert row.base.threads is not None
            assert row.base.threads >= 1


def test_linear_systems_are_measured(
    stand_in: str, problem_file: ProblemFile, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["linsys", "--python", stand_in, stand_in, "--repeat", "1"]
    assert main([*command, str(problem_file("made/a"))]) == 0
    report = capsys.readouterr().out
    assert "adaptive_scale=False" in report
    assert "Linear-system time per iteration" in report
    # the stand-in claims 0.5 ms in 25 iterations, and 2 ms for the solve
    assert "| made/a | l 2 | 20.0 | 20.0 | 1.000 | 25 % | 25 % | 25 |" in report


def test_command_writes_markdown(
    stand_in: str,
    problem_file: ProblemFile,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["cones", "--python", stand_in, stand_in, "--repeat", "1"]
    command += ["--set-b", "behave=raise", str(problem_file("made/a"))]
    assert main(command) == 0
    report = capsys.readouterr().out
    assert "B = scs 0.0.stand-in" in report
    assert "behave=raise" in report
    assert "| made/a | l 2 | 10.0 | - | - | 12 % | - | 25 |" in report
    assert "B failed (1):" in report
    out = tmp_path / "results" / "cones.md"
    assert main([*command, "--out", str(out)]) == 0
    assert "made/a" in out.read_text()
    assert "made/a" not in capsys.readouterr().out


def row(name: str, base_us: float, other_us: float) -> Row:
    base, other = (PartTime(10, 1e-5 * us, 1.0) for us in (base_us, other_us))
    return Row(name, "l 2", base, other)


def test_means_are_geometric_and_per_class() -> None:
    rows = [row("a/x", 8.0, 2.0), row("a/y", 1.0, 1.0), row("b/z", 1.0, 4.0)]
    lines = table(rows, ["one", "two"], PARTS["cones"]).splitlines()
    assert "| a/x | l 2 | 8.0 | 2.0 | 0.250 | 0 % | 0 % | 10 |" in lines
    assert "| a | 2 | 0.500 | 0.250 | 1.000 |" in lines
    assert "| b | 1 | 4.000 | 4.000 | 4.000 |" in lines
    assert "| all | 3 | 1.000 | 0.250 | 4.000 |" in lines
    assert lines[:2] == ["A = one", "B = two"]
    assert not any("failed" in line for line in lines)
    assert math.isnan(geometric_mean([]))


def test_what_spoils_a_comparison_is_said() -> None:
    slow = Row("a/x", "l 2", PartTime(60, 1.0, 2.0, threads=3), PartTime(25, 1.0, 2.0))
    gone = Row("a/y", "l 2", PartTime(60, 1.0, 2.0), PartTime(error="out of memory"))
    report = table([slow, gone], ["one", "two"], PARTS["cones"])
    assert "A ran more than one thread, so its times are not of one core (1)" in report
    assert "- a/x: 3" in report
    assert "- a/x: 60 and 25" in report
    assert "- a/y: out of memory" in report
    assert "| a | 1 | 2.400 |" in report


def test_least_of_the_repeats() -> None:
    first, second = PartTime(10, 3.0, 5.0), PartTime(10, 2.0, 9.0)
    assert least([first, second]) == second
    failed = PartTime(error="crashed")
    assert least([first, failed]) == failed


def test_cpu_clock_takes_the_least_disturbed() -> None:
    # the second looks better only because its disturbance missed the cones
    calm, lucky = PartTime(10, 2.0, 4.0, busy=0.99), PartTime(10, 2.0, 8.0, busy=0.5)
    assert least([calm, lucky], "cpu").part_s == pytest.approx(1.98)
    assert least([lucky, lucky], "cpu").part_s == pytest.approx(1.0)
    assert least([lucky, lucky], "cpu").share == lucky.share


@pytest.mark.parametrize(
    ("cone", "text"),
    [
        ({"z": 3, "l": 0, "q": [3, 5, 0]}, "z 3, 2 q of at most 5"),
        ({"bu": [1.0], "bl": [0.0], "ep": 2}, "1 box, ep 2"),
        ({"s": 4, "p": [0.5, 0.2]}, "1 s of at most 4, 2 p"),
        ({"nuc_m": [4, 3], "nuc_n": [2, 2], "sl_n": [5], "sl_k": [2]}, SPECTRAL),
    ],
)
def test_cones_are_named(cone: Cone, text: str) -> None:

    assert cone_text(cone) == text
