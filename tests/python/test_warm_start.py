# SPDX-License-Identifier: MIT
"""Where a solve begins."""

from __future__ import annotations

from typing import Any, cast

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs


def _problem():
    return makers.random_solvable(21, 12, 3, 20, 3, [5, 4])[:2]


def test_second_solve_starts_from_the_first():
    solver = scs.SCS(*_problem(), **makers.QUIET)
    first = solver.solve()["info"]["iter"]
    second = solver.solve()["info"]["iter"]
    assert first > 25
    assert second <= 25


def test_given_vectors_are_used():
    data, cone = _problem()
    tight = scs.solve(data, cone, **makers.TIGHT)
    result = scs.SCS(data, cone, **makers.QUIET).solve(
        True, tight["x"], tight["y"], tight["s"]
    )
    assert result["info"]["status"] == "solved"
    assert result["info"]["iter"] < 10
    np.testing.assert_allclose(result["x"], tight["x"], atol=1e-2)


def test_solve_function_takes_vectors_from_the_data():
    data, cone = _problem()
    cold = scs.solve(data, cone, **makers.QUIET)
    tight = scs.solve(data, cone, **makers.TIGHT)
    start = {key: tight[key] for key in ("x", "y", "s")}
    warm = scs.solve({**data, **start}, cone, **makers.QUIET)
    assert warm["info"]["iter"] < min(10, cold["info"]["iter"])


def test_vectors_override_one_by_one():
    data, cone = _problem()
    fixed: dict[str, Any] = {**makers.QUIET, "max_iters": 3}
    fixed |= {"eps_abs": 0.0, "eps_rel": 0.0}

    def third(**start):
        solver = scs.SCS(data, cone, **fixed, acceleration_lookback=0)
        last = solver.solve()
        return last, solver.solve(**start)["x"]

    last, plain = third()
    # Giving back what is stored changes nothing; giving something else does.
    for key in ("x", "y", "s"):
        np.testing.assert_array_equal(third(**{key: last[key]})[1], plain)
        other = third(**{key: last[key] + 1.0})[1]
        assert not np.array_equal(other, plain)


def test_first_solve_without_vectors_is_a_cold_start():
    data, cone = _problem()
    one = scs.SCS(data, cone, **makers.QUIET).solve(warm_start=True)
    two = scs.SCS(data, cone, **makers.QUIET).solve(warm_start=False)
    np.testing.assert_array_equal(one["x"], two["x"])
    assert one["info"]["iter"] == two["info"]["iter"]


def test_no_warm_start_is_a_fresh_solve():
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    first = solver.solve()
    for _ in range(2):
        again = solver.solve(warm_start=False)
        assert again["info"]["iter"] == first["info"]["iter"]
        assert again["info"]["scale_updates"] == first["info"]["scale_updates"]
        for key in ("x", "y", "s"):
            np.testing.assert_array_equal(again[key], first[key])


def test_vectors_are_not_looked_at_without_warm_start():
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    first = solver.solve()
    again = solver.solve(
        warm_start=False,
        x="no vector",  # type: ignore[arg-type]
        y=[1],  # type: ignore[arg-type]
        s=np.ones(1),
    )
    np.testing.assert_array_equal(first["x"], again["x"])


@pytest.mark.parametrize("dtype", [np.float32, np.float16, np.longdouble])
def test_other_floats_and_strides(dtype):
    data, cone = _problem()
    tight = scs.solve(data, cone, **makers.TIGHT)
    wide = np.repeat(tight["y"], 2)
    solver = scs.SCS(data, cone, **makers.QUIET)
    result = solver.solve(x=tight["x"].astype(dtype), y=wide[::2], s=tight["s"])
    assert result["info"]["status"] == "solved"


