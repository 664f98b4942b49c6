# SPDX-License-Identifier: MIT
"""The exception classes and that a failure leaves nothing broken."""

from __future__ import annotations

import pickle

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs

BASES = {
    "InvalidProblem": ValueError,
    "InvalidCone": ValueError,
    "InvalidSetting": ValueError,
    "ConcurrencyError": RuntimeError,
    "OutOfMemory": MemoryError,
    "NumericalError": ArithmeticError,
    "BackendUnavailable": ImportError,
    "BackendFailed": RuntimeError,
    "NotSupported": NotImplementedError,
    "FileError": OSError,
}


@pytest.mark.parametrize("name", BASES)
def test_classes(name):
    kind = getattr(scs, name)
    assert issubclass(kind, scs.Error)
    assert issubclass(kind, BASES[name])
    assert kind.__module__ == "scs"
    assert kind.__name__ == name
    assert name in scs.__all__


def test_an_indefinite_p_is_a_value_error_as_in_version_3():
    data = {
        "P": sp.csc_array([[1.0, 2.0], [2.0, 1.0]]),
        "A": sp.eye_array(2, format="csc"),
        "b": np.ones(2),
        "c": np.ones(2),
    }
    with pytest.raises(ValueError, match="P is not positive semidefinite") as caught:
        scs.SCS(data, {"l": 2}, **makers.QUIET)
    assert caught.type is scs.NumericalError


def test_errors_are_pickled():
    error = pickle.loads(pickle.dumps(scs.InvalidCone("a text")))
    assert type(error) is scs.InvalidCone
    assert str(error) == "a text"


def test_each_kind_of_bad_input_has_its_class():
    data, cone = makers.qp()
    with pytest.raises(scs.InvalidSetting):
        scs.SCS(data, cone, max_iters=0)
    with pytest.raises(scs.InvalidCone):
        scs.SCS(data, {"l": -1}, **makers.QUIET)
    with pytest.raises(scs.InvalidProblem):
        scs.SCS({**data, "b": np.full(3, np.nan)}, cone, **makers.QUIET)
    with pytest.raises(scs.InvalidProblem):
        scs.SCS(data, cone, **makers.QUIET).solve(x=np.ones(5))


def test_one_message_says_which_entry():
    data, cone = makers.qp()
    data["b"][2] = np.nan
    with pytest.raises(ValueError, match=r"b.*2"):
        scs.SCS(data, cone, **makers.QUIET)


@pytest.mark.thread_unsafe(reason="sys.stdout belongs to the process")
def test_errors_are_raised_and_not_printed(capfd):
    data, cone = makers.qp()
    with pytest.raises(ValueError, match="alpha"):
        scs.SCS(data, cone, alpha=5.0)
    with pytest.raises(ValueError, match=r"cone|row"):
        scs.SCS(data, {"l": 7})
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_an_object_whose_construction_failed_says_so():
    solver = object.__new__(scs.SCS)
    with pytest.raises(AttributeError, match="_solver"):
        solver.solve()
    with pytest.raises(ValueError, match="alpha"):
        solver.__init__(*makers.qp(), alpha=5.0)  # type: ignore[misc]
    solver.__init__(*makers.qp(), **makers.QUIET)  # type: ignore[misc]
    assert solver.solve()["info"]["status"] == "solved"


def test_a_solver_outlives_refused_calls():
    solver = scs.SCS(*makers.qp(), **makers.TIGHT)
    for call in (
        lambda: solver.solve(x=np.ones(9)),
        lambda: solver.solve(warm_start=1),  # type: ignore[arg-type]
        lambda: solver.update(b=[1]),  # type: ignore[arg-type]
        lambda: solver.update(c=np.ones(9)),
    ):
        with pytest.raises((TypeError, ValueError)):
            call()
    np.testing.assert_allclose(solver.solve()["x"], makers.QP_X, atol=1e-6)


def test_an_indefinite_p_that_the_constraints_hide_is_found_by_the_iterates():
    data = {
        "P": sp.csc_matrix([[1.0, 2.0], [2.0, 1.0]]),
        "A": sp.csc_matrix([[-1.0, 1.0], [1.0, 0.0], [0.0, 1.0]]),
        "b": np.array([-1.0, 0.3, -0.5]),
        "c": np.array([-1.0, -1.0]),
    }
    solver = scs.SCS(data, {"z": 1, "l": 2}, **makers.QUIET)
    with pytest.raises(scs.NumericalError, match="P is not positive semidefinite"):
        solver.solve()
    with pytest.raises(scs.NumericalError):  # and again
        solver.solve()
