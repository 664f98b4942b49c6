# SPDX-License-Identifier: MIT
"""Distances to every cone and its dual: pairs on the boundaries, Pythagoras."""

from collections.abc import Callable

import numpy as np
import pytest

from scsbench.cones import distances
from scsbench.cones_spectral import (
    l1_distance,
    logdet_distance,
    logdet_dual_distance,
    max_norm_distance,
    project_capped,
    sum_largest_distance,
    sum_largest_dual_distance,
)
from scsbench.problems import Cone, FloatArray

ROOT2 = np.sqrt(2.0)
Rng = np.random.Generator
# A member of K and one of K* with inner product 0, neither of them zero.
Pair = tuple[FloatArray, FloatArray]


def distance(cone: Cone, v: FloatArray, *, dual: bool) -> float:
    return max(distances(cone, v, dual=dual).values())


def pack(matrix: np.ndarray) -> FloatArray:
    """Lower triangle by columns, off-diagonals times sqrt 2; complex as pairs."""
    entries: list[float] = []
    for j in range(matrix.shape[0]):
        entries.append(float(matrix[j, j].real))
        for entry in matrix[j + 1 :, j] * ROOT2:
            entries.append(float(entry.real))
            if np.iscomplexobj(matrix):
                entries.append(float(entry.imag))
    return np.array(entries)


def rotation(rng: Rng, size: int) -> FloatArray:
    return np.asarray(np.linalg.qr(rng.standard_normal((size, size)))[0])


def scales(rng: Rng, size: int) -> FloatArray:
    return np.asarray(10.0 ** rng.uniform(-3.0, 3.0, size))


def nonnegative_pair(rng: Rng, size: int) -> Pair:
    split = int(rng.integers(1, size))
    s, y = scales(rng, size), scales(rng, size)
    s[split:], y[:split] = 0.0, 0.0
    return s, y


def second_order_pair(rng: Rng) -> Pair:
    tail = rng.standard_normal(4)
    head = [np.linalg.norm(tail)]
    return np.concatenate((head, tail)), np.concatenate((head, -tail))


def box_pair(rng: Rng) -> Pair:
    # -t <= s_1 <= 2 t, s_2 >= t / 2, s_3 free below and at most 3 t
    t, u = scales(rng, 2)
    down = rng.uniform(0.1, 1.0, 3)
    s = t * np.array([1.0, 2.0, 0.5, 3.0])
    y = u * np.array([0.0, -down[0], down[1], -down[2]])
    y[0] = -(s[1:] @ y[1:]) / t
    return s, y


def matrix_pair(rng: Rng) -> Pair:
    q, (s, y) = rotation(rng, 5), nonnegative_pair(rng, 5)
    return pack(q * s @ q.T), pack(q * y @ q.T)


def hermitian_pair(rng: Rng) -> Pair:
    s, y = nonnegative_pair(rng, 4)
    complex_matrix = rng.standard_normal((4, 4)) + 1j * rng.standard_normal((4, 4))
    q = np.linalg.qr(complex_matrix)[0]
    return pack(q * s @ q.conj().T), pack(q * y @ q.conj().T)


def exponential_pair(rng: Rng) -> Pair:
    r, (a, b) = rng.uniform(-4.0, 4.0), scales(rng, 2)
    s, y = [r, 1.0, np.exp(r)], [-1.0, r - 1.0, np.exp(-r)]
    return a * np.array(s), b * np.array(y)


def power_pair(rng: Rng) -> Pair:
    a, (x, y, u) = 0.3, scales(rng, 3)
    z = x**a * y ** (1.0 - a) * rng.choice([-1.0, 1.0])
    return np.array([x, y, z]), u * np.array([a / x, (1.0 - a) / y, -1.0 / z])


