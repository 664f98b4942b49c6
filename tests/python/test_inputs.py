# SPDX-License-Identifier: MIT
"""What A, P, b and c may be, and that callers' arrays stay as they were."""

from __future__ import annotations

import warnings
from typing import Any

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs

FLOATS = [np.float16, np.float32, np.longdouble, np.dtype(">f8")]


def _same(data, cone, plain=None):
    """Assert that `data` means the same as the plain QP; return the result."""
    expected = scs.solve(*(plain or makers.qp()), **makers.TIGHT)
    result = scs.solve(data, cone, **makers.TIGHT)
    np.testing.assert_allclose(result["x"], expected["x"], atol=1e-6)
    np.testing.assert_allclose(result["y"], expected["y"], atol=1e-6)
    return result


def _dyadic():
    """The QP with data that every float type holds exactly."""
    data, cone = makers.qp()
    return {**data, "b": np.array([-1.0, 0.25, -0.5])}, cone


@pytest.mark.parametrize("dtype", FLOATS, ids=str)
def test_other_floats_are_converted(dtype):
    data, cone = _dyadic()
    other = dict(data)
    other["b"] = data["b"].astype(dtype)
    other["c"] = data["c"].astype(dtype)
    if dtype in (np.float32, np.longdouble):  # SciPy has no other sparse floats
        other["A"] = data["A"].astype(dtype)
        other["P"] = data["P"].astype(dtype)
    _same(other, cone, (data, cone))


@pytest.mark.parametrize("key", ["A", "P", "b", "c"])
@pytest.mark.parametrize("dtype", [np.int64, np.int32, np.bool_, np.complex128])
def test_other_numbers_are_refused(key, dtype):
    data, cone = makers.qp()
    data[key] = data[key].astype(dtype)
    with pytest.raises((TypeError, ValueError), match="numpy array of floats"):
        scs.SCS(data, cone, **makers.QUIET)


@pytest.mark.parametrize("key", ["b", "c"])
@pytest.mark.parametrize(
    "value",
    [[1.0, 2.0, 3.0], (1.0, 2.0, 3.0), 1.5, "abc", np.ones((3, 1)), np.ones((1, 3))],
    ids=repr,
)
def test_vectors_must_be_vectors(key, value):
    data, cone = makers.qp()
    data[key] = value
    with pytest.raises((TypeError, ValueError)):
        scs.SCS(data, cone, **makers.QUIET)


@pytest.mark.parametrize("key", ["A", "P"])
def test_dense_matrices_are_refused(key):
    data, cone = makers.qp()
    data[key] = data[key].toarray()
    with pytest.raises(TypeError, match="required to be a sparse matrix"):
        scs.SCS(data, cone, **makers.QUIET)


@pytest.mark.parametrize("key", ["A", "P"])
@pytest.mark.parametrize("form", ["csr", "coo", "lil", "dok", "bsr", "dia"])
def test_other_formats_are_converted_with_a_warning(key, form):
    data, cone = makers.qp()
    data[key] = data[key].asformat(form)
    with pytest.warns(UserWarning, match=f"Converting {key} to a CSC") as caught:
        solver = scs.SCS(data, cone, **makers.TIGHT)
    assert caught[0].filename == __file__
    np.testing.assert_allclose(solver.solve()["x"], makers.QP_X, atol=1e-6)


def test_sparse_arrays_are_accepted_as_matrices_are():
    data, cone = makers.qp()
    _same({**data, "A": sp.csc_array(data["A"]), "P": sp.csc_array(data["P"])}, cone)


def test_classes_derived_from_csc_matrix_are_accepted():
    class Mine(sp.csc_matrix):
        pass

    data, cone = makers.qp()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        _same({**data, "A": Mine(data["A"])}, cone)


@pytest.mark.parametrize("dtype", [np.int32, np.int64, np.uint32, np.int16])
def test_index_types(dtype):
    data, cone = makers.qp()
    a = data["A"]
    a.indices, a.indptr = a.indices.astype(dtype), a.indptr.astype(dtype)
    _same({**data, "A": a}, cone)


def test_indices_beyond_32_bits_are_refused():
    data, cone = makers.qp()
    a = data["A"]
    a.indices = a.indices.astype(np.int64)
    a.indices[0] = 2**40
    with pytest.raises(ValueError, match="A"):
        scs.SCS({**data, "A": a}, cone, **makers.QUIET)


