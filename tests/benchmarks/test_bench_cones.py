# SPDX-License-Identifier: MIT
"""Distances to cones: members, points off by a known amount, Moreau's theorem."""

import numpy as np
import pytest

from scsbench.cones import distances, project_box, unpack_hermitian, unpack_symmetric
from scsbench.cones3d import exponential_distance, power_distance, project_power
from scsbench.problems import Cone, FloatArray

ROOT2 = np.sqrt(2.0)
INF = np.inf

# (cone, point, distance to the cone, distance to its dual where it is plain)
KNOWN: list[tuple[Cone, list[float], float, float | None]] = [
    ({"z": 2}, [0.0, 0.0], 0.0, 0.0),
    ({"z": 2}, [0.0, -3.0], 3.0, 0.0),
    ({"f": 1, "z": 1}, [0.0, -3.0], 3.0, 0.0),
    ({"l": 2}, [1.0, 0.0], 0.0, 0.0),
    ({"l": 2}, [1.0, -2.0], 2.0, 2.0),
    ({"q": [3]}, [5.0, 3.0, 4.0], 0.0, 0.0),
    ({"q": [3]}, [0.0, 3.0, 4.0], 5.0 / ROOT2, 5.0 / ROOT2),
    ({"q": [2]}, [-3.0, 1.0], np.sqrt(10.0), np.sqrt(10.0)),
    ({"q": 1}, [-2.0], 2.0, 2.0),
    ({"q": [0, 2, 2, 1]}, [1.0, 1.0, 1.0, 3.0, 0.5], ROOT2, ROOT2),
    ({"s": [2]}, [1.0, ROOT2, 1.0], 0.0, 0.0),
    ({"s": [2]}, [1.0, 2.0 * ROOT2, 1.0], 1.0, 1.0),
    ({"s": 1}, [-2.0], 2.0, 2.0),
    ({"cs": [2]}, [1.0, 0.0, ROOT2, 1.0], 0.0, 0.0),
    ({"cs": [2]}, [1.0, 0.0, 2.0 * ROOT2, 1.0], 1.0, 1.0),
    # y exp(x / y) <= z; the dual is -u exp(v / u) <= e w
    ({"ep": 1}, [0.0, 1.0, 1.0], 0.0, 0.0),
    ({"ep": 1}, [-1.0, 0.0, 2.0], 0.0, 0.0),
    ({"ep": 1}, [0.0, 0.0, -2.0], 2.0, 2.0),
    ({"ep": 1}, [-1.0, -2.0, 3.0], 2.0, 0.0),
    ({"ep": 1}, [-3000.0, 1.0, -2.0], 2.0, None),
    ({"ed": 1}, [-1.0, 0.0, np.exp(-1.0)], 0.0, 0.0),
    ({"ed": 1}, [0.0, 2.0, 3.0], 0.0, 0.0),
    ({"ed": 1}, [0.0, -2.0, -3.0], np.sqrt(13.0), np.sqrt(13.0)),
    # x^a y^(1-a) >= |z|
    ({"p": [0.5]}, [4.0, 1.0, -2.0], 0.0, 0.0),
    ({"p": [0.5]}, [1.0, 1.0, 2.0], np.sqrt(2.0 / 3.0), 0.0),
    ({"p": [0.5]}, [-1.0, -1.0, 0.0], ROOT2, ROOT2),
    ({"p": [0.25]}, [16.0, 1.0, 2.0], 0.0, 0.0),
    ({"p": [-0.5]}, [1.0, 1.0, 2.0], 0.0, np.sqrt(2.0 / 3.0)),
    ({"p": [1.0]}, [2.0, 0.0, 2.0], 0.0, 0.0),
    ({"p": [0.0]}, [-1.0, 2.0, 2.0], 1.0, 1.0),
    # t bl <= s <= t bu
    ({"bl": [-1.0], "bu": [2.0]}, [2.0, 4.0], 0.0, ROOT2),
    ({"bl": [-1.0], "bu": [1.0]}, [0.0, 1.0], 1.0 / ROOT2, 1.0 / ROOT2),
    ({"bl": [0.0, -INF], "bu": [INF, INF]}, [-1.0, 2.0, -5.0], 1.0, np.sqrt(26.0)),
    ({"bl": [-INF], "bu": [0.0]}, [0.0, 3.0], 3.0, 3.0),
    ({"bl": [-1e16], "bu": [1e16]}, [1.0, 1e6], 0.0, 1e6),
]


@pytest.mark.parametrize(("cone", "point", "primal", "dual"), KNOWN)
def test_known_distances(
    cone: Cone, point: list[float], primal: float, dual: float | None
) -> None:
    v = np.array(point)
    largest = max(distances(cone, v, dual=False).values())
    largest_dual = max(distances(cone, v, dual=True).values())
    assert largest == pytest.approx(primal, abs=1e-9)
    if dual is not None:
        assert largest_dual == pytest.approx(dual, abs=1e-9)


def test_blocks_are_cut_in_row_order() -> None:
    cone = {"q": [2], "l": 1, "z": 1, "ep": 1, "p": [0.5, -0.5], "s": [1]}
    order = ["z", "l", "q", "q", "s", "ep", "ep", "ep", *["p"] * 6]
    inside = np.array([0, 1, 2, 1, 1, 0, 1, 2, 1, 1, 0.5, 1, 1, 1.5], dtype=float)
    assert max(distances(cone, inside, dual=False).values()) == 0.0
    for row, key in enumerate(order):
        wrong = inside.copy()
        wrong[row] = -9.0
        if key == "ep" and row == 5:
            wrong[row] = 9.0
        found = distances(cone, wrong, dual=False)
        assert {name for name, gap in found.items() if gap > 1e-3} == {key}


