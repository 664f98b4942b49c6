# SPDX-License-Identifier: MIT
"""Small problems of every cone whose optimum is a formula, primal and dual."""

from __future__ import annotations

import makers
import membership
import numpy as np
import pytest
import scipy.sparse as sp
import verify

import scs


def solve(cone, a, b, c, value, p=None):
    """Solve, check optimality and the value, and return the result."""
    data = {
        "A": sp.csc_matrix(np.asarray(a, dtype=float)),
        "b": np.asarray(b, dtype=float),
        "c": np.asarray(c, dtype=float),
    }
    if p is not None:
        data["P"] = sp.csc_matrix(np.triu(p).astype(float))
    result = scs.solve(data, cone, **makers.TIGHT)
    assert result["info"]["status"] == "solved"
    verify.check_solution(data, cone, result, 1e-9)
    assert result["info"]["pobj"] == pytest.approx(value, rel=1e-6, abs=1e-7)
    assert result["info"]["dobj"] == pytest.approx(value, rel=1e-6, abs=1e-7)
    return result


def _symmetric(rng, n):
    half = rng.standard_normal((n, n))
    return half + half.T


def test_norm_of_a_vector():
    v = np.array([1.0, -2.0, 2.0])
    result = solve({"q": [4]}, [[-1], [0], [0], [0]], np.r_[0, v], [1], 3)
    np.testing.assert_allclose(result["y"], np.r_[1, -v / 3], atol=1e-6)


def test_largest_eigenvalue():
    """Minimise t with t I - M semidefinite; the dual is the projector on its vector."""
    matrix = _symmetric(np.random.default_rng(1), 5)
    values, vectors = np.linalg.eigh(matrix)
    a = -membership.symmetric_rows(np.eye(5))[:, None]
    b = -membership.symmetric_rows(matrix)
    result = solve({"s": [5]}, a, b, [1], values[-1])
    projector = np.outer(vectors[:, -1], vectors[:, -1])
    np.testing.assert_allclose(
        membership.symmetric(result["y"], 5), projector, atol=1e-6
    )


def test_largest_eigenvalue_of_a_hermitian_matrix():
    rng = np.random.default_rng(2)
    half = rng.standard_normal((4, 4)) + 1j * rng.standard_normal((4, 4))
    matrix = half + half.conj().T
    values, vectors = np.linalg.eigh(matrix)
    a = -membership.hermitian_rows(np.eye(4, dtype=complex))[:, None]
    b = -membership.hermitian_rows(matrix)
    result = solve({"cs": [4]}, a, b, [1], values[-1])
    projector = np.outer(vectors[:, -1], vectors[:, -1].conj())
    np.testing.assert_allclose(
        membership.hermitian(result["y"], 4), projector, atol=1e-6
    )


def test_max_cut_bound_of_a_cycle():
    """Maximise <L, X> / 4 over the semidefinite X with unit diagonal."""
    n = 5
    ring = np.roll(np.eye(n), 1, axis=0)
    laplacian = 2 * np.eye(n) - ring - ring.T
    weights = membership.symmetric_rows(laplacian / 4)
    rows = weights.size
    diagonal = membership.symmetric_rows(np.eye(n)).astype(bool)
    a = np.r_[np.eye(rows)[diagonal], -np.eye(rows)]
    b = np.r_[np.ones(n), np.zeros(rows)]
    value = n * (1 + np.cos(np.pi / n)) / 2
    solve({"z": n, "s": [n]}, a, b, -weights, -value)


