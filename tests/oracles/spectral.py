# SPDX-License-Identifier: MIT
"""Projections onto the duals of matrix cones by NumPy's decompositions."""

from __future__ import annotations

from collections.abc import Callable

import exact
import membership
import numpy as np
import precise

Array = np.ndarray


def _unit(w: Array) -> float:
    """Divide by this, and LAPACK's own scaling has nothing to do."""
    return float(np.abs(w).max(initial=0.0)) or 1.0


def _clip(matrix: Array) -> Array:
    values, vectors = np.linalg.eigh(matrix)
    return (vectors * np.maximum(values, 0)) @ vectors.conj().T


def psd(w: Array, n: int) -> Array:
    unit = _unit(w)
    return unit * membership.symmetric_rows(_clip(membership.symmetric(w / unit, n)))


def psd_congruent(w: Array, rho: Array) -> Array:
    """Nearest point in the metric r_ij = rho_i rho_j: X -> D X D makes it Euclidean."""
    n = rho.size
    unit = _unit(w)
    d = np.sqrt(np.outer(rho, rho))
    clipped = _clip(d * membership.symmetric(w / unit, n))
    return unit * membership.symmetric_rows(clipped / d)


def complex_psd(w: Array, n: int) -> Array:
    unit = _unit(w)
    return unit * membership.hermitian_rows(_clip(membership.hermitian(w / unit, n)))


def _by_eigenvalues(
    w: Array, n: int, head: int, project: Callable[[list[float]], list[float]]
) -> Array:
    """The point whose eigenvalues, behind `head` other numbers, project says."""
    unit = _unit(w)
    values, vectors = np.linalg.eigh(membership.symmetric(w[head:] / unit, n))
    found = np.array(project([*(w[:head] / unit).tolist(), *values.tolist()]))
    matrix = (vectors * found[head:]) @ vectors.T
    return unit * np.r_[found[:head], membership.symmetric_rows(matrix)]


def _dual_of(
    project: Callable[[list[float]], list[float]], w: list[float]
) -> list[float]:
    s = project([-value for value in w])
    return [a + b for a, b in zip(w, s, strict=True)]


def logdet_dual(w: Array, n: int) -> Array:
    def project(v: list[float]) -> list[float]:
        return [float(x) for x in precise.scaled(precise.logdet, v)]

    return _by_eigenvalues(w, n, 2, lambda v: _dual_of(project, v))


def sum_largest_dual(w: Array, n: int, k: int) -> Array:
    def project(v: list[float]) -> list[float]:
        return [float(x) for x in exact.sum_largest(exact.fractions(v), k)]

    return _by_eigenvalues(w, n, 1, lambda v: _dual_of(project, v))


def nuclear_dual(w: Array, m: int, n: int) -> Array:
    """The dual is the cone of the spectral norm: cut the singular values off."""
    unit = _unit(w)
    matrix = (w[1:] / unit).reshape((m, n), order="F")
    u, values, vt = np.linalg.svd(matrix, full_matrices=False)
    head = exact.fractions([float(w[0] / unit), *values.tolist()])
    found = np.array([float(x) for x in exact.ell1_dual(head)])
    return unit * np.r_[found[0], ((u * found[1:]) @ vt).ravel(order="F")]
