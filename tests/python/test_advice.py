# SPDX-License-Identifier: MIT
"""What an error says beyond what is wrong: how to put it right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs


class Series:
    """As much of a data frame's column as the advice looks at."""

    def __init__(self, values):
        self._values = values

    def to_numpy(self, dtype):
        return np.array(self._values, dtype)


MISTAKES: dict[str, tuple[Any, str]] = {
    "list": ([-1.0, 0.3, -0.5], "not list; numpy.array(b, float) will do"),
    "tuple": ((-1.0, 0.3, -0.5), "not tuple; numpy.array(b, float) will do"),
    "integers": (
        np.array([-1, 1, 0], np.int64),
        "1-D array of int64; b.astype(float) will do",
    ),
    "bools": (np.array([True] * 3), "1-D array of bool; b.astype(float) will do"),
    "column": (np.ones((3, 1)), "float64; numpy.asarray(b).ravel() will do"),
    "series": (Series([-1, 0, 0]), "not Series; b.to_numpy(float) will do"),
}
PUT_RIGHT: dict[str, Callable[[Any], Any]] = {
    "list": lambda b: np.array(b, float),
    "tuple": lambda b: np.array(b, float),
    "integers": lambda b: b.astype(float),
    "bools": lambda b: b.astype(float),
    "column": lambda b: np.asarray(b).ravel(),
    "series": lambda b: b.to_numpy(float),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_vectors_with_advice_that_works(name):
    value, text = MISTAKES[name]
    data, cone = makers.qp()
    with pytest.raises(TypeError) as caught:
        scs.SCS({**data, "b": value}, cone)
    assert str(caught.value).startswith("b must be a 1-D numpy array of floats, not ")
    assert str(caught.value).endswith(text)
    solver = scs.SCS({**data, "b": PUT_RIGHT[name](value)}, cone, **makers.QUIET)
    with pytest.raises(TypeError) as caught:
        solver.update(b=value)
    assert str(caught.value).endswith(text)
    solver.update(b=PUT_RIGHT[name](value))


@pytest.mark.parametrize(
    "value", [3.0, None, "abc", np.ones((3, 3)), np.array(["a"] * 3), np.array(1.0)]
)
def test_vectors_without_obvious_advice(value):
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    if value is not None:
        with pytest.raises(TypeError, match=r"numpy array of floats, not [^;]*$"):
            solver.update(c=value)


def test_integer_matrices():
    data, cone = makers.qp()
    with pytest.raises(TypeError, match=r"Ax must .*; A\.astype\(float\) will do"):
        scs.SCS({**data, "A": data["A"].astype(int)}, cone)
    a = data["A"].astype(int).astype(float)
    assert scs.solve({**data, "A": a}, cone, **makers.QUIET).info.status == "solved"


def test_masked_entries_are_no_numbers():
    data, cone = makers.qp()
    b = np.ma.array(data["b"], mask=[False, True, False])
    with pytest.raises(ValueError, match="b has masked entries"):
        scs.SCS({**data, "b": b}, cone)
    b.mask = False
    assert scs.solve({**data, "b": b}, cone, **makers.QUIET).info.status == "solved"


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("max_iter", "max_iters"),
        ("MAX_ITERS", "max_iters"),
        ("eps", "eps_abs and eps_rel"),
        ("tol", "eps_abs and eps_rel"),
        ("time_limit", "time_limit_secs"),
        ("acceleration_look_back", "acceleration_lookback"),
        ("linear_solvers", "linear_solver"),
        ("on_concurrent", "on_concurrent_use"),
        ("warm_start", r"SCS\.solve\(warm_start=\.\.\.\)"),
    ],
)
def test_misspelt_settings(name, meant):
    with pytest.raises(TypeError, match=rf"'{name}' is an invalid .*mean {meant}\?"):
        scs.SCS(*makers.qp(), **{**makers.QUIET, name: 1})


