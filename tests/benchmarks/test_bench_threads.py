# SPDX-License-Identifier: MIT
"""Throughput on threads: what is measured, and how it is told."""

from __future__ import annotations

import pytest

import scs
from scsbench import thread_gain, thread_worker


@pytest.mark.parametrize("kind", thread_worker.KINDS)
def test_problems_have_solutions(kind):
    for seed in (0, 1):
        result = scs.solve(*thread_worker.KINDS[kind](seed), verbose=False)
        assert result["info"]["status"] == "solved"


def test_kinds_are_explained():
    assert list(thread_gain.MEANING) == list(thread_worker.KINDS)


def test_the_nearest_correlation_matrix_has_a_unit_diagonal():
    data, cone = thread_worker.nearest_correlation(0, 3)
    result = scs.solve(data, cone, verbose=False, eps_abs=1e-8, eps_rel=1e-8)
    assert result["x"][[0, 3, 5]] == pytest.approx([1, 1, 1], abs=1e-6)


def test_rates_are_those_of_the_windows(monkeypatch):
    windows = iter([(100, 1.0), (150, 1.0), (120, 1.0), (230, 1.0)])
    monkeypatch.setattr(thread_worker, "_window", lambda *_: next(windows))
    make = thread_worker.KINDS["tiny"]
    found = thread_worker.measure(make, [1, 2], 0.1, 2, only_with_a_core=False)
    assert found == {"1": 120.0, "2": 230.0}  # the best
    windows = iter([(100, 1.0), (150, 1.0), (120, 1.0), (230, 1.0)])
    found = thread_worker.measure(make, [1, 2], 0.1, 2, only_with_a_core=True)
    assert found == {"1": 110.0, "2": 190.0}  # all together


def test_a_window_counts_all_threads():
    solvers = [scs.SCS(*thread_worker.KINDS["tiny"](0), verbose=False) for _ in "ab"]
    solves, seconds = thread_worker._window(solvers, 0.05, False)
    assert solves >= 2
    assert 0.05 <= seconds < 5


@pytest.fixture
def found():
    versions = {"scs": "9.9", "python": "3.13.5", "gil": False}
    kinds = {kind: {"1": 1000.0, "2": 1900.0} for kind in thread_gain.MEANING}
    return [{"versions": versions, "kinds": kinds}]


def test_table(found):
    text = thread_gain.table(found, 2)
    assert "scs 9.9, CPython 3.13.5 without GIL" in text
    assert text.count("1000 us, x1.90") == len(thread_gain.MEANING)


def test_what_is_kept_is_read(found, tmp_path):
    path = tmp_path / "threads.json"
    thread_gain.write(path, found, 2)
    assert thread_gain.read(path) == (found, 2)


def test_pictures(found, tmp_path):
    pytest.importorskip("matplotlib")
    paths = thread_gain.draw(found, 2, tmp_path / "new")
    assert [path.name for path in paths] == ["threads-light.svg", "threads-dark.svg"]
    assert all("<svg" in path.read_text(encoding="utf-8") for path in paths)