def logdet_pair(rng: Rng) -> Pair:
    q, r, (a, b) = rotation(rng, 4), scales(rng, 4), scales(rng, 2)
    log_det = float(np.sum(np.log(r)))
    s = np.concatenate(([-log_det, 1.0], pack(q * r @ q.T)))
    y = np.concatenate(([1.0, log_det - 4.0], pack(q / r @ q.T)))
    return a * s, b * y


def nuclear_pair(rng: Rng) -> Pair:
    left, right = rotation(rng, 5)[:, :3], rotation(rng, 3)
    sigma, u = np.append(scales(rng, 2), 0.0), float(scales(rng, 1)[0])
    s = (left * sigma) @ right.T
    y = (left * np.array([-u, -u, rng.uniform(-u, u)])) @ right.T
    return (
        np.append(np.sum(sigma), s.ravel(order="F")),
        np.append(u, y.ravel(order="F")),
    )


def l1_pair(rng: Rng) -> Pair:
    x, u = rng.standard_normal(6) * scales(rng, 6), float(scales(rng, 1)[0])
    x[2] = 0.0
    y = -u * np.sign(x)
    y[2] = rng.uniform(-u, u)
    return np.append(np.sum(np.abs(x)), x), np.append(u, y)


def sum_largest_pair(rng: Rng) -> Pair:
    # k = 2 of 5; the second and the third eigenvalue are equal
    top, middle = 3.0 + rng.random(), rng.standard_normal()
    x = np.array([top, middle, middle, middle - 1.0, middle - 2.0])
    u, share = float(scales(rng, 1)[0]), rng.uniform(0.1, 0.9)
    z = u * np.array([1.0, share, 1.0 - share, 0.0, 0.0])
    q = rotation(rng, 5)
    return np.append(x[0] + x[1], pack(q * x @ q.T)), np.append(u, -pack(q * z @ q.T))


PAIRS: dict[str, tuple[Cone, Callable[[Rng], Pair]]] = {
    # every row is a block of its own, so two rows are as many as meet one distance
    "l": ({"l": 2}, lambda rng: nonnegative_pair(rng, 2)),
    "box": (
        {"bl": [-1.0, 0.5, -np.inf], "bu": [2.0, np.inf, 3.0]},
        box_pair,
    ),
    "q": ({"q": [5]}, second_order_pair),
    "s": ({"s": [5]}, matrix_pair),
    "cs": ({"cs": [4]}, hermitian_pair),
    "ep": ({"ep": 1}, exponential_pair),
    "ed": ({"ed": 1}, lambda rng: exponential_pair(rng)[::-1]),
    "p": ({"p": [0.3]}, power_pair),
    "p-dual": ({"p": [-0.3]}, lambda rng: power_pair(rng)[::-1]),
    "d": ({"d": [4]}, logdet_pair),
    "nuc": ({"nuc_m": [5], "nuc_n": [3]}, nuclear_pair),
    "ell1": ({"ell1": [6]}, l1_pair),
    "sl": ({"sl_n": [5], "sl_k": [2]}, sum_largest_pair),
}


@pytest.mark.parametrize("name", PAIRS)
def test_boundary_inside_and_outside(name: str) -> None:
    cone, make = PAIRS[name]
    rng = np.random.default_rng(11)
    for _ in range(6):
        s, y = make(rng)
        size_s, size_y = float(np.linalg.norm(s)), float(np.linalg.norm(y))
        assert abs(s @ y) <= 1e-12 * size_s * size_y
        for v, normal, dual in ((s, y, False), (y, s, True)):
            size = float(np.linalg.norm(v))
            outward = -normal / np.linalg.norm(normal)
            # on the boundary: a member, and nothing beyond it is
            assert distance(cone, v, dual=dual) <= 1e-12 * size
            # -normal is a normal of the cone at v, so v is the nearest point
            for off in (1e-6, 1e-3, 1.0, 1e3):
                found = distance(cone, v + off * size * outward, dual=dual)
                assert found == pytest.approx(off * size, rel=1e-7, abs=1e-13 * size)