def test_log_sum_exp():
    """Minimise t with sum exp(v_i - t) <= 1: t = log sum exp(v), y the softmax."""
    v = np.array([1.0, 0.5, -2.0])
    n = v.size  # variables t, u: sum u <= 1, (v_i - t, 1, u_i) in the cone
    a = np.zeros((1 + 3 * n, 1 + n))
    b = np.zeros(1 + 3 * n)
    a[0, 1:], b[0] = 1, 1
    for i in range(n):
        a[1 + 3 * i, 0], b[1 + 3 * i] = 1, v[i]
        b[2 + 3 * i] = 1
        a[3 + 3 * i, 1 + i] = -1
    value = np.log(np.exp(v).sum())
    result = solve({"l": 1, "ep": n}, a, b, np.r_[1, np.zeros(n)], value)
    np.testing.assert_allclose(-result["y"][1::3], np.exp(v - value), atol=1e-6)


def test_entropy():
    """Maximise the entropy of a distribution of given mean: a geometric sequence."""
    n, ratio = 4, 0.6
    expected = ratio ** np.arange(n)
    expected /= expected.sum()
    mean = expected @ np.arange(n)
    # Variables p, t: sum p = 1, mean given, (t_i, p_i, 1) in the cone: t <= -p log p.
    a = np.zeros((2 + 3 * n, 2 * n))
    b = np.zeros(2 + 3 * n)
    a[0, :n], b[0] = 1, 1
    a[1, :n], b[1] = np.arange(n), mean
    for i in range(n):
        a[2 + 3 * i, n + i] = -1
        a[3 + 3 * i, i] = -1
        b[4 + 3 * i] = 1
    value = expected @ np.log(expected)
    c = np.r_[np.zeros(n), -np.ones(n)]
    result = solve({"z": 2, "ep": n}, a, b, c, value)
    np.testing.assert_allclose(result["x"][:n], expected, atol=1e-6)


def test_dual_exponential():
    """The least w with exp(v / u) <= e w / -u for u = -1 and v = -2 is exp(1)."""
    b = [-1, -2, 0]
    solve({"ed": 1}, [[0], [0], [-1]], b, [1], np.exp(1))


@pytest.mark.parametrize("exponent", [0.5, 0.2, 0.95])
def test_weighted_geometric_mean(exponent):
    """Maximise z <= x^a y^(1-a) with x + y = 1: x = a."""
    a = np.r_[[[1, 1, 0]], -np.eye(3)]
    value = exponent**exponent * (1 - exponent) ** (1 - exponent)
    cone = {"z": 1, "p": [exponent]}
    result = solve(cone, a, [1, 0, 0, 0], [0, 0, -1], -value)
    np.testing.assert_allclose(result["x"][0], exponent, atol=1e-4)


@pytest.mark.parametrize("exponent", [0.5, 0.2, 0.95])
def test_dual_power(exponent):
    """Minimise u + v with (u, v, 1) in the dual cone: u = a, v = 1 - a."""
    a = np.array([[-1, 0], [0, -1], [0, 0]])
    result = solve({"p": [-exponent]}, a, [0, 0, 1], [1, 1], 1)
    np.testing.assert_allclose(result["x"], [exponent, 1 - exponent], atol=1e-4)


def test_maximum_likelihood_of_a_covariance():
    """Minimise <S, X> - log det X: X is the inverse of S."""
    rng = np.random.default_rng(3)
    factor = rng.standard_normal((3, 5))
    covariance = factor @ factor.T / 5
    rows = membership.symmetric_rows(covariance)
    size = rows.size  # variables t, X; the second row of the cone is 1
    a = np.zeros((2 + size, 1 + size))
    a[0, 0] = -1
    a[2:, 1:] = -np.eye(size)
    b = np.r_[0, 1, np.zeros(size)]
    value = 3 + np.linalg.slogdet(covariance)[1]
    result = solve({"d": [3]}, a, b, np.r_[1, rows], value)
    inverse = membership.symmetric(result["x"][1:], 3)
    np.testing.assert_allclose(inverse @ covariance, np.eye(3), atol=1e-5)