@pytest.mark.parametrize("row", [-1, 3])
def test_rows_out_of_range_are_refused(row):
    data, cone = makers.qp()
    data["A"].indices[-1] = row
    with pytest.raises(ValueError, match="A"):
        scs.SCS(data, cone, **makers.QUIET)


def test_broken_column_starts_are_refused():
    data, cone = makers.qp()
    data["A"].indptr[1] = 4
    data["A"].indptr[2] = 3
    with pytest.raises(ValueError, match="A"):
        scs.SCS(data, cone, **makers.QUIET)


def _unsorted():
    """The A of the QP with its first column upside down."""
    a = makers.qp()[0]["A"]
    begin, end = a.indptr[:2]
    a.indices[begin:end] = a.indices[begin:end][::-1]
    a.data[begin:end] = a.data[begin:end][::-1]
    a.has_sorted_indices = False
    return a


def test_unsorted_indices_are_sorted_in_a_copy():
    data, cone = makers.qp()
    a = _unsorted()
    before = a.indices.copy()
    _same({**data, "A": a}, cone)
    np.testing.assert_array_equal(a.indices, before)


def test_unsorted_indices_that_scipy_believes_sorted():
    data, cone = makers.qp()
    a = _unsorted()
    a.has_sorted_indices = True  # a stale flag, as after editing in place
    _same({**data, "A": a}, cone)


def _with_duplicates(matrix):
    """The same matrix with its last entry split in two halves."""
    values = np.r_[matrix.data[:-1], matrix.data[-1] / 2, matrix.data[-1] / 2]
    rows = np.r_[matrix.indices, matrix.indices[-1]]
    starts = matrix.indptr.copy()
    starts[-1] += 1
    return sp.csc_matrix((values, rows, starts), shape=matrix.shape)


@pytest.mark.parametrize("key", ["A", "P"])
def test_duplicates_are_summed_in_a_copy(key):
    data, cone = makers.qp()
    data[key] = _with_duplicates(data[key])
    count = data[key].data.size
    _same(data, cone)
    assert data[key].data.size == count


def test_explicit_zeros_are_harmless():
    data, cone = makers.qp()
    a = data["A"]
    data["A"] = sp.csc_matrix(
        (np.r_[a.data, 0.0], np.r_[a.indices, 2], np.r_[0, 2, 5]), shape=(3, 2)
    )
    # The new entry stands in row 2 of column 1 beside the one already there.
    _same(data, cone)


def test_full_p_keeps_its_upper_triangle():
    data, cone = makers.qp()
    upper = data["P"].toarray()
    data["P"] = sp.csc_matrix(upper + np.triu(upper, 1).T)
    _same(data, cone)
    data["P"][1, 0] = 77.0
    _same(data, cone)


def test_lower_p_is_mirrored():
    data, cone = makers.qp()
    data["P"] = sp.csc_matrix(data["P"].T)
    _same(data, cone)


def test_unsorted_lower_p_with_duplicates():
    data, cone = makers.qp()
    # [[3, .], [-1, 2]] with the first column as rows 1, 0, 1.
    data["P"] = sp.csc_matrix(
        (np.array([-0.5, 3.0, -0.5, 2.0]), np.array([1, 0, 1, 1]), np.array([0, 3, 4])),
        shape=(2, 2),
    )
    _same(data, cone)


def test_diagonal_and_empty_p():
    data, cone = makers.lp()
    data["P"] = sp.csc_matrix((2, 2))
    _same(data, cone, makers.lp())
    data["P"] = sp.eye(2, format="csc")
    assert scs.solve(data, cone, **makers.QUIET)["info"]["status"] == "solved"


def test_room_behind_the_last_entry_is_ignored():
    data, cone = makers.qp()
    a = data["A"]
    a.data, a.indices = np.r_[a.data, np.nan], np.r_[a.indices, np.int32(99)]
    _same(data, cone)


@pytest.mark.parametrize("form", [sp.csc_matrix, sp.coo_matrix, sp.csr_array])
def test_sparse_vectors_are_flattened(form):
    data, cone = makers.qp()
    _same(
        {
            **data,
            "b": form(data["b"].reshape(-1, 1)),
            "c": form(data["c"].reshape(-1, 1)),
        },
        cone,
    )