@pytest.mark.parametrize("name", PAIRS)
def test_sums_of_members_are_inside(name: str) -> None:
    cone, make = PAIRS[name]
    rng = np.random.default_rng(12)
    for _ in range(20):
        first, second = make(rng), make(rng)
        s, y = first[0] + second[0], first[1] + second[1]
        size_s, size_y = float(np.linalg.norm(s)), float(np.linalg.norm(y))
        assert distance(cone, s, dual=False) <= 1e-13 * size_s
        assert distance(cone, y, dual=True) <= 1e-13 * size_y
        assert s @ y >= -1e-13 * size_s * size_y
        assert first[0] @ second[1] >= -1e-13 * size_s * size_y


@pytest.mark.parametrize("name", PAIRS)
@pytest.mark.parametrize("exponent", [-200.0, -100.0, 100.0, 200.0])
def test_distances_scale_with_the_point(name: str, exponent: float) -> None:
    cone, make = PAIRS[name]
    s, y = make(np.random.default_rng(13))
    v = s - y * np.linalg.norm(s) / np.linalg.norm(y)
    factor = 10.0**exponent
    for dual in (False, True):
        expected = distance(cone, v, dual=dual)
        found = distance(cone, factor * v, dual=dual)
        assert found / factor == pytest.approx(expected, rel=1e-9)
    assert distance(cone, 0.0 * v, dual=False) == 0.0
    assert distance(cone, 0.0 * v, dual=True) == 0.0


def vectors(rng: Rng, count: int, width: int) -> FloatArray:
    """Directions and sizes of every kind, some entries exactly zero or equal."""
    v = rng.standard_normal((count, width)) * scales(rng, count * width).reshape(
        count, width
    )
    v[rng.random((count, width)) < 0.1] = 0.0
    v[rng.random(count) < 0.2, 1:] = 1.0
    return v


@pytest.mark.parametrize("name", ["d", "nuc", "ell1", "sl"])
def test_distances_satisfy_pythagoras(name: str) -> None:
    # v = P_K(v) - P_K*(-v), orthogonal; two formulas, one hypotenuse
    cone, make = PAIRS[name]
    rng = np.random.default_rng(14)
    for v in vectors(rng, 30, make(rng)[0].size):
        to_cone = distance(cone, v, dual=False)
        to_dual = distance(cone, -v, dual=True)
        assert np.hypot(to_cone, to_dual) == pytest.approx(
            float(np.linalg.norm(v)), rel=1e-9
        )


@pytest.mark.parametrize("name", ["d", "nuc", "ell1", "sl"])
def test_no_member_is_nearer(name: str) -> None:
    cone, make = PAIRS[name]
    rng = np.random.default_rng(15)
    for v in vectors(rng, 8, make(rng)[0].size):
        to_cone = distance(cone, v, dual=False)
        to_dual = distance(cone, v, dual=True)
        for _ in range(20):
            for member, least in zip(make(rng), (to_cone, to_dual), strict=True):
                # the best multiple of the member
                scale = max(0.0, float(v @ member) / float(member @ member))
                off = float(np.linalg.norm(v - scale * member))
                assert off >= least * (1.0 - 1e-9)


def test_logdet_closures() -> None:
    # v = 0 leaves t, x >= 0; u = 0 leaves q, y >= 0
    x = np.array([2.0, 0.0])
    assert logdet_distance(3.0, 0.0, x) == 0.0
    assert logdet_dual_distance(0.0, 3.0, x) == 0.0
    # the negatives are in the other cone, so that zero is nearest
    y = np.array([2.0, 2.0])
    assert logdet_distance(-3.0, 0.0, -y) == pytest.approx(np.sqrt(17.0))
    assert logdet_dual_distance(0.0, -2.0, -y) == pytest.approx(np.sqrt(12.0))
    # from below v = 0 the face is where one lands
    assert logdet_distance(1.0, -4.0, np.array([1.0, -3.0])) == pytest.approx(5.0)
    # a tiny v needs a t that is tiny too
    assert logdet_distance(0.0, 1e-200, np.array([1.0, 1.0])) <= 1e-200
    assert logdet_distance(0.0, 1e-12, np.array([1e-200, 1e-200])) == pytest.approx(
        1e-12, rel=1e-2
    )


