# SPDX-License-Identifier: MIT
"""Symmetric matrices whose spectra are hard for eigenvalue solvers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import membership
import numpy as np

SPECTRA: dict[str, Callable[[np.random.Generator, int], np.ndarray]] = {
    "clusters": lambda rng, n: np.repeat([1.0, -1.0], [n // 2, n - n // 2]),
    "near clusters": lambda rng, n: rng.choice([1, -1], n) + 1e-14 * rng.random(n),
    "graded": lambda rng, n: rng.choice([1, -1], n) * 10.0 ** -np.linspace(0, 20, n),
    "rank one": lambda rng, n: np.r_[3.0, np.zeros(n - 1)],
    "minus rank one": lambda rng, n: np.r_[-3.0, np.zeros(n - 1)],
    "almost singular": lambda rng, n: 1e-16 * rng.normal(size=n) + np.eye(n)[0],
    "one negative": lambda rng, n: np.r_[-1e-10, rng.random(n - 1)],
    "one positive": lambda rng, n: np.r_[1e-10, -rng.random(n - 1)],
    "multiple of I": lambda rng, n: np.full(n, -2.0),
}


def _rotations(rng: np.random.Generator, n: int) -> Iterator[np.ndarray]:
    """A random rotation, none at all, and one of two coordinates alone."""
    yield np.linalg.qr(rng.standard_normal((n, n)))[0]
    yield np.eye(n)
    plane = np.eye(n)
    if n > 1:
        plane[:2, :2] = [[0.6, 0.8], [-0.8, 0.6]]
    yield plane


def matrices(spectrum: str, n: int) -> Iterator[np.ndarray]:
    """Vectors of matrices of order n: each rotated in several ways, at three scales."""
    rng = np.random.default_rng(n)
    for rotation in _rotations(rng, n):
        for scale in (1, 1e-150, 1e150):
            values = scale * SPECTRA[spectrum](rng, n)
            yield membership.symmetric_rows((rotation * values) @ rotation.T)
