# SPDX-License-Identifier: MIT
"""The extension module by itself: it converts nothing and refuses what does not fit."""

from __future__ import annotations

import gc
import pickle
import weakref

import numpy as np
import pytest
import scipy.sparse as sp

import scs
from scs import _core


def arguments(**changes):
    a = -sp.eye(2, format="csc")
    p = sp.eye(2, format="csc")
    values = {
        "m": 2,
        "n": 2,
        "Ax": a.data,
        "Ai": a.indices,
        "Ap": a.indptr,
        "Px": p.data,
        "Pi": p.indices,
        "Pp": p.indptr,
        "b": np.array([-1.0, -2.0]),
        "c": np.ones(2),
        "cone": {"l": 2},
        "settings": {"verbose": False},
    }
    assert changes.keys() <= values.keys()
    return list((values | changes).values())


WRONG_FLOATS = [
    np.ones(2, np.float32),
    np.ones(2, int),
    np.ones(4)[::2],
    np.ones((2, 1)),
    [1.0, 1.0],
]
WRONG_INTS = [np.zeros(2, np.int64), np.zeros(2), np.zeros(4, np.int32)[::2], [0, 1]]


@pytest.mark.parametrize("name", ["Ax", "Px", "b", "c"])
@pytest.mark.parametrize("wrong", WRONG_FLOATS)
def test_constructor_converts_no_floats(name, wrong):
    with pytest.raises(TypeError):
        _core.Solver(*arguments(**{name: wrong}))


@pytest.mark.parametrize("name", ["Ai", "Pi"])
@pytest.mark.parametrize("wrong", WRONG_INTS)
def test_constructor_converts_no_indices(name, wrong):
    with pytest.raises(TypeError):
        _core.Solver(*arguments(**{name: wrong}))


@pytest.mark.parametrize("wrong", WRONG_FLOATS)
def test_methods_convert_nothing(wrong):
    solver = _core.Solver(*arguments())
    for place in range(3):
        vectors = [None, None, None]
        vectors[place] = wrong
        with pytest.raises(TypeError):
            solver.solve(True, *vectors)
    for update in (solver.update, solver.update_matrices):
        with pytest.raises(TypeError):
            update(wrong, None)
        with pytest.raises(TypeError):
            update(None, wrong)


def test_read_only_arrays_are_welcome():
    given = arguments()
    for value in given:
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
    x, *_ = _core.Solver(*given).solve()
    np.testing.assert_allclose(x, [1, 2], atol=1e-3)


def test_p_is_given_as_a_whole():
    for name in ("Px", "Pi", "Pp"):
        with pytest.raises(scs.InvalidProblem, match="together"):
            _core.Solver(*arguments(**{name: None}))


def test_arrays_are_released():
    given = arguments()
    references = [weakref.ref(v) for v in given if isinstance(v, np.ndarray)]
    solver = _core.Solver(*given)
    del given
    gc.collect()
    assert all(reference() is None for reference in references)
    assert solver.solve()[3]["status"] == "solved"


def test_results_outlive_the_solver():
    solver = _core.Solver(*arguments())
    x, y, s, _info = solver.solve()
    kept = [v.copy() for v in (x, y, s)]
    del solver
    gc.collect()
    for value, copy in zip((x, y, s), kept, strict=True):
        assert value.flags.writeable
        assert value.flags.c_contiguous
        np.testing.assert_array_equal(value, copy)


def test_update_matrices():
    solver = _core.Solver(*arguments())
    solver.update_matrices(None, np.array([-2.0, -1.0]))  # 2 x0 >= 1, x1 >= 2
    np.testing.assert_allclose(solver.solve()[0], [0.5, 2], atol=1e-3)
    solver.update_matrices(np.array([3.0, 1.0]))
    assert solver.solve()[3]["pobj"] == pytest.approx(4.875, 1e-3)
    with pytest.raises(scs.InvalidProblem, match="pattern of A"):
        solver.update_matrices(None, np.ones(3))


def test_clone_is_independent():
    solver = _core.Solver(*arguments())
    x, *_ = solver.solve()
    twin = solver.clone()
    twin.update(np.array([-3.0, -3.0]))
    np.testing.assert_allclose(twin.solve()[0], [3, 3], atol=1e-3)
    np.testing.assert_array_equal(solver.solve(False)[0], x)


def test_object_is_used_as_intended():
    solver = _core.Solver(*arguments())
    assert weakref.ref(solver)() is solver
    with pytest.raises(TypeError), pytest.warns(RuntimeWarning, match="initialized"):
        solver.__init__(*arguments())  # type: ignore[misc]
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(solver)
    with pytest.raises(TypeError, match="subclass"):
        type("Derived", (_core.Solver,), {})
    assert (solver.m, solver.n, solver.nnz, solver.p_nnz) == (2, 2, 2, 2)


@pytest.mark.parametrize("index", [np.int32, np.int64])
def test_csc_flags(index):
    def flags(starts, rows, m=3):
        starts = np.array(starts, index)
        return _core.csc_flags(m, len(starts) - 1, starts, np.array(rows, index))

    assert flags([0, 1, 2, 3], [0, 1, 2]) == 0
    assert flags([0, 0], []) == 0
    assert flags([0, 2], [1, 0]) == _core.CSC_UNSORTED | _core.CSC_LOWER
    assert flags([0, 2], [0, 0]) == _core.CSC_DUPLICATES
    assert flags([0, 0, 1], [0]) == _core.CSC_UPPER
    assert flags([0, 1], [2, 99]) == _core.CSC_LOWER  # the rest is not looked at
    for starts, rows in (
        ([1, 1], [0]),
        ([0, 2, 1], [0, 1]),
        ([0, 3], [0, 1]),
        ([0, 1], [3]),
        ([0, 1], [-1]),
    ):
        with pytest.raises(scs.InvalidProblem, match="compressed sparse column"):
            flags(starts, rows)


def test_error_classes_are_those_of_the_package():
    for name in ("InvalidProblem", "InvalidCone", "ConcurrencyError", "FileError"):
        error = getattr(_core, name)("text")
        assert isinstance(error, scs.Error)
        assert repr(pickle.loads(pickle.dumps(error))) == repr(error)
