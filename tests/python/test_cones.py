# SPDX-License-Identifier: MIT
"""Cones: what their dict may hold, the order of their rows, known answers."""

from __future__ import annotations

from typing import Any

import makers
import numpy as np
import pytest
import scipy.sparse as sp
import verify

import scs

SCALARS = ["z", "l", "ep", "ed"]
LISTS = ["q", "s", "cs", "d", "nuc_m", "nuc_n", "ell1", "sl_n", "sl_k"]


def _solver(cone, rows=3):
    data = {
        "A": sp.csc_matrix(np.ones((rows, 1))),
        "b": np.ones(rows),
        "c": np.array([-1.0]),
    }
    return scs.SCS(data, cone, **makers.QUIET)


@pytest.mark.parametrize("key", ["z", "l"])
@pytest.mark.parametrize(
    "three", [3, np.int64(3), np.int8(3), np.uint16(3)], ids=lambda v: type(v).__name__
)
def test_counts_are_any_integers(key, three):
    _solver({key: three})


def test_the_cone_is_a_dict():
    with pytest.raises(TypeError, match="cone must be a dict, not list"):
        _solver([("l", 3)])


def test_bool_counts_as_integer():
    _solver({"z": True, "l": 2})


@pytest.mark.parametrize("key", SCALARS)
@pytest.mark.parametrize(
    "value", [-1, 3.0, "3", None, [3.0], [1, 2], np.array([3.0]), 2**80], ids=repr
)
def test_wrong_counts(key, value):
    with pytest.raises(
        (ValueError, OverflowError), match=f"Invalid value for cone field '{key}'"
    ):
        _solver({key: value})


@pytest.mark.parametrize(
    "q",
    [
        3,
        [3],
        (3,),
        [np.int64(3)],
        np.array([3]),
        np.array([3], dtype=np.int8),
        np.array([3], dtype=np.uint32),
        [0, 3],
        [1, 2],
        np.int64(3),
    ],
    ids=repr,
)
def test_lists_are_numbers_lists_tuples_and_arrays(q):
    _solver({"q": q})


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize(
    "value",
    [-1, [-1], 3.0, [3.0], ["3"], "3", None, np.array([3.0]), np.array([[3]]), {3: 3}],
    ids=repr,
)
def test_wrong_lists(key, value):
    with pytest.raises(ValueError, match=f"Invalid value for cone field '{key}'"):
        _solver({"l": 3, key: value})


@pytest.mark.parametrize("key", ["bu", "bl"])
@pytest.mark.parametrize("value", [None, {1: 2}, np.array([[1.0]])], ids=repr)
def test_wrong_bounds(key, value):
    other = {"bu": "bl", "bl": "bu"}[key]
    with pytest.raises(ValueError, match=f"Invalid value for cone field '{key}'"):
        _solver({"l": 1, key: value, other: [0.0]})


def test_bounds_of_text():
    with pytest.raises(TypeError, match="must be real number, not str"):
        _solver({"l": 1, "bl": ["a"], "bu": [1.0]})


@pytest.mark.parametrize(
    ("bl", "bu"),
    [
        ([-1.0, 0.0], [1.0, 2.0]),
        ([-1, 0], [1, 2]),
        ((-1.0, 0.0), (1.0, 2.0)),
        (np.array([-1.0, 0.0]), np.array([1.0, 2.0])),
        (np.array([-1, 0], dtype=np.float32), [np.float64(1), np.int64(2)]),
        ([-np.inf, 0.0], [1.0, np.inf]),
        ([-1e20, 0.0], [1.0, 1e20]),
    ],
    ids=repr,
)
def test_bounds(bl, bu):
    _solver({"bl": bl, "bu": bu})


def test_a_bare_number_is_one_bound():
    _solver({"l": 1, "bl": -1.0, "bu": 2})


@pytest.mark.parametrize(
    ("bl", "bu"),
    [([2.0, 0.0], [1.0, 2.0]), ([np.nan, 0.0], [1.0, 2.0]), ([np.inf, 0], [np.inf, 2])],
    ids=repr,
)
def test_bounds_that_make_no_box(bl, bu):
    with pytest.raises(ValueError, match=r"b[lu]|box"):
        _solver({"bl": bl, "bu": bu})


def test_lengths_of_bounds():
    with pytest.raises(ValueError, match="bu different dimension to bl"):
        _solver({"bl": [0.0], "bu": [1.0, 2.0]})
    with pytest.raises(ValueError, match="bu different dimension to bl"):
        _solver({"bl": [0.0, 0.0]})


def test_lengths_of_spectral_pairs():
    for pair in (("nuc_m", "nuc_n"), ("sl_n", "sl_k")):
        with pytest.raises(
            (ValueError, NotImplementedError),
            match=f"{pair[0]} and {pair[1]} must have the same length|not",
        ):
            _solver({"l": 3, pair[0]: [2, 2], pair[1]: [1]})


def test_rows_must_add_up():
    for cone in ({"l": 2}, {"l": 4}, {"z": 1, "q": [3]}, {"bl": [0.0], "bu": [1.0]}):
        with pytest.raises(ValueError, match="3"):
            _solver(cone)


@pytest.mark.parametrize("empty", [[], (), None, 0, np.array([]), {}, ""], ids=repr)
def test_unknown_empty_keys_pass(empty):
    _solver({"l": 3, "pnd": empty})


