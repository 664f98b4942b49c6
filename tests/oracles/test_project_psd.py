# SPDX-License-Identifier: MIT
"""Real and complex positive semidefinite cones against NumPy's eigenvalues."""

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


def packed(n):
    return n * (n + 1) // 2


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 16, 33])
def test_psd(library, n):
    count = 1000 if n < 8 else 100
    compare(library, {"s": [n]}, lambda w: spectral.psd(w, n), count, TOLERANCE)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 16, 33])
def test_complex_psd(library, n):
    count = 1000 if n < 8 else 100
    oracle = lambda w: spectral.complex_psd(w, n)  # noqa: E731
    compare(library, {"cs": [n]}, oracle, count, TOLERANCE)


orders = st.integers(1, 4)


@SHORT
@given(w=orders.flatmap(lambda n: points.nasty(packed(n))))
def test_nasty_psd(library, w):
    n = int(np.sqrt(2 * w.size))
    hunt(library, {"s": [n]}, w, lambda v: spectral.psd(v, n), TOLERANCE)


@SHORT
@given(w=orders.flatmap(lambda n: points.nasty(n * n)))
def test_nasty_complex_psd(library, w):
    n = int(np.sqrt(w.size))
    hunt(library, {"cs": [n]}, w, lambda v: spectral.complex_psd(v, n), TOLERANCE)


@pytest.mark.parametrize("n", [2, 3, 5, 24])
@pytest.mark.parametrize("spectrum", hard_spectra.SPECTRA)
def test_hard_spectra(library, spectrum, n):
    w = np.array(list(hard_spectra.matrices(spectrum, n)))
    with library.open({"s": [n]}) as projection:
        y = assert_projects(projection, w, tolerance=TOLERANCE)
        assert_close(y, np.array([spectral.psd(v, n) for v in w]), w, TOLERANCE)


@pytest.mark.parametrize("n", [3, 12, 40])
def test_psd_slowly_moving(library, n):
    """What a solver does: small steps, over which the signs of eigenvalues change."""
    rng = np.random.default_rng(n)
    start, drift = rng.standard_normal((2, packed(n)))
    w = np.array([start + 0.05 * t * drift for t in range(-60, 60)])
    with library.open({"s": [n]}) as projection:
        expected = np.array([spectral.psd(v, n) for v in w])
        assert_close(projection.dual(w), expected, w, TOLERANCE)


@pytest.mark.parametrize("spread", [0.3, 1, 3])
@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 20])
def test_psd_in_a_congruent_metric(library, n, spread):
    """The metric r_ij = rho_i rho_j; errors are measured in it."""
    rng = np.random.default_rng(n)
    column, row = np.triu_indices(n)
    for _ in range(20):
        rho = 10.0 ** rng.uniform(-spread, spread, n)
        r = rho[row] * rho[column]
        d = np.sqrt(r)
        w = points.random(rng, packed(n), 5) / d * 10.0 ** rng.uniform(-100, 100)
        expected = np.array([spectral.psd_congruent(v, rho) for v in w])
        with library.open({"s": [n]}) as projection:
            y = projection.dual(w, r)
            assert_close(d * y, d * expected, d * w, TOLERANCE)
            assert_close(d * projection.dual(w, r, cold=True), d * y, d * w, TOLERANCE)
            assert_close(d * projection.dual(y, r), d * y, d * w, TOLERANCE)
            if spread < 1:
                assert_projects(projection, w, r, TOLERANCE * 10)