@pytest.mark.parametrize("key", ["x", "y", "s"])
@pytest.mark.parametrize(
    "make",
    [
        lambda n: np.ones(n + 1),
        lambda n: np.ones(n - 1),
        lambda n: np.ones((n, 1)),
        lambda n: np.ones(n, dtype=np.int64),
        lambda n: [1.0] * n,
        lambda n: 1.0,
        lambda n: "abc",
    ],
    ids=["long", "short", "2-D", "int", "list", "number", "text"],
)
def test_wrong_vectors(key, make):
    data, cone = _problem()
    length = data["c"].size if key == "x" else data["b"].size
    solver = scs.SCS(data, cone, **makers.QUIET)
    text = f"Warm-start must be a 1-D float array of length {length}"
    with pytest.raises(ValueError, match=text):
        solver.solve(**{key: make(length)})
    with pytest.raises(ValueError, match=f"Unable to parse {key} warm-start"):
        scs.solve({**data, key: make(length)}, cone, **makers.QUIET)


@pytest.mark.parametrize("key", ["x", "y", "s"])
def test_infinities_are_refused_and_not_kept(key):
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    start = np.zeros(data["c"].size if key == "x" else data["b"].size)
    start[1] = np.inf
    with pytest.raises(scs.InvalidProblem, match=rf"{key}\[1\] is inf"):
        solver.solve(**cast(Any, {key: start}))
    assert solver.solve()["info"]["status"] == "solved"


@pytest.mark.parametrize("key", ["x", "y", "s"])
def test_a_start_that_breaks_down_is_not_kept(key):
    data, cone = _problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    huge = np.full(data["c"].size if key == "x" else data["b"].size, 1.7e308)
    with pytest.raises(scs.NumericalError, match="not finite"):
        solver.solve(**cast(Any, {key: huge}))
    assert solver.solve()["info"]["status"] == "solved"


@pytest.mark.parametrize("warm", [True, False])
def test_data_that_break_down_leave_no_start(warm):
    """With the second b the iterates find that P is indefinite."""
    data = {
        "P": sp.csc_matrix([[1.0, 2.0], [2.0, 1.0]]),
        "A": sp.csc_matrix([[-1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]),
        "b": np.array([0.0, 0.3, -0.5]),
        "c": np.array([-1.0, -1.0]),
    }
    solver = scs.SCS(data, {"z": 1, "l": 2}, **makers.QUIET)
    first = solver.solve()
    solver.update(b=np.array([-1.0, 0.3, -0.5]))
    with pytest.raises(scs.NumericalError):
        solver.solve(warm)
    solver.update(b=data["b"])
    again = solver.solve()
    assert again.info.iter == first.info.iter > 0
    np.testing.assert_array_equal(again.x, first.x)


@pytest.mark.parametrize("value", [1, 0, None, "yes", np.bool_(True)], ids=repr)
def test_warm_start_is_a_real_bool(value):
    solver = scs.SCS(*_problem(), **makers.QUIET)
    with pytest.raises(TypeError, match="bool"):
        solver.solve(warm_start=value)
    with pytest.raises(TypeError, match="bool"):
        solver.solve(warm_start=value, x="not looked at")  # type: ignore[arg-type]


def test_nan_is_read_as_zero():
    data, cone = _problem()
    n, m = data["c"].size, data["b"].size

    def start(fill):
        solver = scs.SCS(data, cone, **makers.QUIET)
        return solver.solve(x=np.full(n, fill), y=np.full(m, fill), s=np.full(m, fill))

    np.testing.assert_array_equal(start(np.nan)["x"], start(0.0)["x"])


def test_after_infeasible_the_next_solve_is_sane():
    """The stored x and s are NaN then."""
    solver = scs.SCS(*makers.infeasible(), **makers.QUIET)
    assert solver.solve()["info"]["status"] == "infeasible"
    assert solver.solve()["info"]["status"] == "infeasible"


def test_vectors_are_not_written():
    data, cone = _problem()
    x = np.zeros(data["c"].size)
    x.flags.writeable = False
    scs.SCS(data, cone, **makers.QUIET).solve(x=x)
    assert not x.any()
