# SPDX-License-Identifier: MIT
"""Nuclear norm, sum of largest and log-determinant cones against their oracles.

An oracle decomposes with NumPy and projects the eigenvalues or singular values exactly
or in multiple precision.
"""

from __future__ import annotations

import hard_spectra
import numpy as np
import points
import pytest
import spectral
from campaign import SHORT, compare, hunt
from hypothesis import given
from hypothesis import strategies as st
from properties import assert_close, assert_projects

TOLERANCE = 1e-12  # normwise, as the oracle's eigenvalues are


SHAPES = [(1, 1), (2, 1), (2, 2), (5, 3), (8, 8), (20, 4)]
LARGEST = [(2, 1), (3, 1), (3, 2), (5, 2), (8, 7), (9, 1)]


def packed(n):
    return n * (n + 1) // 2


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_nuclear(library, shape):
    m, n = shape
    oracle = lambda w: spectral.nuclear_dual(w, m, n)  # noqa: E731
    compare(library, {"nuc_m": [m], "nuc_n": [n]}, oracle, 300, TOLERANCE)


@pytest.mark.parametrize("sizes", LARGEST, ids=str)
def test_sum_largest(library, sizes):
    n, k = sizes
    oracle = lambda w: spectral.sum_largest_dual(w, n, k)  # noqa: E731
    compare(library, {"sl_n": [n], "sl_k": [k]}, oracle, 300, TOLERANCE)


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_logdet(library, n):
    oracle = lambda w: spectral.logdet_dual(w, n)  # noqa: E731
    compare(library, {"d": [n]}, oracle, 500, TOLERANCE, asked=150)


@SHORT
@given(w=st.integers(1, 3).flatmap(lambda n: points.nasty(2 + packed(n))))
def test_nasty_logdet(library, w):
    n = int(np.sqrt(2 * (w.size - 2)))
    hunt(library, {"d": [n]}, w, lambda v: spectral.logdet_dual(v, n), TOLERANCE)


@SHORT
@given(w=st.sampled_from([1, 2, 3]).flatmap(lambda n: points.nasty(1 + 3 * n)))
def test_nasty_nuclear(library, w):
    n = (w.size - 1) // 3
    oracle = lambda v: spectral.nuclear_dual(v, 3, n)  # noqa: E731
    hunt(library, {"nuc_m": [3], "nuc_n": [n]}, w, oracle, TOLERANCE)


@SHORT
@given(w=points.nasty(1 + packed(3)), k=st.sampled_from([1, 2]))
def test_nasty_sum_largest(library, w, k):
    oracle = lambda v: spectral.sum_largest_dual(v, 3, k)  # noqa: E731
    hunt(library, {"sl_n": [3], "sl_k": [k]}, w, oracle, TOLERANCE)


@pytest.mark.parametrize("spectrum", hard_spectra.SPECTRA)
@pytest.mark.parametrize("head", [-5.0, -1.0, 0.0, 0.1, 4.0])
def test_hard_spectra_in_epigraphs(library, spectrum, head):
    """The same matrices below a scalar: sums of the largest and log-determinant."""
    n = 5
    w = np.array(
        [np.r_[head * np.abs(v).max(), v] for v in hard_spectra.matrices(spectrum, n)]
    )
    with library.open({"sl_n": [n], "sl_k": [2]}) as projection:
        y = assert_projects(projection, w, tolerance=TOLERANCE)
        expected = [spectral.sum_largest_dual(v, n, 2) for v in w]
        assert_close(y, np.array(expected), w, TOLERANCE)
    for second in (-1, 1):
        lifted = np.c_[w[:, :1], second * np.abs(w[:, 1:]).max(axis=1), w[:, 1:]]
        with library.open({"d": [n]}) as projection:
            y = assert_projects(projection, lifted, tolerance=TOLERANCE)
            expected = [spectral.logdet_dual(v, n) for v in lifted]
            assert_close(y, np.array(expected), lifted, TOLERANCE)
