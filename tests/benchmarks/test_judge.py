# SPDX-License-Identifier: MIT
"""The judge confirms constructed optima and refuses every spoiled one."""

from dataclasses import replace

import numpy as np
import pytest

from scsbench.judge import (
    FAILED,
    INFEASIBLE,
    SOLVED,
    UNBOUNDED,
    Tolerances,
    judge,
    kind_of_status,
)
from scsbench.problems import Cone, Csc, FloatArray, Problem

ROOT2 = np.sqrt(2.0)
E = float(np.e)
LOG3 = float(np.log(3.0))

# (cone, s in K, y in K* with s'y = 0, a direction that leaves K, one that leaves K*)
# None where there is no way out.
Case = tuple[Cone, list[float], list[float], list[float] | None, list[float] | None]
CASES: dict[str, Case] = {
    "z": ({"z": 2}, [0, 0], [-3, 4], [1, 0], None),
    "l": ({"l": 2}, [0, 2], [3, 0], [-1, 0], [0, -1]),
    "box": (
        {"bl": [-1.0], "bu": [2.0]},
        [1, 2],
        [2, -1],
        [0, 1],
        [-1, 0],
    ),
    "box-one-sided": (
        {"bl": [1.0], "bu": [np.inf]},
        [1, 1],
        [-1, 1],
        [0, -1],
        [0, -3],
    ),
    "q": ({"q": [3]}, [5, 3, 4], [5, -3, -4], [-1, 0, 0], [-1, 0, 0]),
    "s": (
        {"s": [2]},
        [1, ROOT2, 1],
        [1, -ROOT2, 1],
        [0, 1, 0],
        [0, -1, 0],
    ),
    "cs": (
        {"cs": [2]},
        [1, 0, ROOT2, 1],
        [1, 0, -ROOT2, 1],
        [0, 0, 1, 0],
        [0, 0, -1, 0],
    ),
    "ep": ({"ep": 1}, [1, 1, E], [-E, 0, 1], [0, 0, -1], [0, 0, -1]),
    "ed": ({"ed": 1}, [-E, 0, 1], [1, 1, E], [0, 0, -1], [0, 0, -1]),
    "p": ({"p": [0.5]}, [1, 4, 2], [2, 0.5, -2], [0, 0, 1], [0, 0, -1]),
    "p-dual": ({"p": [-0.5]}, [2, 0.5, -2], [1, 4, 2], [0, 0, -1], [0, 0, 1]),
    # X = [2 1; 1 2] and its inverse, det 3, so that X is where the dual is tight
    "d": (
        {"d": [2]},
        [-LOG3, 1, 2, ROOT2, 2],
        [1, LOG3 - 2, 2 / 3, -ROOT2 / 3, 2 / 3],
        [-1, 0, 0, 0, 0],
        [0, -1, 0, 0, 0],
    ),
    # singular values 3 and 1, the first two columns of a rotated 3-by-2 identity
    "nuc": (
        {"nuc_m": [3], "nuc_n": [2]},
        [4, 0, 3, 0, 0, 0, 1],
        [1, 0, -1, 0, 0, 0, -1],
        [0, 0, 0, 0, 0, 0, 1],
        [0, 0, 0, 0, 1, 0, -1],
    ),
    "ell1": (
        {"ell1": [3]},
        [5, 2, -3, 0],
        [2, -2, 2, 1],
        [0, 0, -1, 0],
        [0, 0, 1, 0],
    ),
    # eigenvalues 3, 2, 1; Y = -u times the projector on the two largest
    "sl": (
        {"sl_n": [3], "sl_k": [2]},
        [5, 3, 0, 0, 1, 0, 2],
        [2, -2, 0, 0, 0, 0, -2],
        [0, 1, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 0, 0],
    ),
}


def sparse(matrix: FloatArray, *, upper: bool = False) -> Csc:
    kept = np.triu(matrix) if upper else matrix
    cols, rows = np.nonzero(kept.T)
    counts = np.bincount(cols, minlength=matrix.shape[1])
    return Csc(
        matrix.shape[0],
        matrix.shape[1],
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        rows.astype(np.int64),
        kept[rows, cols],
    )


def optimum(
    name: str, *, quadratic: bool
) -> tuple[Problem, FloatArray, FloatArray, FloatArray]:
    """A problem with a chosen optimum: b and c follow from x, y, s."""
    cone, s_list, y_list, *_ = CASES[name]
    s, y = np.array(s_list, dtype=float), np.array(y_list, dtype=float)
    generator = np.random.default_rng(1)
    a = generator.standard_normal((s.size, 3))
    root = generator.standard_normal((3, 3))
    p = root @ root.T
    x = generator.standard_normal(3)
    px = p @ x if quadratic else np.zeros(3)
    problem = Problem(
        name=f"made/{name}",
        a=sparse(a),
        p=sparse(p, upper=True) if quadratic else None,
        b=a @ x + s,
        c=-a.T @ y - px,
        cone=cone,
    )
    return problem, x, y, s


