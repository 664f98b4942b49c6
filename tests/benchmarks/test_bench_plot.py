# SPDX-License-Identifier: MIT
"""Condensed records and the pictures made of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from scsbench import condensed, plot
from scsbench.arithmetic import Pair, clock
from scsbench.cli import main
from scsbench.condensed import Line, Side
from scsbench.records import Header, Result, Writer

LINES = [
    Line("lp/a", Side(True, 1.0, 100), Side(True, 0.5, 50)),
    Line("lp/b", Side(True, 2.0, 200), Side(True, 6.0, 300)),
    Line("qp/c", Side(False, 60.0, 900), Side(True, 3.0, 30)),
    Line("qp/d", Side(False, None, None), Side(False, 1.0, 10)),
]


def test_profile_by_hand() -> None:
    base, other = plot.profile(LINES)
    assert base == [1.0, 2.0]  # b won, a twice as long; c and d never arrive
    assert other == [1.0, 1.0, 3.0]  # a and c won, b three times as long


def test_a_failure_costs_the_limit_in_the_bars() -> None:
    found = plot.by_class(LINES, limit=10.0)
    assert list(found) == ["lp", "qp", "all"]
    assert found["lp"].problems == 2
    assert found["qp"].confirmed == (0, 1)
    # c: 10 against 3, d: 10 against 10, geometric means with a shift of 10 ms
    expected = (3.01 * 10.01) ** 0.5 - 0.01
    assert found["qp"].time_ratio == pytest.approx(expected / 10.0)


def test_condensed_records_come_back(tmp_path: Path) -> None:
    path = tmp_path / "folder/lines.csv"
    condensed.write(path, LINES)
    assert condensed.read(path) == LINES
    path.write_text("problem,seconds\n")
    with pytest.raises(ValueError, match="expected the columns problem, confirmed_a"):
        condensed.read(path)
    path.write_text(",".join(condensed.COLUMNS) + "\nlp/a,1,x,2,1,1,2\n")
    with pytest.raises(ValueError, match=r"lines.csv:2: .*'x'"):
        condensed.read(path)
    path.write_text(",".join(condensed.COLUMNS) + "\nlp/a,1\n")
    with pytest.raises(ValueError, match=r"lines.csv:2"):
        condensed.read(path)


def test_the_clock_decides_what_is_kept() -> None:
    result = Result("lp/a", "solved", "solved", True, iterations=7, cpu_s=0.123456)
    pair = Pair(result, result, 60.0, 60.0)
    (line,) = condensed.condense([pair], clock("cpu"))
    assert line.base == line.other == Side(True, 0.1235, 7)
    (line,) = condensed.condense([pair], clock("wall"))
    assert line.base.seconds is None


def record(path: Path, seconds: float) -> Path:
    writer = Writer(path, Header(python="python", eps=1e-4, time_limit=60.0))
    for name in ("lp/a", "qp/b"):
        writer.add(Result(name, "solved", "solved", True, iterations=10, cpu_s=seconds))
    return path


def test_pictures_are_made_and_made_again(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib").use("svg")
    pair = [record(tmp_path / "a.jsonl", 1.0), record(tmp_path / "b.jsonl", 0.5)]
    lines = tmp_path / "lines.csv"
    first = ["plot", *map(str, pair), "--out", str(tmp_path), "--csv", str(lines)]
    assert main(first) == 0
    pictures = sorted(tmp_path.glob("*.svg"))
    assert [p.name for p in pictures] == [
        "classes-dark.svg",
        "classes-light.svg",
        "profile-dark.svg",
        "profile-light.svg",
    ]
    assert main(["plot", str(lines), "--out", str(tmp_path / "again")]) == 0
    for picture in pictures:
        text = picture.read_bytes()
        assert b"<svg" in text
        assert text == (tmp_path / "again" / picture.name).read_bytes()


def test_plot_says_what_it_wants(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [str(record(tmp_path / f"{k}.jsonl", 1.0)) for k in range(3)]
    assert main(["plot", *paths, "--out", str(tmp_path)]) == 1
    assert "pairs of .jsonl files or one .csv" in capsys.readouterr().err
