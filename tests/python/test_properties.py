# SPDX-License-Identifier: MIT
"""Properties that hold for every problem, checked on random ones."""

from __future__ import annotations

from typing import Any

import makers
import numpy as np
import pytest
import scipy.sparse as sp
import verify
from hypothesis import given
from hypothesis import strategies as st

import scs

SHAPES: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**32 - 1),
        "n": st.integers(1, 6),
        "z": st.integers(0, 2),
        "linear": st.integers(0, 6),
        "box": st.integers(0, 4),
        "orders": st.lists(st.integers(1, 5), max_size=3),
    }
)
# Rows enough for something to hold on to, equations few enough to be consistent.
SOLVABLE: st.SearchStrategy[Any] = SHAPES.filter(
    lambda shape: (
        shape["z"] <= shape["n"]
        and shape["linear"] + shape["box"] + sum(shape["orders"]) > 0
    )
)
EPS = 1e-6
SETTINGS: dict[str, Any] = {"verbose": False, "eps_abs": EPS, "eps_rel": EPS}


@given(shape=SOLVABLE)
def test_feasible_problems_are_solved(shape):
    data, cone, value = makers.random_solvable(**shape)
    result = scs.solve(data, cone, **SETTINGS)
    assert result["info"]["status"] == "solved"
    verify.check_solution(data, cone, result, EPS)
    scale = 1 + abs(value) + np.abs(result["y"]).max() + np.abs(result["x"]).max()
    assert abs(result["info"]["pobj"] - value) <= 1e-3 * scale


@given(shape=SOLVABLE)
def test_infeasible_problems_get_a_certificate(shape):
    data, cone = makers.random_infeasible(**shape)
    result = scs.solve(data, cone, **makers.TIGHT)
    assert result["info"]["status"] == "infeasible"
    verify.check_infeasible(data, cone, result)


@given(shape=SOLVABLE.filter(lambda shape: shape["n"] > 1))
def test_unbounded_problems_get_a_certificate(shape):
    data, cone = makers.random_unbounded(**shape)
    # Tight, because far out on the ray relative tolerances are met, too.
    result = scs.solve(data, cone, **makers.TIGHT)
    assert result["info"]["status"] == "unbounded"
    verify.check_unbounded(data, cone, result)


@given(shape=SOLVABLE)
def test_fresh_objects_give_the_same_bits(shape):
    data, cone, _ = makers.random_solvable(**shape)
    one, two = (scs.solve(data, cone, verbose=False) for _ in range(2))
    assert one["info"]["iter"] == two["info"]["iter"]
    for key in ("x", "y", "s"):
        np.testing.assert_array_equal(one[key], two[key])


@given(shape=SOLVABLE, power=st.integers(-6, 6))
def test_scaling_the_objective_scales_the_dual(shape, power):
    data, cone, _ = makers.random_solvable(**shape)
    factor = 2.0**power
    scaled = {**data, "P": data["P"] * factor, "c": data["c"] * factor}
    result = scs.solve(scaled, cone, **SETTINGS)
    verify.check_solution(scaled, cone, result, EPS)
    back = {**result, "y": result["y"] / factor}
    verify.check_solution(data, cone, back, EPS * max(1, 1 / factor))


@given(shape=SOLVABLE, power=st.integers(-6, 6))
def test_scaling_the_right_hand_side_and_the_variables(shape, power):
    """Halving b and x and doubling P leaves the problem as it is."""
    data, cone, _ = makers.random_solvable(**shape)
    if shape["box"]:
        return  # the t of a box scales with b, too; covered by the one above
    factor = 2.0**power
    scaled = {**data, "P": data["P"] / factor, "b": data["b"] * factor}
    result = scs.solve(scaled, cone, **SETTINGS)
    verify.check_solution(scaled, cone, result, EPS)
    back = {**result, "x": result["x"] / factor, "s": result["s"] / factor}
    verify.check_solution(data, cone, back, EPS * max(1, 1 / factor))


@given(shape=SOLVABLE, seed=st.integers(0, 2**16))
def test_order_of_the_variables_does_not_matter(shape, seed):
    data, cone, _ = makers.random_solvable(**shape)
    order = np.random.default_rng(seed).permutation(shape["n"])
    p = (data["P"] + sp.triu(data["P"], 1).T).tocsc()[order][:, order]
    turned = {
        "P": sp.triu(p, format="csc"),
        "A": data["A"][:, order],
        "b": data["b"],
        "c": data["c"][order],
    }
    result = scs.solve(turned, cone, **SETTINGS)
    verify.check_solution(turned, cone, result, EPS)
    x = np.empty(shape["n"])
    x[order] = result["x"]
    verify.check_solution(data, cone, {**result, "x": x}, EPS)


@given(shape=SOLVABLE)
def test_a_solution_is_a_fixed_point(shape):
    data, cone, _ = makers.random_solvable(**shape)
    solver = scs.SCS(data, cone, **SETTINGS)
    first = solver.solve()
    again = solver.solve()
    assert again["info"]["status"] == "solved"
    assert again["info"]["iter"] <= max(25, first["info"]["iter"])
    verify.check_solution(data, cone, again, EPS)


@given(shape=SOLVABLE, step=st.floats(-0.5, 0.5))
def test_updates_agree_with_new_objects(shape, step):
    data, cone, _ = makers.random_solvable(**shape)
    solver = scs.SCS(data, cone, **SETTINGS)
    solver.solve()
    # Moving s into the cone keeps the problem feasible, and c is not touched.
    inside = np.zeros(data["b"].size)
    inside[shape["z"] : shape["z"] + shape["linear"]] = abs(step)
    moved = {**data, "b": data["b"] + inside}
    solver.update(b=moved["b"])
    result = solver.solve()
    assert result["info"]["status"] == "solved"
    verify.check_solution(moved, cone, result, EPS)
    fresh = scs.solve(moved, cone, **SETTINGS)
    assert result["info"]["pobj"] == pytest.approx(
        fresh["info"]["pobj"], rel=1e-2, abs=1e-2
    )


@given(shape=SOLVABLE, seed=st.integers(0, 2**16))
def test_storage_of_the_matrices_does_not_matter(shape, seed):
    """Shuffled columns, split entries, a full or a lower P: the same bits."""
    data, cone, _ = makers.random_solvable(**shape)
    expected = scs.solve(data, cone, verbose=False)
    rng = np.random.default_rng(seed)
    a, p = data["A"].tocoo(), data["P"].tocoo()

    def shuffled(rows, columns, values, size):
        order = np.lexsort((rng.uniform(size=rows.size), columns))
        starts = np.searchsorted(columns[order], np.arange(size[1] + 1))
        return sp.csc_matrix((values[order], rows[order], starts), shape=size)

    # Halves add up to the whole exactly.
    halves = shuffled(
        np.r_[a.row, a.row], np.r_[a.col, a.col], np.r_[a.data, a.data] / 2, a.shape
    )
    lower = shuffled(p.col, p.row, p.data, p.shape)
    for other in (lower, (data["P"] + sp.triu(data["P"], 1).T).tocsc()):
        result = scs.solve({**data, "A": halves, "P": other}, cone, verbose=False)
        np.testing.assert_array_equal(result["x"], expected["x"])
        np.testing.assert_array_equal(result["y"], expected["y"])
