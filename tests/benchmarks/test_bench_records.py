# SPDX-License-Identifier: MIT
"""Files: problems, runs, known objectives."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from scsbench.judge import INFEASIBLE, SOLVED, UNBOUNDED
from scsbench.known import Known, read_known
from scsbench.problems import PROBLEMS_VARIABLE, Csc, find, load
from scsbench.records import Header, Result, Writer, best_of, read

pytestmark = pytest.mark.thread_unsafe  # the tests write under one tmp_path


def header(**changes: object) -> Header:
    fields: dict[str, object] = {"python": "python", "eps": 1e-4, "time_limit": 60.0}
    return Header(**(fields | changes))  # type: ignore[arg-type]


def result(name: str, time: float = 1.0, **changes: object) -> Result:
    fields: dict[str, object] = {
        "problem": name,
        "kind": SOLVED,
        "status": "solved",
        "confirmed": True,
        "iterations": 25,
        "setup_s": 0.0,
        "solve_s": time,
        "digest": "d",
    }
    return Result(**(fields | changes))  # type: ignore[arg-type]


def test_load(problem_file: Callable[[str], Path]) -> None:
    problem = load(problem_file("made/interval"))
    assert problem.name == "made/interval"
    assert problem.cone == {"l": 2}
    assert problem.offset == 3.0
    assert problem.p is None
    np.testing.assert_array_equal(problem.a.times(np.array([2.0])), [2.0, -2.0])
    np.testing.assert_array_equal(problem.a.transpose_times(np.array([5.0, 3.0])), [2])
    np.testing.assert_array_equal(
        problem.data()["A"].toarray(), np.array([[1.0], [-1.0]])
    )


def test_products_agree_with_dense_ones() -> None:
    generator = np.random.default_rng(2)
    dense = generator.standard_normal((4, 4)) * (generator.random((4, 4)) < 0.6)
    dense[:, 2] = 0.0
    upper = np.triu(dense)
    cols, rows = np.nonzero(upper.T)
    counts = np.bincount(cols, minlength=4)
    indptr = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
    matrix = Csc(4, 4, indptr, rows.astype(np.int64), upper[rows, cols])
    x = generator.standard_normal(4)
    np.testing.assert_allclose(matrix.times(x), upper @ x)
    np.testing.assert_allclose(matrix.transpose_times(x), upper.T @ x)
    symmetric = upper + np.triu(upper, 1).T
    np.testing.assert_allclose(matrix.symmetric_times(x), symmetric @ x)


def test_find(
    problem_file: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    two, one = problem_file("lp/two"), problem_file("lp/one")
    other = problem_file("qp/other")
    root = str(tmp_path / "problems")
    assert find([root]) == [one, two, other]
    assert find([str(two), root]) == [two, one, other]
    assert find([root], ["qp"]) == [other]
    monkeypatch.setenv(PROBLEMS_VARIABLE, root)
    assert find([], ["lp"]) == [one, two]
    monkeypatch.delenv(PROBLEMS_VARIABLE)
    with pytest.raises(ValueError, match=PROBLEMS_VARIABLE):
        find([])
    with pytest.raises(ValueError, match="sdp"):
        find([root], ["lp", "sdp"])
    with pytest.raises(ValueError, match="no such"):
        find([root + "/absent"])


def test_written_runs_read_back(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "run.jsonl"
    writer = Writer(path, header(settings={"alpha": 1.2}))
    writer.add(result("lp/a", objective=float("nan"), rel_pri=1e-5))
    writer.add(result("lp/b"))
    for line in path.read_text().splitlines():
        json.loads(line, parse_constant=lambda text: pytest.fail(f"not JSON: {text}"))
    run = read(path)
    assert run.header.settings == {"alpha": 1.2}
    assert list(run.results) == ["lp/a", "lp/b"]
    assert run.results["lp/a"].objective is None
    assert run.results["lp/a"].rel_pri == 1e-5
    assert run.results["lp/b"].wall_s == 1.0


def test_a_cut_run_is_continued(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    Writer(path, header()).add(result("lp/a"))
    with path.open("a") as file:
        file.write('{"record": "result", "prob')
    writer = Writer(path, header())
    assert list(writer.done) == ["lp/a"]
    writer.add(result("lp/b"))
    assert list(read(path).results) == ["lp/a", "lp/b"]
    assert not Writer(path, header(), fresh=True).done


@pytest.mark.parametrize(
    "change",
    [
        {"eps": 1e-6},
        {"time_limit": 10.0},
        {"python": "other"},
        {"settings": {"alpha": 1.0}},
        {"versions": {"scs": "9"}},
    ],
)
def test_another_task_is_not_mixed_in(
    tmp_path: Path, change: dict[str, object]
) -> None:
    path = tmp_path / "run.jsonl"
    Writer(path, header()).add(result("lp/a"))
    with pytest.raises(ValueError, match="other"):
        Writer(path, header(**change))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no header"),
        ("rubbish\n", ":1: not JSON"),
        ('{"record": "song"}\n', "unknown record"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read(path)


def test_best_of_is_the_fastest() -> None:
    times = ((3.0, 0.7), (1.0, 0.9), (2.0, None))
    merged = best_of([result("a", time, cpu_s=cpu) for time, cpu in times])
    assert (merged.wall_s, merged.cpu_s, merged.lin_sys_s) == (1.0, 0.7, None)
    assert (merged.repeats, merged.identical) == (3, True)


def test_best_of_tells_differing_repeats() -> None:
    assert not best_of([result("a"), result("a", digest="e")]).identical
    assert not best_of([result("a"), result("a", iterations=50)]).identical


def test_best_of_keeps_a_failure() -> None:
    failed = result("a", 9.0, confirmed=False)
    merged = best_of([result("a", 1.0), failed, result("a", 1.0)])
    assert (merged.confirmed, merged.wall_s) == (False, 9.0)


def test_known_optima(tmp_path: Path) -> None:
    path = tmp_path / "objectives.csv"
    path.write_text(
        "problem,objective,confidence,how\n"
        "lp/a,1.5,exact,someone\n"
        "lp/b,2.5,rough,someone\n"
        "lp/c,,,none found\n"
        "lp/d,,infeasible,infeasible (someone)\n"
    )
    assert read_known(path) == {
        "lp/a": Known(1.5, (SOLVED,)),
        "lp/b": Known(None, (SOLVED,)),
        "lp/c": Known(),
        "lp/d": Known(None, (INFEASIBLE, UNBOUNDED)),
    }


def test_known_answers(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(
        "problem,status,confirmed,iterations,primal_objective\n"
        "lp/a,solved,1,25,1.5\n"
        "lp/b,infeasible (inaccurate - reached time_limit_secs),1,25,inf\n"
        "lp/c,solved (inaccurate - reached time_limit_secs),0,25,7\n"
    )
    assert read_known(path) == {
        "lp/a": Known(1.5, (SOLVED,), confirmed=True),
        "lp/b": Known(None, (INFEASIBLE, UNBOUNDED), confirmed=True),
        "lp/c": Known(confirmed=False),
    }
    path.write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="unknown columns"):
        read_known(path)
