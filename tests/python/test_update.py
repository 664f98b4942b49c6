# SPDX-License-Identifier: MIT
"""New b and c for an old factorisation."""

from __future__ import annotations

import makers
import numpy as np
import pytest
import scipy.sparse as sp
import verify

import scs


def _problem():
    return makers.random_solvable(31, 10, 2, 15, 3, [4])[:2]


def test_update_returns_nothing():
    assert scs.SCS(*makers.qp(), **makers.QUIET).update() is None


@pytest.mark.parametrize("keys", ["b", "c", "bc"])
def test_update_equals_a_new_object(keys):
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    solver.solve()
    changed = {key: data[key] * 1.01 for key in keys}
    solver.update(**changed)
    result = solver.solve()
    new = {**data, **changed}
    verify.check_solution(new, cone, result, 1e-9)
    expected = scs.solve(new, cone, **makers.TIGHT)
    assert result["info"]["pobj"] == pytest.approx(expected["info"]["pobj"], rel=1e-6)


def test_update_before_the_first_solve():
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    solver.update(b=data["b"] + 0.01)
    verify.check_solution({**data, "b": data["b"] + 0.01}, cone, solver.solve(), 1e-9)


def test_none_leaves_the_vector():
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    first = solver.solve()
    solver.update(None, None)
    solver.update()
    again = solver.solve(warm_start=False)
    np.testing.assert_array_equal(first["x"], again["x"])


def test_fresh_solve_after_update_does_not_remember():
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    first = solver.solve()
    solver.update(b=data["b"] + 0.1, c=data["c"] - 0.1)
    solver.solve()
    solver.update(data["b"], data["c"])
    again = solver.solve(warm_start=False)
    np.testing.assert_array_equal(first["x"], again["x"])


def test_from_infeasible_to_solved_and_back():
    data, cone = makers.infeasible()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    assert solver.solve()["info"]["status"] == "infeasible"
    solver.update(b=np.array([-1.0, 3.0]))
    result = solver.solve()
    assert result["info"]["status"] == "solved"
    np.testing.assert_allclose(result["x"], [1.0], atol=1e-6)
    solver.update(b=data["b"])
    assert solver.solve()["info"]["status"] == "infeasible"


def test_from_unbounded_to_solved():
    solver = scs.SCS(*makers.unbounded(), **makers.TIGHT)
    assert solver.solve()["info"]["status"] == "unbounded"
    solver.update(c=np.array([2.0]))
    np.testing.assert_allclose(solver.solve()["x"], [0.0], atol=1e-6)


@pytest.mark.parametrize("key", ["b", "c"])
@pytest.mark.parametrize(
    "value",
    [
        [1.0, 2.0, 3.0],
        np.ones(3, dtype=np.int64),
        np.ones((3, 1)),
        sp.csc_matrix(np.ones((3, 1))),
        1.0,
        "abc",
        np.ones(3, dtype=complex),
    ],
    ids=["list", "int", "2-D", "sparse", "number", "text", "complex"],
)
def test_wrong_types(key, value):
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    with pytest.raises(
        TypeError, match=f"{key}_new must be a 1-D numpy array of floats"
    ):
        solver.update(**{key: value})


@pytest.mark.parametrize("key", ["b", "c"])
@pytest.mark.parametrize("length", [0, 1, 7])
def test_wrong_lengths(key, length):
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    text = f"{key}_new has incompatible dimension with A"
    with pytest.raises(ValueError, match=text):
        solver.update(**{key: np.ones(length)})


@pytest.mark.parametrize("key", ["b", "c"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_updates_are_finite(key, value):
    data, cone = makers.qp()
    solver = scs.SCS(data, cone, **makers.QUIET)
    first = solver.solve()
    with pytest.raises(ValueError, match=key):
        solver.update(**{key: np.full(data[key].size, value)})
    again = solver.solve(warm_start=False)
    np.testing.assert_array_equal(first["x"], again["x"])


def test_a_refused_update_replaces_nothing():
    data, cone = makers.qp()
    solver = scs.SCS(data, cone, **makers.QUIET)
    first = solver.solve()
    with pytest.raises(ValueError, match="c_new"):
        solver.update(b=data["b"] * 2, c=np.ones(17))
    again = solver.solve(warm_start=False)
    np.testing.assert_array_equal(first["x"], again["x"])


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.longdouble])
def test_other_floats_and_strides(dtype):
    data, cone = makers.qp()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    b = np.array([-1.0, 0.5, -0.5])
    solver.update(b=np.repeat(b, 2)[::2], c=data["c"].astype(dtype))
    verify.check_solution({**data, "b": b}, cone, solver.solve(), 1e-9)


def test_updates_are_copied_and_not_written():
    data, cone = makers.qp()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    b = data["b"].copy()
    solver.update(b=b)
    b[:] = np.nan
    np.testing.assert_allclose(solver.solve()["x"], makers.QP_X, atol=1e-6)


def test_setup_time_becomes_that_of_the_update():
    data, cone = makers.random_solvable(4, 150, 20, 300, 0, [20])[:2]
    solver = scs.SCS(data, cone, **makers.QUIET)
    construction = solver.solve()["info"]["setup_time"]
    solver.update(b=data["b"])
    assert 0 <= solver.solve()["info"]["setup_time"] < construction
