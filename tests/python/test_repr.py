# SPDX-License-Identifier: MIT
"""What results and solvers look like, on a terminal and in a notebook."""

from __future__ import annotations

import copy
import html.parser
import pickle
from typing import Any

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs


class _Table(html.parser.HTMLParser):
    """The rows of a table, as (heading, text); refuses what does not nest."""

    def __init__(self, text):
        super().__init__()
        self.rows = {}
        self.caption = ""
        self.styles = []
        self._open: list[Any] = []
        self._cells = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attrs):
        self._open.append(tag)
        self.styles += [value for name, value in attrs if name == "style"]
        if tag in ("th", "td"):
            self._cells.append("")

    def handle_endtag(self, tag):
        assert self._open.pop() == tag
        if tag == "tr":
            name, text = self._cells
            self.rows[name] = text
            self._cells = []

    def handle_data(self, data):
        if self._open[-1] in ("th", "td"):
            self._cells[-1] += data
        else:
            assert self._open[-1] == "caption"
            self.caption += data


def _solve(make=makers.qp, **settings):
    return scs.solve(*make(), **{**makers.QUIET, **settings})


def _lines(result):
    first, *rest = repr(result).splitlines()
    assert first == "scs.Result"
    return {line[2:13].strip(): line[14:] for line in rest}


def test_result_of_a_solved_problem():
    result = _solve()
    info = result.info
    lines = _lines(result)
    assert list(lines) == [
        "status",
        "iterations",
        "objective",
        "residuals",
        "time",
        "backend",
        "x",
        "y",
        "s",
    ]
    assert lines["status"] == "solved"
    assert lines["iterations"].startswith(f"{info.iter} ")
    assert lines["objective"] == f"primal {info.pobj:.9g}, dual {info.dobj:.9g}"
    assert f"gap {info.gap:.2e}" in lines["residuals"]
    assert f"solve {info.solve_time:.3g} ms" in lines["time"]
    assert f"setup {info.setup_time:.3g} ms" in lines["time"]
    assert lines["backend"] == info.lin_sys_solver
    assert lines["x"].startswith("shape (2,): [")
    assert str(result) == repr(result)


def test_table_says_the_same():
    for make in (makers.qp, makers.infeasible, makers.unbounded):
        result = _solve(make)
        table = _Table(result._repr_html_())
        assert table.caption == "scs.Result"
        assert table.rows == _lines(result)


@pytest.mark.parametrize(
    ("make", "equation"),
    [(makers.infeasible, "b'y = -1"), (makers.unbounded, "c'x = -1")],
)
def test_certificates_are_shown_in_place_of_what_there_is_not(make, equation):
    lines = _lines(_solve(make))
    assert equation in lines["certificate"]
    assert "objective" not in lines
    assert "residuals" not in lines
    assert "nan" not in lines["certificate"] + lines["time"]


def test_interrupted_solves_have_no_numbers():
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    lines = _lines(solver.solve(callback=lambda _: True))
    assert list(lines) == ["status", "backend", "x", "y", "s"]
    assert lines["status"] == "interrupted"


def test_limits_are_named():
    result = _solve(max_iters=1)
    assert _lines(result)["status"] == "solved (inaccurate - reached max_iters)"


def test_long_vectors_are_shown_by_their_ends():
    n = 10_000
    data = {
        "A": -sp.eye(n, format="csc"),
        "b": -np.arange(float(n)),
        "c": np.ones(n),
    }
    lines = _lines(scs.solve(data, {"l": n}, **makers.QUIET))
    assert lines["x"].startswith("shape (10000,): [")
    assert "..." in lines["x"]
    assert max(map(len, lines.values())) < 120


def test_whatever_is_put_into_a_result_is_escaped():
    result = _solve()
    result.info.status = "<script>alert('&')</script>"
    text = result._repr_html_()
    assert "<script>" not in text
    assert _Table(text).rows["status"] == "<script>alert('&')</script>"
    result.info.aa_stats["<b>"] = 1
    text = result.info._repr_html_()
    assert "<b>" not in text
    assert "'<b>': 1" in _Table(text).rows["aa_stats"]


def test_tables_have_no_colours_of_their_own():
    for thing in (_solve(), _solve().info):
        table = _Table(thing._repr_html_())
        assert table.styles
        assert not any(
            word in s for s in table.styles for word in ("color", "background")
        )