@pytest.mark.parametrize("quadratic", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_optimum_is_confirmed(name: str, quadratic: bool) -> None:
    problem, x, y, s = optimum(name, quadratic=quadratic)
    verdict = judge(problem, SOLVED, x, y, s, Tolerances(eps=1e-12))
    assert verdict.confirmed, verdict.reason
    expected = problem.c @ x + 0.5 * x @ problem.p_times(x)
    assert verdict.objective == pytest.approx(expected)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("vector", ["x", "y", "s"])
def test_error_in_one_vector_is_refused(name: str, vector: str) -> None:
    problem, x, y, s = optimum(name, quadratic=True)
    answer = {"x": x, "y": y, "s": s}
    answer[vector] = answer[vector] + 1e-2
    verdict = judge(problem, SOLVED, answer["x"], answer["y"], answer["s"])
    assert not verdict.confirmed
    assert verdict.reason


@pytest.mark.parametrize("name", [key for key, case in CASES.items() if case[3]])
def test_s_outside_the_cone_is_refused_though_residuals_vanish(name: str) -> None:
    problem, x, y, s = optimum(name, quadratic=False)
    out = CASES[name][3]
    assert out is not None
    moved = s + 1e-2 * np.array(out)
    changed = replace(problem, b=problem.b + moved - s)
    verdict = judge(changed, SOLVED, x, y, moved)
    assert not verdict.confirmed
    assert "rel_dist_s" in verdict.reason
    assert verdict.rel_pri == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("name", [key for key, case in CASES.items() if case[4]])
def test_y_outside_the_dual_cone_is_refused_though_residuals_vanish(name: str) -> None:
    problem, x, y, s = optimum(name, quadratic=False)
    out = CASES[name][4]
    assert out is not None
    moved = y + 1e-2 * np.array(out)
    changed = replace(problem, c=problem.c - problem.a.transpose_times(moved - y))
    verdict = judge(changed, SOLVED, x, moved, s)
    assert not verdict.confirmed
    assert "rel_dist_y" in verdict.reason
    assert verdict.rel_dual == pytest.approx(0.0, abs=1e-12)


def test_gap_alone_is_refused() -> None:
    # x = 0.5 and y = (1, 0) are each feasible for minimize -x, 0 <= x <= 1
    problem = interval()
    verdict = judge(
        problem, SOLVED, np.array([0.5]), np.array([1.0, 0.0]), np.array([0.5, 0.5])
    )
    assert not verdict.confirmed
    assert verdict.reason == "rel_gap 2.50e-01"


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("vector", ["x", "y", "s"])
def test_values_that_are_not_finite_are_refused(vector: str, bad: float) -> None:
    problem, x, y, s = optimum("l", quadratic=True)
    answer = {"x": x, "y": y.copy(), "s": s}
    answer[vector] = np.full_like(answer[vector], bad)
    verdict = judge(problem, SOLVED, answer["x"], answer["y"], answer["s"])
    assert not verdict.confirmed
    assert "finite" in verdict.reason


def test_wrong_lengths_are_refused() -> None:
    problem, x, y, s = optimum("l", quadratic=True)
    for wrong in ((x[:-1], y, s), (x, np.append(y, 0.0), s), (x, y, s[:, None])):
        assert not judge(problem, SOLVED, *wrong).confirmed


def test_tolerance_is_where_it_is_said_to_be() -> None:
    problem, x, y, s = optimum("l", quadratic=False)
    size = 1.0 + max(
        np.max(np.abs(problem.a.times(x))), np.max(np.abs(s)), np.max(np.abs(problem.b))
    )
    tolerances = Tolerances(eps=1e-3, slack=1.1)
    for factor, confirmed in ((1.09, True), (1.11, False)):
        moved = replace(problem, b=problem.b + np.array([0.0, factor * 1e-3 * size]))
        moved = replace(moved, c=problem.c)
        verdict = judge(moved, SOLVED, x, y, s, tolerances)
        assert verdict.rel_pri == pytest.approx(factor * 1e-3, rel=2e-3)
        assert verdict.confirmed is confirmed


def interval(low: float = 0.0, high: float = 1.0) -> Problem:
    """minimize -x subject to low <= x <= high."""
    a = sparse(np.array([[1.0], [-1.0]]))
    b, c = np.array([high, -low]), np.array([-1.0])
    return Problem("made/interval", a, None, b, c, {"l": 2})


NAN1, NAN2 = np.full(1, np.nan), np.full(2, np.nan)


@pytest.mark.parametrize(
    ("y", "confirmed"),
    [
        ([1.0, 1.0], True),
        ([7.0, 7.0 + 1e-9], True),
        ([1.0, 1.001], False),  # A'y is not zero
        ([-1.0, -1.0], False),  # the wrong sign
        ([0.0, 0.0], False),
        ([np.nan, 1.0], False),
    ],
)
def test_infeasibility_certificates(y: list[float], confirmed: bool) -> None:
    problem = interval(low=2.0, high=1.0)
    verdict = judge(problem, INFEASIBLE, NAN1, np.array(y), NAN2)
    assert verdict.confirmed is confirmed


def test_certificate_outside_the_dual_cone_is_refused() -> None:
    # b'y < 0 and A'y = 0, but y has a negative entry
    problem = interval(low=0.0, high=1.0)
    verdict = judge(problem, INFEASIBLE, NAN1, np.array([-1.0, -1.0]), NAN2)
    assert not verdict.confirmed
    assert verdict.certificate == pytest.approx(1.0)


def test_refutation_of_large_solutions_only_is_refused() -> None:
    # x >= 1e9 has solutions, but y = 1e-9 makes b'y = -1 and A'y = -1e-9
    problem = Problem(
        "made/large",
        sparse(np.array([[-1.0]])),
        None,
        np.array([-1e9]),
        np.array([1.0]),
        {"l": 1},
    )
    verdict = judge(problem, INFEASIBLE, NAN1, np.array([1e-9]), NAN1)
    assert not verdict.confirmed
    assert verdict.certificate == pytest.approx(1e-9)
    assert "small" in verdict.reason
    # the same seen from the dual: minimize -1e9 x subject to x <= 1
    dual = replace(
        problem, a=sparse(np.array([[1.0]])), b=np.ones(1), c=np.array([-1e9])
    )
    verdict = judge(dual, UNBOUNDED, np.array([1e-9]), NAN1, np.zeros(1))
    assert not verdict.confirmed
    assert "small" in verdict.reason


def test_feasible_problem_has_no_certificate() -> None:
    verdict = judge(interval(), INFEASIBLE, NAN1, np.array([1.0, 1.0]), NAN2)
    assert not verdict.confirmed
    assert "gains nothing" in verdict.reason


@pytest.mark.parametrize(
    ("x", "s", "confirmed"),
    [
        (1.0, 1.0, True),
        (5.0, 5.0, True),
        (-1.0, -1.0, False),  # c'x > 0
        (1.0, 1.1, False),  # Ax + s is not zero
        (np.nan, 1.0, False),
        (1.0, np.inf, False),
    ],
)
def test_unboundedness_certificates(x: float, s: float, confirmed: bool) -> None:
    # minimize -x subject to x >= 0
    problem = Problem(
        "made/ray",
        sparse(np.array([[-1.0]])),
        None,
        np.zeros(1),
        np.array([-1.0]),
        {"l": 1},
    )
    verdict = judge(problem, UNBOUNDED, np.array([x]), NAN1, np.array([s]))
    assert verdict.confirmed is confirmed


def test_ray_must_have_no_curvature_and_stay_in_the_cone() -> None:
    ray = Problem(
        "made/ray",
        sparse(np.array([[-1.0]])),
        sparse(np.array([[1.0]]), upper=True),
        np.zeros(1),
        np.array([-1.0]),
        {"l": 1},
    )
    assert not judge(ray, UNBOUNDED, np.ones(1), NAN1, np.ones(1)).confirmed
    steep = replace(ray, c=np.array([-1e9]))
    verdict = judge(steep, UNBOUNDED, np.array([1e-9]), NAN1, np.array([1e-9]))
    assert "small" in verdict.reason
    leaving = replace(ray, p=None, a=sparse(np.array([[1.0]])))
    assert not judge(leaving, UNBOUNDED, np.ones(1), NAN1, -np.ones(1)).confirmed


def test_claiming_nothing_is_no_answer() -> None:
    problem, x, y, s = optimum("l", quadratic=False)
    assert not judge(problem, FAILED, x, y, s).confirmed


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (1, SOLVED),
        (2, SOLVED),
        (-2, INFEASIBLE),
        (-7, INFEASIBLE),
        (-1, UNBOUNDED),
        (-6, UNBOUNDED),
        (-5, FAILED),
        (-4, FAILED),
        (0, FAILED),
    ],
)
def test_kind_of_status(value: int, kind: str) -> None:
    assert kind_of_status(value) == kind
