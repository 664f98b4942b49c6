# SPDX-License-Identifier: MIT
"""The picture of a log."""

from __future__ import annotations

import csv
import sys

import makers
import numpy as np
import pytest

import scs

pytestmark = pytest.mark.thread_unsafe(reason="pyplot is not made for threads")


@pytest.fixture
def pyplot():
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    from matplotlib import pyplot

    yield pyplot
    pyplot.close("all")


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.csv"
    data, cone, _ = makers.random_solvable(1, 6, 1, 9, 0, [4])
    info = scs.solve(data, cone, verbose=False, log_csv_filename=str(path))["info"]
    return path, info


def test_a_file(pyplot, log, tmp_path):
    path, info = log
    axes = scs.plot_convergence(path)
    assert axes.get_yscale() == "log"
    lines = {line.get_label(): line for line in axes.get_lines()}
    assert list(lines) == ["primal residual", "dual residual", "duality gap", "scale"]
    for line in lines.values():
        np.testing.assert_array_equal(line.get_xdata(), np.arange(info["iter"] + 1))
    for label, key in (
        ("primal residual", "res_pri"),
        ("dual residual", "res_dual"),
        ("duality gap", "gap"),
        ("scale", "scale"),
    ):
        assert np.asarray(lines[label].get_ydata())[-1] == abs(info[key])
    pyplot.gcf().savefig(tmp_path / "picture.png")
    assert (tmp_path / "picture.png").stat().st_size > 1000


def test_rows_columns_and_given_axes(pyplot, log):
    path, _ = log
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {name: [float(row[name]) for row in rows] for name in rows[0] if name}
    _, given = pyplot.subplots()
    assert scs.plot_convergence(rows, ax=given) is given
    expected = [line.get_ydata() for line in given.get_lines()]
    for form in (columns, iter(rows), str(path)):
        found = [line.get_ydata() for line in scs.plot_convergence(form).get_lines()]
        for one, two in zip(found, expected, strict=True):
            np.testing.assert_array_equal(one, two)


def test_zeros_are_gaps(pyplot):
    columns = {"iter": [0, 1], "res_pri": [1, 0], "res_dual": [1, 2], "gap": [-3, 1]}
    axes = scs.plot_convergence({**columns, "scale": [0.1, 0.1]})
    values = [np.asarray(line.get_ydata()) for line in axes.get_lines()]
    assert np.isnan(values[0][1])
    assert values[2][0] == 3


def test_mistakes(pyplot, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("iter,res_pri\n0,1\n")
    with pytest.raises(ValueError, match=r"log\.csv: there is no column 'res_dual'"):
        scs.plot_convergence(path)
    path.write_text("iter,res_pri,res_dual,gap,scale\n0,1,1,1\n")
    with pytest.raises(ValueError, match=r"log\.csv: column 'scale'"):
        scs.plot_convergence(path)
    path.write_text("iter,res_pri,res_dual,gap,scale\n0,1,x,1,2\n")
    with pytest.raises(ValueError, match=r"log\.csv: column 'res_dual'"):
        scs.plot_convergence(path)
    path.write_text("")
    with pytest.raises(ValueError, match=r"log\.csv: no iterations"):
        scs.plot_convergence(path)
    with pytest.raises(FileNotFoundError):
        scs.plot_convergence(tmp_path / "missing.csv")


def test_without_matplotlib(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError, match=r"pip install scs\[plot\]"):
        scs.plot_convergence("log.csv")


def test_what_a_callback_has_seen(pyplot):
    history: list[scs.Progress] = []
    result = scs.solve(*makers.qp(), callback=history.append, **makers.QUIET)
    lines = scs.plot_convergence(history).get_lines()
    assert np.asarray(lines[0].get_xdata())[-1] == result.info.iter
    assert np.asarray(lines[2].get_ydata())[-1] == abs(result.info.gap)


def test_a_result_is_told_to_bring_its_history(pyplot):
    result = scs.solve(*makers.qp(), **makers.QUIET)
    with pytest.raises(ValueError, match=r"log_csv_filename, or with callback=hist"):
        scs.plot_convergence(result)