def test_rows_must_add_up() -> None:
    with pytest.raises(ValueError, match="more rows"):
        distances({"l": 3}, np.zeros(2), dual=False)
    with pytest.raises(ValueError, match="1 rows"):
        distances({"l": 1}, np.zeros(2), dual=False)


def test_unknown_cones_are_refused_unless_empty() -> None:
    assert distances({"l": 1, "pnd": []}, np.ones(1), dual=False)["l"] == 0.0
    with pytest.raises(ValueError, match="pnd"):
        distances({"pnd": [1]}, np.ones(2), dual=False)


def test_packing() -> None:
    packed = np.array([1.0, 2.0 * ROOT2, 3.0 * ROOT2, 4.0, 5.0 * ROOT2, 6.0])
    expected = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 5.0], [3.0, 5.0, 6.0]])
    np.testing.assert_allclose(unpack_symmetric(packed, 3), expected)
    packed = np.array([1.0, 2.0 * ROOT2, 3.0 * ROOT2, 4.0])
    np.testing.assert_allclose(
        unpack_hermitian(packed, 2), np.array([[1.0, 2.0 - 3.0j], [2.0 + 3.0j, 4.0]])
    )


def vectors(count: int, width: int) -> FloatArray:
    """Directions and sizes of every kind, some entries exactly zero."""
    generator = np.random.default_rng(7)
    v = generator.standard_normal((count, width))
    v *= 10.0 ** generator.uniform(-4.0, 4.0, (count, width))
    v[generator.random((count, width)) < 0.1] = 0.0
    return v


def test_exponential_distances_satisfy_pythagoras() -> None:
    # Both distances are of actual members, so neither is too small, and their
    # squares add up only if neither is too large.
    for v in vectors(400, 3):
        row = v[None, :]
        to_cone = exponential_distance(row, dual=False)
        to_dual = exponential_distance(-row, dual=True)
        assert np.hypot(to_cone, to_dual) == pytest.approx(
            float(np.linalg.norm(v)), rel=1e-9, abs=1e-300
        )


@pytest.mark.parametrize("ratio", [-50.0, -3.0, 0.0, 0.7, 1.0, 5.0, 30.0])
def test_exponential_boundaries_are_members(ratio: float) -> None:
    on_cone = np.array([[ratio, 1.0, np.exp(ratio)]])
    assert exponential_distance(on_cone, dual=False) <= 1e-13 * np.max(on_cone)
    on_dual = np.array([[-1.0, ratio - 1.0, np.exp(-ratio)]])
    assert exponential_distance(on_dual, dual=True) <= 1e-13 * max(1.0, abs(ratio))
    outward = np.array([np.exp(ratio), (1.0 - ratio) * np.exp(ratio), -1.0])
    outward *= np.max(on_cone) / np.linalg.norm(outward)
    assert exponential_distance(on_cone + outward, dual=False) == pytest.approx(
        np.max(on_cone), rel=1e-7
    )


@pytest.mark.parametrize("a", [0.01, 0.2, 0.5, 0.9, 0.999])
def test_power_projection_meets_its_conditions(a: float) -> None:
    v = vectors(2000, 3)
    exponents = np.full(v.shape[0], a)
    p = project_power(v, exponents)
    size = np.linalg.norm(v, axis=1) + 1e-300
    x, y, z = p.T
    assert np.all(x >= 0.0)
    assert np.all(y >= 0.0)
    x, y = x + 1e-14 * size, y + 1e-14 * size
    assert np.all(x**a * y ** (1 - a) >= np.abs(z) * (1 - 1e-12))
    # the rest of v is, up to rounding, in the polar cone and orthogonal to p
    u, w, t = (p - v).T
    near = 1e-8 * size
    assert np.all(np.minimum(u, w) >= -near)
    bound = (np.maximum(u + near, 0.0) / a) ** a
    bound *= (np.maximum(w + near, 0.0) / (1 - a)) ** (1 - a)
    assert np.all(np.abs(t) <= bound + near)
    assert np.all(np.abs(np.sum(p * (v - p), axis=1)) <= 1e-8 * size**2)


def test_power_exponents_are_checked() -> None:
    with pytest.raises(ValueError, match="exponents"):
        power_distance(np.ones((1, 3)), np.array([1.5]), dual=False)


def test_box_projection_meets_its_conditions() -> None:
    lower = np.array([-1.0, 0.0, -INF, -INF, 2.0])
    upper = np.array([3.0, INF, 1.0, INF, 2.0])
    for v in vectors(500, 6):
        p = project_box(v, lower, upper)
        size = float(np.linalg.norm(v)) + 1e-300
        t, s = p[0], p[1:]
        assert t >= 0.0
        finite_low, finite_high = np.isfinite(lower), np.isfinite(upper)
        assert np.all(s[finite_low] >= t * lower[finite_low])
        assert np.all(s[finite_high] <= t * upper[finite_high])
        rest = p - v
        assert abs(rest @ p) <= 1e-9 * size**2
        # support function of the box at the rest, which must stay nonnegative
        down, up = np.maximum(rest[1:], 0.0), np.maximum(-rest[1:], 0.0)
        assert np.all(down[~finite_low] <= 1e-9 * size)
        assert np.all(up[~finite_high] <= 1e-9 * size)
        least = rest[0] + lower[finite_low] @ down[finite_low]
        assert least - upper[finite_high] @ up[finite_high] >= -1e-9 * size