def test_info_has_a_line_for_each_key():
    info = _solve().info
    first, *rest = repr(info).splitlines()
    assert first == "scs.Info"
    assert [line.split()[0] for line in rest] == list(info)
    table = _Table(info._repr_html_())
    assert table.caption == "scs.Info"
    assert list(table.rows) == list(info)
    assert table.rows["iter"] == str(info.iter)


@pytest.mark.parametrize("change", ["remove", "replace"])
def test_incomplete_results_are_shown_as_they_are(change):
    result = _solve()
    if change == "remove":
        del result["info"]
    else:
        result.info = None
    assert repr(result).startswith("scs.Result({'x': ")
    assert result._repr_html_() is None  # a notebook takes repr then


def test_solver_says_what_it_holds():
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    text = repr(solver)
    assert text == (
        "<scs.SCS: 2 variables, 3 rows (z 1, l 2), 4 nonzeros in A, 3 in P, "
        f"{solver.solve().info.lin_sys_solver}, not solved yet>"
    )


def test_solver_says_which_cones_in_the_order_of_the_rows():
    n = 24
    cone = {"q": [3, 4], "ep": 1, "z": 1, "p": [0.5, -0.25], "l": 2}
    data = {
        "A": -sp.eye(n - 5, format="csc"),
        "b": np.zeros(n - 5),
        "c": np.ones(n - 5),
    }
    solver = scs.SCS(data, cone, **makers.QUIET)
    assert "(z 1, l 2, q [3, 4], ep 1, p [0.5, -0.25])" in repr(solver)


def test_long_lists_of_cones_are_shown_by_their_ends():
    n = 300
    data = {"A": -sp.eye(n, format="csc"), "b": np.zeros(n), "c": np.ones(n)}
    solver = scs.SCS(data, {"q": [3] * 98 + [2, 4]}, **makers.QUIET)
    assert "300 rows (q [3, ..., 4] (100))" in repr(solver)


def test_solver_says_which_backend_was_chosen():
    for backend in ("qdldl", "cpu_indirect"):
        solver = scs.SCS(*makers.qp(), linear_solver=backend, **makers.QUIET)
        assert solver.solve().info.lin_sys_solver in repr(solver)


@pytest.mark.parametrize(
    ("make", "settings", "status"),
    [
        (makers.qp, {}, "solved"),
        (makers.qp, {"max_iters": 1}, "solved (inaccurate)"),
        (makers.infeasible, {}, "infeasible"),
        (makers.unbounded, {}, "unbounded"),
    ],
)
def test_solver_says_how_the_last_solve_went(make, settings, status):
    solver = scs.SCS(*make(), **{**makers.QUIET, **settings})
    solver.solve()
    assert repr(solver).endswith(f", last solve: {status}>")
    assert repr(copy.copy(solver)) == repr(solver)
    assert repr(pickle.loads(pickle.dumps(solver))).endswith(", not solved yet>")
    solver.solve(False, callback=lambda _: True)
    assert repr(solver).endswith(", last solve: interrupted>") or settings


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1.0, -3e-10, 2e-12], "[1. 0. 0.]"),
        ([1e-8, 0.0, -2e-8], "[ 1.e-08  0.e+00 -2.e-08]"),
        ([1.0, np.nan, 1e-12], "[1.e+00    nan 1.e-12]"),
        ([np.inf, 1.0], "[inf  1.]"),
        ([], "[]"),
    ],
)
def test_arrays_are_shown_without_what_is_next_to_nothing(values, text):
    result = scs.SCS(*makers.qp(), **makers.QUIET).solve()
    result.x = np.array(values)
    assert f"x           shape ({len(values)},): {text}" in repr(result)


def test_a_solver_that_is_not_constructed_has_one():
    """Debuggers ask for it while a constructor that raises is still on the stack."""
    assert repr(object.__new__(scs.SCS)) == "<scs.SCS: not constructed>"


@pytest.mark.parametrize("key", ["x", "y", "s", "info"])
def test_results_without_an_entry_still_have_one(key):
    result = scs.SCS(*makers.qp(), **makers.QUIET).solve()
    result.pop(key)
    assert repr(result).startswith("scs.Result({")
    assert result._repr_html_() is None