@pytest.mark.parametrize("full", [1, [1], (2,), np.array([1]), "a"], ids=repr)
def test_unknown_keys_with_content_are_refused(full):
    with pytest.raises(ValueError, match="pnd"):
        _solver({"l": 3, "pnd": full})


def test_known_keys_may_be_empty():
    _solver({"l": 3, "z": 0, "q": [], "s": (), "ep": 0, "p": [], "bl": [], "bu": []})


def test_deprecated_f_is_added_to_z():
    with pytest.warns(DeprecationWarning, match="'f' cone field"):
        solver = _solver({"f": 1, "z": 1, "l": 1})
    assert solver.solve()["info"]["status"]
    with pytest.warns(DeprecationWarning, match="zero cone"):
        _solver({"f": 3})


def test_deprecated_f_of_zero_is_silent():
    _solver({"f": 0, "l": 3})


@pytest.mark.parametrize("cone", [[("l", 3)], "l", 3], ids=repr)
def test_cone_must_be_a_dict(cone):
    with pytest.raises(TypeError, match="dict"):
        _solver(cone)


def test_cone_may_be_derived_from_dict():
    class Mine(dict[str, Any]):
        pass

    _solver(Mine(l=3))


def test_order_of_rows_is_the_documented_one_not_that_of_the_dict():
    data, cone, value = makers.random_solvable(11, 6, 2, 5, 2, [3, 4])
    turned = dict(reversed(cone.items()))
    one = scs.solve(data, cone, **makers.TIGHT)
    two = scs.solve(data, turned, **makers.TIGHT)
    np.testing.assert_array_equal(one["x"], two["x"])
    assert one["info"]["pobj"] == pytest.approx(value, rel=1e-6, abs=1e-6)


def test_box_bounds_hold():
    data, cone = makers.boxed([-1.0, 0.5, -np.inf], [2.0, 3.0, 4.0], [1.0, -1.0, -2.0])
    result = scs.solve(data, cone, **makers.TIGHT)
    np.testing.assert_allclose(result["x"], [-1.0, 3.0, 4.0], atol=1e-6)
    verify.check_solution(data, cone, result, 1e-9)


def test_open_box_is_unbounded():
    data, cone = makers.boxed([-1.0, -np.inf], [2.0, np.inf], [1.0, 1.0])
    result = scs.solve(data, cone, **makers.QUIET)
    assert result["info"]["status"] == "unbounded"


def test_box_with_equal_bounds_is_an_equation():
    data, cone = makers.boxed([1.5], [1.5], [1.0])
    result = scs.solve(data, cone, **makers.TIGHT)
    np.testing.assert_allclose(result["x"], [1.5], atol=1e-6)


def test_box_of_t_alone_is_absent():
    """Empty bounds mean no box cone, so no row for t either."""
    _solver({"l": 3, "bl": [], "bu": []})
    with pytest.raises(ValueError, match="3"):
        _solver({"l": 2, "bl": [], "bu": []})


def test_second_order_cone_of_one_row_is_a_sign():
    data = {"A": sp.csc_matrix([[-1.0]]), "b": np.array([-2.0]), "c": np.array([1.0])}
    result = scs.solve(data, {"q": [1]}, **makers.TIGHT)
    np.testing.assert_allclose(result["x"], [2.0], atol=1e-6)


def test_infeasible_second_order_cone():
    data = {
        "A": sp.csc_matrix((3, 1)),
        "b": np.array([1.0, 3.0, 4.0]),
        "c": np.array([0.0]),
    }
    result = scs.solve(data, {"q": [3]}, **makers.QUIET)
    assert result["info"]["status"] == "infeasible"
    verify.check_infeasible(data, {"q": [3]}, result)


def _tail(cone, fixed, first):
    """Minimise the free entry `first` of a cone whose other rows are fixed."""
    rows = len(fixed)
    a = np.zeros((rows, 1))
    a[first, 0] = -1.0
    b = np.array(fixed, dtype=float)
    b[first] = 0.0
    return {"A": sp.csc_matrix(a), "b": b, "c": np.array([1.0])}, cone


ROOT2 = 2**0.5

# Smallest value of one entry given the others, from the definition of each cone.
SMALLEST = {
    "s": (*_tail({"s": [2]}, [0, ROOT2 * 2, 1], 0), 4.0),
    "cs": (*_tail({"cs": [2]}, [0, ROOT2 * 1, ROOT2 * 1, 1], 0), 2.0),
    "ep": (*_tail({"ep": 1}, [1, 1, 0], 2), float(np.e)),
    "ed": (*_tail({"ed": 1}, [-1, 0, 0], 2), float(np.exp(-1))),
    "p": (*_tail({"p": [0.5]}, [0, 1, 2], 0), 4.0),
    "-p": (*_tail({"p": [-0.5]}, [0, 1, 2], 0), 1.0),
    "d": (*_tail({"d": [1]}, [0, 1, float(np.e)], 0), -1.0),
    "nuc": (*_tail({"nuc_m": [2], "nuc_n": [1]}, [0, 3, 4], 0), 5.0),
    "ell1": (*_tail({"ell1": [2]}, [0, 3, -4], 0), 7.0),
    "sl": (*_tail({"sl_n": [2], "sl_k": [1]}, [0, 1, 0, 3], 0), 3.0),
}


@pytest.mark.parametrize("name", SMALLEST)
def test_smallest_entry(name):
    data, cone, value = SMALLEST[name]
    result = scs.solve(data, cone, **makers.TIGHT)
    assert result["info"]["status"] == "solved"
    assert result["x"][0] == pytest.approx(value, abs=1e-5)