def test_strided_and_readonly_vectors():
    data, cone = makers.qp()
    wide = np.repeat(data["b"], 2)
    wide.flags.writeable = False
    _same({**data, "b": wide[::2], "c": data["c"][::-1][::-1]}, cone)


def test_unaligned_vectors():
    data, cone = makers.qp()
    raw = np.zeros(8 * 3 + 1, dtype=np.uint8)
    b = raw[1:].view(np.float64)
    b[:] = data["b"]
    _same({**data, "b": b}, cone)


def test_missing_entries_in_the_order_of_the_checks():
    data, cone = makers.qp()
    nothing: Any
    for nothing in ({}, None):
        with pytest.raises(scs.InvalidProblem, match="Missing data or cone"):
            scs.SCS(nothing, cone)
        with pytest.raises(scs.InvalidProblem, match="Missing data or cone"):
            scs.SCS(data, nothing)
    with pytest.raises(scs.InvalidProblem, match="Missing one of b, c from data"):
        scs.SCS({"b": data["b"]}, cone)
    with pytest.raises(scs.InvalidProblem, match="Missing A from data dictionary"):
        scs.SCS({"b": data["b"], "c": data["c"]}, cone)
    for key in ("A", "b", "c"):
        with pytest.raises(scs.InvalidProblem, match="Incomplete data specification"):
            scs.SCS({**data, key: None}, cone)


def test_shapes_must_fit():
    data, cone = makers.qp()
    for changes in ({"b": np.ones(4)}, {"c": np.ones(3)}, {"A": data["A"].T.tocsc()}):
        with pytest.raises(scs.InvalidProblem, match="A shape not compatible with b,c"):
            scs.SCS({**data, **changes}, cone, **makers.QUIET)
    with pytest.raises(scs.InvalidProblem, match="P shape not compatible with A,b,c"):
        scs.SCS({**data, "P": sp.eye(3, format="csc")}, cone, **makers.QUIET)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("key", ["A", "P", "b", "c"])
def test_data_must_be_finite(key, value):
    data, cone = makers.qp()
    array = data[key].data if sp.issparse(data[key]) else data[key]
    array[1] = value
    with pytest.raises(ValueError, match=key):
        scs.SCS(data, cone, **makers.QUIET)


def test_negative_diagonal_of_p_is_refused():
    data, cone = makers.qp()
    data["P"] = sp.csc_matrix(np.diag([1.0, -1.0]))
    with pytest.raises(ValueError, match="P"):
        scs.SCS(data, cone, **makers.QUIET)


def test_diagonal_of_p_that_is_zero_but_for_rounding():
    data, cone = makers.qp()
    data["P"] = sp.csc_matrix(np.diag([-1e-10, 1.0]))
    solved = scs.solve(data, cone, **makers.QUIET)
    data["P"] = sp.csc_matrix(np.diag([0.0, 1.0]))
    expected = scs.solve(data, cone, **makers.QUIET)
    assert solved["info"]["status"] == expected["info"]["status"]
    np.testing.assert_allclose(solved["y"], expected["y"], atol=1e-6)


def test_empty_problems_are_refused():
    for m, n in ((0, 2), (2, 0)):
        data = {"A": sp.csc_matrix((m, n)), "b": np.zeros(m), "c": np.zeros(n)}
        with pytest.raises(ValueError, match=r"[mn]|row|column"):
            scs.SCS(data, {"l": m or 1}, **makers.QUIET)


def test_other_keys_are_ignored():
    data, cone = makers.qp()
    scs.SCS({**data, "name": "mine", "x": "not looked at"}, cone, **makers.QUIET)


def test_inputs_are_never_written():
    data, cone = makers.qp()
    for array in (
        data["b"],
        data["c"],
        *(
            getattr(data[key], part)
            for key in "AP"
            for part in ("data", "indices", "indptr")
        ),
    ):
        array.flags.writeable = False
    cone_before = dict(cone)
    solver = scs.SCS(data, cone, **makers.TIGHT)
    np.testing.assert_allclose(solver.solve()["x"], makers.QP_X, atol=1e-6)
    assert cone == cone_before


def test_inputs_are_copied():
    data, cone = makers.qp()
    solver = scs.SCS(data, cone, **makers.TIGHT)
    for array in (data["b"], data["c"], data["A"].data, data["P"].data):
        array[:] = np.nan
    data["A"].indices[:] = -1
    np.testing.assert_allclose(solver.solve()["x"], makers.QP_X, atol=1e-6)