def test_settings_like_none_there_is():
    with pytest.raises(TypeError, match=r"'foo' is an .* lists the settings"):
        scs.solve(*makers.qp(), **{**makers.QUIET, "foo": 1})


def test_misspelt_cones():
    data, _ = makers.qp()
    with pytest.raises(scs.InvalidCone, match=r"'L'; there are z, l, bu, .*, sl_k$"):
        scs.SCS(data, {"z": 1, "L": 2})


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([0.0, 0.0], "not list$"),
        (np.zeros(2, np.int64), "not a 1-D array of int64 of length 2"),
        (np.zeros(3), "not a 1-D array of float64 of length 3"),
        (sp.csc_matrix((2, 1)), "not csc_matrix"),
    ],
)
def test_start_vectors(value, text):
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    with pytest.raises(ValueError, match=f"float array of length 2, {text}"):
        solver.solve(x=value)


@pytest.mark.parametrize("value", [None, 1, "yes", np.True_])
def test_warm_start_is_a_bool(value):
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    with pytest.raises(TypeError, match=r"^warm_start must be bool, not"):
        solver.solve(warm_start=value)


def test_file_names_may_be_paths(tmp_path):
    problem, log = tmp_path / "problem.scs", tmp_path / "log.csv"
    result = scs.solve(
        *makers.qp(), verbose=False, write_data_filename=problem, log_csv_filename=log
    )
    assert scs.read_data(problem).cone == {"z": 1, "l": 2}
    assert log.read_text().count("\n") == result.info.iter + 2


def test_objects_that_fail_to_name_a_path():
    class Broken:
        def __fspath__(self):
            raise LookupError("mine")

    class Bytes:
        def __fspath__(self):
            return b"file"

    for value, kind, text in (
        (Broken(), LookupError, "mine"),
        (Bytes(), TypeError, "a str, a path or None, not .*Bytes"),
    ):
        with pytest.raises(kind, match=text):
            scs.SCS(*makers.qp(), **{**makers.QUIET, "log_csv_filename": value})
    assert not Path("file").exists()


def test_attributes_of_info_are_not_those_of_the_result():
    result = scs.solve(*makers.qp(), **makers.QUIET)
    with pytest.raises(AttributeError, match=r"'status'; there is info\.status$"):
        _ = result.status  # type: ignore[attr-defined]
    with pytest.raises(AttributeError, match=r"no attribute 'stat'$") as caught:
        _ = result.info.stat  # type: ignore[attr-defined]
    # So tracebacks ask: did you mean 'status'?
    assert caught.value.name == "stat"
    assert caught.value.obj is result.info
    assert "status" in dir(result.info)


def test_matrices_in_the_place_of_the_dict():
    data, _ = makers.qp()
    for a in (data["A"], data["A"].toarray()):
        with pytest.raises(TypeError, match="data must be a dict with A, b and c, not"):
            scs.SCS(a, data["b"])

    class Shaped(dict[str, Any]):
        shape = (3, 2)

    assert scs.solve(Shaped(data), makers.qp()[1], **makers.QUIET).info.status_val == 1


@pytest.mark.parametrize("name", ["A", "P"])
def test_dense_matrices_with_advice_that_works(name):
    data, cone = makers.qp()
    dense = data[name].toarray()
    with pytest.raises(TypeError, match="required to be a sparse matrix") as caught:
        scs.SCS({**data, name: dense}, cone)
    assert str(caught.value).endswith(f"; scipy.sparse.csc_array({name}) will do")
    scs.SCS({**data, name: sp.csc_array(dense)}, cone, **makers.QUIET)


@pytest.mark.parametrize("name", ["callback", "progress", "warm_start"])
def test_arguments_of_solve_given_to_the_constructor(name):
    with pytest.raises(TypeError, match=rf"did you mean SCS\.solve\({name}="):
        scs.SCS(*makers.qp(), **cast(Any, {name: True}))