def test_norms_of_plain_vectors() -> None:
    x = np.array([3.0, -4.0])
    assert l1_distance(7.0, x) == 0.0
    assert l1_distance(-4.0, x) == pytest.approx(np.sqrt(41.0))
    assert l1_distance(4.0, x) == pytest.approx(np.sqrt(3.0))
    assert max_norm_distance(4.0, x) == 0.0
    assert max_norm_distance(2.0, np.array([1.0, -4.0])) == pytest.approx(ROOT2)
    assert max_norm_distance(-8.0, x) == pytest.approx(np.sqrt(89.0))


def test_sum_of_largest_of_plain_vectors() -> None:
    x = np.array([1.0, 5.0, 2.0])
    assert sum_largest_distance(7.0, x, 2) == 0.0
    assert sum_largest_distance(4.0, x, 2) == pytest.approx(
        # t + 1, 5 - 1, 2 - 1 on the boundary
        np.sqrt(3.0)
    )
    assert sum_largest_dual_distance(1.0, np.array([-1.0, 0.0, -1.0]), 2) <= 1e-15
    # the wrong sign: the nearest member is zero
    assert sum_largest_dual_distance(0.0, np.ones(3), 2) == pytest.approx(np.sqrt(3.0))


def test_capped_projection_meets_its_conditions() -> None:
    rng = np.random.default_rng(16)
    for v in vectors(rng, 100, 7):
        u, z, k = float(v[0]), v[1:], 3
        bound, nearest = project_capped(u, z, k)
        size = float(np.linalg.norm(v)) + 1e-300
        assert np.all(nearest >= 0.0)
        assert np.all(nearest <= bound)
        assert abs(np.sum(nearest) - k * bound) <= 1e-12 * size
        rest_u, rest = u - bound, z - nearest
        assert abs(bound * rest_u + nearest @ rest) <= 1e-11 * size**2
        # in the polar: u + (sum of the k largest) does not pass zero
        assert rest_u + np.sum(np.sort(rest)[-k:]) <= 1e-11 * size


@pytest.mark.parametrize(
    ("cone", "message"),
    [
        ({"nuc_m": [2, 3], "nuc_n": [2]}, "nuc_m different dimension to nuc_n"),
        ({"sl_n": [2], "sl_k": [2]}, "sl_k must be between"),
        ({"sl_n": [2], "sl_k": []}, "sl_n different dimension to sl_k"),
    ],
)
def test_parameters_are_checked(cone: Cone, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        distances(cone, np.zeros(4), dual=False)


def test_spectral_blocks_are_cut_in_row_order() -> None:
    # given in another order than that of the rows
    cone: Cone = {
        "sl_n": [2, 3],
        "sl_k": [1, 2],
        "ell1": [2, 1],
        "nuc_m": [2],
        "nuc_n": [1],
        "d": [1],
        "p": [0.5],
    }
    blocks = {
        "p": [1.0, 1.0, 1.0],
        "d": [0.0, 1.0, 1.0],
        "nuc": [5.0, 3.0, 4.0],
        "ell1": [2.0, 1.0, 1.0, 2.0, 2.0],
        "sl": [3.0, 3.0, 0.0, 1.0, 5.0, 3.0, 0.0, 0.0, 2.0, 0.0, 1.0],
    }
    v = np.concatenate([np.array(block) for block in blocks.values()])
    assert distance(cone, v, dual=False) <= 1e-15
    row = 0
    for key, block in blocks.items():
        wrong = v.copy()
        wrong[row] -= 1.0
        found = distances(cone, wrong, dual=False)
        assert {name for name, gap in found.items() if gap > 1e-3} == {key}
        row += len(block)