def test_nuclear_norm():
    """The norm of a matrix and, as dual solution, minus its orthogonal factor."""
    matrix = np.random.default_rng(4).standard_normal((4, 3))
    u, values, vt = np.linalg.svd(matrix, full_matrices=False)
    b = np.r_[0, matrix.ravel(order="F")]
    a = -np.eye(b.size)[:, :1]
    cone = {"nuc_m": [4], "nuc_n": [3]}
    result = solve(cone, a, b, [1], values.sum())
    np.testing.assert_allclose(
        result["y"], np.r_[1, -(u @ vt).ravel(order="F")], atol=1e-6
    )


def test_singular_value_thresholding():
    """Minimise |X - M|^2 / 2 + lambda |X|_*: singular values less lambda."""
    matrix = np.random.default_rng(5).standard_normal((4, 3))
    u, values, vt = np.linalg.svd(matrix, full_matrices=False)
    weight = float(values[1])
    left = np.maximum(values - weight, 0)
    expected = (u * left) @ vt
    p = np.eye(13)
    p[0, 0] = 0
    c = np.r_[weight, -matrix.ravel(order="F")]
    value = (left @ left) / 2 - np.sum(expected * matrix) + weight * left.sum()
    cone = {"nuc_m": [4], "nuc_n": [3]}
    result = solve(cone, -np.eye(13), np.zeros(13), c, value, p)
    np.testing.assert_allclose(result["x"][1:], expected.ravel(order="F"), atol=1e-6)


def test_soft_thresholding():
    """Minimise |x - v|^2 / 2 + lambda |x|_1."""
    v = np.array([3.0, -0.5, 1.0, -2.0])
    expected = np.sign(v) * np.maximum(np.abs(v) - 1, 0)
    p = np.eye(5)
    p[0, 0] = 0
    value = expected @ expected / 2 - expected @ v + np.abs(expected).sum()
    c = np.r_[1, -v]
    result = solve({"ell1": [4]}, -np.eye(5), np.zeros(5), c, value, p)
    np.testing.assert_allclose(result["x"][1:], expected, atol=1e-6)


def test_basis_pursuit():
    """Minimise |x|_1 with one equation a'x = 1: all on the largest |a_i|."""
    coefficients = np.array([0.3, -2.0, 1.0])
    a = np.r_[[np.r_[0, coefficients]], -np.eye(4)]
    result = solve({"z": 1, "ell1": [3]}, a, [1, 0, 0, 0, 0], [1, 0, 0, 0], 0.5)
    np.testing.assert_allclose(result["x"], [0.5, 0, -0.5, 0], atol=1e-6)


@pytest.mark.parametrize("k", [1, 2, 4])
def test_sum_of_largest_eigenvalues(k):
    """The sum and, as dual solution, minus the projector on their eigenvectors."""
    matrix = _symmetric(np.random.default_rng(6), 5)
    values, vectors = np.linalg.eigh(matrix)
    b = np.r_[0, membership.symmetric_rows(matrix)]
    a = -np.eye(b.size)[:, :1]
    cone = {"sl_n": [5], "sl_k": [k]}
    result = solve(cone, a, b, [1], values[-k:].sum())
    projector = vectors[:, -k:] @ vectors[:, -k:].T
    np.testing.assert_allclose(
        membership.symmetric(-result["y"][1:], 5), projector, atol=1e-6
    )


def test_projection_on_a_box():
    """The nearest point of a box to v, as the slice t = 1 of its cone."""
    v = np.array([-3.0, 0.2, 5.0])
    lower, upper = [-1.0, -1.0, -np.inf], [1.0, np.inf, 2.0]
    expected = np.array([-1.0, 0.2, 2.0])
    a = np.r_[np.zeros((1, 3)), -np.eye(3)]
    value = expected @ expected / 2 - expected @ v
    cone = {"bl": lower, "bu": upper}
    result = solve(cone, a, [1, 0, 0, 0], -v, value, np.eye(3))
    np.testing.assert_allclose(result["x"], expected, atol=1e-6)
    np.testing.assert_allclose(result["y"][1:], expected - v, atol=1e-6)
