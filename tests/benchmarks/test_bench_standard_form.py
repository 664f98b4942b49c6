# SPDX-License-Identifier: MIT
"""Rows in the order of the cones, and matrices as vectors."""

import numpy as np
import pytest
import scipy.sparse as sp

from scsbench.cones import distances
from scsbench.standard_form import (
    Builder,
    blocks,
    interleave,
    place,
    selector,
    sparse_normal,
    symmetric_entries,
    triangle,
    vector_of,
)

EYE = sp.eye_array(3)


def test_rows_come_in_the_order_of_the_cones() -> None:
    model = Builder(3)
    model.second_order(-EYE, 0.0, [3])
    model.at_least(EYE, 1.0)
    model.equal(np.array([[1.0, 2.0, 0.0]]), 5.0)
    model.between(EYE, -1.0, [1.0, 2.0, np.inf])
    model.at_most(np.array([[0.0, 0.0, 4.0]]), 6.0)
    program = model.build(np.arange(3.0), np.array([[2.0, 1, 0], [1, 3, 0], [0, 0, 0]]))
    assert program.cone == {
        **{"q": [3], "l": 4, "z": 1},
        **{"bu": [1.0, 2.0, np.inf], "bl": [-1.0, -1.0, -1.0]},
    }
    np.testing.assert_array_equal(program.b, [5, -1, -1, -1, 6, 1, 0, 0, 0, 0, 0, 0])
    x = np.array([0.5, 0.25, -0.5])
    np.testing.assert_array_equal(program.a @ x, [1, -0.5, -0.25, 0.5, -2, 0, *-x, *-x])
    assert program.p is not None
    assert program.p.toarray().tolist() == [[2, 1, 0], [0, 3, 0], [0, 0, 0]]
    slack = program.b - program.a @ x
    found = distances(program.cone, slack, dual=False)
    assert found["box"] == 0.0
    assert found["l"] == 1.5


def test_exponential_and_power_rows_alternate() -> None:
    model = Builder(2)
    rows = [(-sp.eye_array(2), value) for value in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    model.power(rows[0], rows[1], rows[2], [0.3, 0.4])
    model.exponential(rows[3], rows[4], rows[5])
    program = model.build(np.zeros(2))
    assert program.cone == {"p": [0.3, 0.4], "ep": 2}
    np.testing.assert_array_equal(program.b, [4, 5, 6] * 2 + [1, 2, 3] * 2)
    np.testing.assert_array_equal(
        program.a @ np.array([1.0, 2.0]), -np.tile(np.repeat([1.0, 2.0], 3), 2)
    )


def test_vector_of_a_symmetric_matrix() -> None:
    rng = np.random.default_rng(5)
    left, right = (m + m.T for m in rng.standard_normal((2, 4, 4)))
    np.testing.assert_allclose(
        vector_of(left) @ vector_of(right), np.trace(left @ right)
    )
    i, j = np.array([0, 3, 2]), np.array([0, 1, 3])
    picked = symmetric_entries(4, i, j, [1.0, 2.0, -1.0]) @ vector_of(left)
    np.testing.assert_allclose(picked, left[i, j] * [1.0, 2.0, -1.0])
    column, row = np.triu_indices(4)
    np.testing.assert_array_equal(place(4, row, column), np.arange(triangle(4)))
    np.testing.assert_array_equal(place(4, column, row), np.arange(triangle(4)))


def test_semidefinite_rows_are_checked_by_the_judge() -> None:
    model = Builder(1)
    model.semidefinite(vector_of(np.eye(3))[:, None], vector_of(np.ones((3, 3))), 3)
    program = model.build(np.ones(1))
    # ones - x I has eigenvalues -x, -x, 3 - x
    found = distances(program.cone, program.b - program.a @ [0.5], dual=False)
    assert found["s"] == pytest.approx(np.sqrt(0.5))


def test_wrong_sizes_are_refused() -> None:
    model = Builder(3)
    with pytest.raises(ValueError, match="2 instead of 3"):
        model.equal(np.ones((1, 2)), 0.0)
    with pytest.raises(ValueError, match="3 instead of 4"):
        model.second_order(EYE, 0.0, [2, 2])
    with pytest.raises(ValueError, match="3 instead of 6"):
        model.semidefinite(EYE, 0.0, 3)
    model.between(EYE, 0.0, 1.0)
    with pytest.raises(ValueError, match="one box cone"):
        model.between(EYE, 0.0, 1.0)
    with pytest.raises(ValueError, match="2 instead of 3"):
        model.build(np.zeros(2))


def test_small_helpers() -> None:
    a, b = interleave([(np.ones((2, 1)), 1.0), (2 * np.ones((2, 1)), [3.0, 4.0])])
    np.testing.assert_array_equal(a.toarray().ravel(), [1, 2, 1, 2])
    np.testing.assert_array_equal(b, [1, 3, 1, 4])
    np.testing.assert_array_equal(selector(4, [2, 0]) @ np.arange(4.0), [2, 0])
    np.testing.assert_array_equal(
        blocks([[np.ones((1, 2)), None], [None, np.ones((1, 1))]]).toarray(),
        [[1, 1, 0], [0, 0, 1]],
    )
    made = sparse_normal(np.random.default_rng(0), 30, 20, 0.25)
    assert made.shape == (30, 20)
    assert made.nnz == 150
