# SPDX-License-Identifier: MIT
"""Input that fits is passed on as it is; the answer's memory changes hands."""

from __future__ import annotations

import gc
import os
import tracemalloc

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs
from scs import _inputs


def test_fitting_input_is_passed_on_as_it_is():
    data, _ = makers.qp()
    arrays = _inputs.parse(data)
    assert arrays.b is data["b"]
    assert arrays.c is data["c"]
    for letter, key in (("a", "A"), ("p", "P")):
        for part, name in (
            ("values", "data"),
            ("rows", "indices"),
            ("starts", "indptr"),
        ):
            passed = getattr(arrays, f"{letter}_{part}")
            assert passed is getattr(data[key], name), (key, name)


@pytest.mark.parametrize("kind", [sp.csc_matrix, sp.csc_array])
def test_readonly_input_is_passed_on_as_it_is(kind):
    data, _ = makers.qp()
    a = kind(data["A"])
    for array in (a.data, a.indices, a.indptr, data["b"]):
        array.flags.writeable = False
    arrays = _inputs.parse({**data, "A": a})
    assert arrays.a_values is a.data
    assert arrays.a_rows is a.indices
    assert arrays.a_starts is a.indptr
    assert arrays.b is data["b"]


def test_only_what_does_not_fit_is_copied():
    data, _ = makers.qp()
    a = data["A"]
    a.indices = a.indices.astype(np.int64)
    arrays = _inputs.parse({**data, "b": np.repeat(data["b"], 2)[::2]})
    assert arrays.a_values is a.data
    assert arrays.a_starts is a.indptr
    assert arrays.a_rows is not a.indices
    assert arrays.a_rows.dtype == np.int32
    assert arrays.b is not data["b"]
    assert arrays.c is data["c"]


@pytest.mark.thread_unsafe(reason="looks at the memory of the whole process")
def test_large_matrices_are_not_copied_in_python():
    """Python's share of a construction stays far below the size of the data."""
    n = 200_000
    data = {"A": sp.eye(n, format="csc"), "b": np.ones(n), "c": np.ones(n)}
    size = data["A"].data.nbytes
    _inputs.parse(data)
    tracemalloc.start()
    try:
        _inputs.parse(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size / 20


def test_answers_own_their_memory():
    result = scs.SCS(*makers.qp(), **makers.QUIET).solve()
    addresses = {result[key].__array_interface__["data"][0] for key in ("x", "y", "s")}
    assert len(addresses) == 3
    for key in ("x", "y", "s"):
        assert result[key].flags.c_contiguous
        assert result[key].flags.aligned


@pytest.mark.thread_unsafe(reason="looks at the memory of the whole process")
@pytest.mark.skipif(
    "SCS_SANITIZED" in os.environ, reason="sanitizers keep what is freed for a while"
)
def test_answers_are_freed_with_their_arrays():
    resource = pytest.importorskip("resource")
    n = 20_000
    data = {"A": -sp.eye(n, format="csc"), "b": -np.ones(n), "c": np.ones(n)}
    solver = scs.SCS(data, {"l": n}, max_iters=1, verbose=False)

    def peak() -> int:
        for _ in range(100):
            solver.solve(warm_start=False)
        gc.collect()
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    peak()
    before = peak()
    # 200 answers of three vectors would be 100 MB.
    peak()
    assert peak() - before < 20_000
