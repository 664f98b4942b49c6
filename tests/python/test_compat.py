# SPDX-License-Identifier: MIT
"""Names and flags that code written for version 3 relies on."""

from __future__ import annotations

import importlib
from unittest.mock import patch

import makers
import numpy as np
import pytest

import scs
from scs import _scs_direct

CONSTANTS = {
    "INFEASIBLE_INACCURATE": -7,
    "UNBOUNDED_INACCURATE": -6,
    "SIGINT": -5,
    "FAILED": -4,
    "INDETERMINATE": -3,
    "INFEASIBLE": -2,
    "UNBOUNDED": -1,
    "UNFINISHED": 0,
    "SOLVED": 1,
    "SOLVED_INACCURATE": 2,
}


@pytest.mark.parametrize("name", CONSTANTS)
def test_status_constants(name):
    assert getattr(scs, name) == CONSTANTS[name]
    assert type(getattr(scs, name)) is int


def test_version_and_sizes():
    assert len(scs.__version__.split(".")) == 3
    assert all(part.isdigit() for part in scs.__version__.split("."))
    assert scs.__sizeof_int__ in (4, 8)
    assert scs.__sizeof_float__ == 8
    assert _scs_direct.version() == scs.__version__
    assert _scs_direct.sizeof_int() == scs.__sizeof_int__
    assert _scs_direct.sizeof_float() == scs.__sizeof_float__


def test_linear_solver_members():
    assert {member.name: member.value for member in scs.LinearSolver} == {
        "AUTO": "auto",
        "QDLDL": "qdldl",
        "CPU_INDIRECT": "cpu_indirect",
        "MKL": "mkl",
        "ACCELERATE": "accelerate",
        "CPU_DENSE": "cpu_dense",
        "GPU_INDIRECT": "gpu_indirect",
        "CUDSS": "cudss",
    }


def test_the_public_names_are_there():
    for name in scs.__all__:
        assert hasattr(scs, name)


def _raw(data, cone, *, with_p=True, **settings):
    a, p = data["A"], data["P"]
    return _scs_direct.SCS(  # type: ignore[call-arg]
        a.shape,
        a.data,
        a.indices,
        a.indptr,
        *((p.data, p.indices, p.indptr) if with_p else (None, None, None)),
        data["b"],
        data["c"],
        cone,
        **{**makers.TIGHT, **settings},
    )


def test_raw_solver():
    solver = _raw(*makers.qp())
    result = solver.solve(False, None, None, None)
    assert list(result) == ["x", "y", "s", "info"]
    np.testing.assert_allclose(result["x"], makers.QP_X, atol=1e-6)
    assert result["info"]["lin_sys_solver"] == "sparse-direct-amd-qdldl"
    solver.update(np.array([-2.0, 0.3, -0.5]), None)
    assert solver.solve(True, result["x"], None, None)["info"]["status"] == "solved"


def test_raw_solver_takes_long_indices():
    data, cone = makers.qp()
    for key in ("A", "P"):
        data[key].indices = data[key].indices.astype(np.int64)
        data[key].indptr = data[key].indptr.astype(np.int64)
    np.testing.assert_allclose(_raw(data, cone).solve()["x"], makers.QP_X, atol=1e-6)


def test_raw_solver_without_p():
    data, cone = makers.qp()
    solver = _raw(data, cone, with_p=False)
    expected = scs.solve({**data, "P": None}, cone, **makers.TIGHT)
    assert solver.solve()["info"]["status"] == expected["info"]["status"]
    a, p = data["A"], data["P"]
    half = _scs_direct.SCS(
        a.shape, a.data, a.indices, a.indptr, p.data, None, p.indptr,
        data["b"], data["c"], cone, **makers.TIGHT,
    )  # fmt: skip
    assert half.solve()["info"]["status"] == expected["info"]["status"]


@pytest.mark.parametrize("position", range(1, 9))
def test_raw_solver_wants_arrays(position):
    data, cone = makers.qp()
    a, p = data["A"], data["P"]
    arguments = [
        a.shape, a.data, a.indices, a.indptr, p.data, p.indices, p.indptr,
        data["b"], data["c"], cone,
    ]  # fmt: skip
    arguments[position] = [1.0]
    with pytest.raises(TypeError, match="numpy"):
        _scs_direct.SCS(*arguments, **makers.QUIET)


def test_raw_solver_methods_take_positions_only():
    solver = _raw(*makers.qp())
    with pytest.raises(TypeError):
        solver.solve(warm_start=True)
    with pytest.raises(TypeError):
        solver.update(b=None)


def test_raw_solver_is_set_up_once_and_not_derived_from():
    data, cone = makers.qp()
    solver = _raw(data, cone)
    a = data["A"]
    with pytest.raises(RuntimeError, match="Workspace already setup!"):
        solver.__init__(
            a.shape, a.data, a.indices, a.indptr, None, None, None,
            data["b"], data["c"], cone,
        )  # fmt: skip
    with pytest.raises(TypeError, match="not an acceptable base type"):
        type("Mine", (_scs_direct.SCS,), {})


def test_backend_modules():
    assert scs._load_module("_scs_direct") is _scs_direct
    assert scs._select_scs_module(scs.LinearSolver.QDLDL) is _scs_direct
    assert scs._SOLVER_DISPATCH[scs.LinearSolver.QDLDL] == "_scs_direct"
    assert len(scs._SOLVER_DISPATCH) == len(scs.LinearSolver) - 1
    with pytest.raises(ImportError):
        importlib.import_module("scs._scs_nothing")
    with pytest.raises(ImportError):
        scs._load_module("_scs_nothing")


@pytest.mark.parametrize("name", sorted(scs._SOLVER_DISPATCH.values()))
def test_backend_modules_work_or_are_absent(name):
    try:
        module = importlib.import_module(f"scs.{name}")
    except ImportError:
        assert name != "_scs_direct"
        return
    assert module.version() == scs.__version__
    assert isinstance(module.SCS, type)


@pytest.mark.thread_unsafe(reason="replaces names of the package")
def test_auto_is_resolved_through_the_package():
    with patch("scs.sys") as system, patch("scs._load_module") as load:
        system.platform = "darwin"
        assert scs._resolve_auto() is _scs_direct
        load.assert_not_called()
    with patch("scs.sys") as system, patch("scs._load_module") as load:
        system.platform = "linux"
        load.side_effect = ImportError
        assert scs._resolve_auto() is _scs_direct
        load.assert_called_once_with("_scs_mkl")
    with patch("scs.sys") as system, patch("scs._load_module") as load:
        system.platform = "linux"
        assert scs._resolve_auto() is load.return_value
        assert scs._select_scs_module(scs.LinearSolver.AUTO) is load.return_value


@pytest.mark.parametrize("flag", ["use_indirect", "gpu", "mkl", "cudss"])
def test_flags_of_old_that_are_false(flag):
    with pytest.warns(DeprecationWarning, match=flag) as caught:
        solver = scs.SCS(*makers.qp(), **{**makers.QUIET, flag: False})
    assert caught[0].filename == __file__
    assert solver.solve()["info"]["lin_sys_solver"] == "sparse-direct-amd-qdldl"
    assert flag not in solver._settings


@pytest.mark.parametrize(
    ("flags", "member"),
    [
        ({"use_indirect": True}, "CPU_INDIRECT"),
        ({"mkl": True}, "MKL"),
        ({"gpu": True}, "CUDSS"),
        ({"cudss": True}, "CUDSS"),
        ({"gpu": True, "use_indirect": True}, "GPU_INDIRECT"),
        ({"gpu": False, "use_indirect": True}, "CPU_INDIRECT"),
    ],
    ids=str,
)
def test_flags_of_old_mean_what_they_meant(flags, member):
    choice = scs.LinearSolver[member]
    data, cone = makers.qp()

    def outcome(**settings):
        try:
            return scs.solve(data, cone, **settings, **makers.QUIET)["info"][
                "lin_sys_solver"
            ]
        except (ImportError, NotImplementedError) as error:
            return str(error)

    with pytest.warns(DeprecationWarning, match="linear_solver"):
        by_flags = outcome(**flags)
    assert by_flags == outcome(linear_solver=choice)


def test_flags_of_old_that_contradict():
    data, cone = makers.qp()
    with (
        pytest.warns(DeprecationWarning, match="mkl"),
        pytest.raises(NotImplementedError),
    ):
        scs.SCS(data, cone, mkl=True, use_indirect=True)  # type: ignore[call-arg]
    with (
        pytest.warns(DeprecationWarning, match="mkl"),
        pytest.raises(ValueError, match="contradict"),
    ):
        scs.SCS(data, cone, mkl=True, linear_solver="qdldl")  # type: ignore[call-arg]


@pytest.mark.parametrize("make", [scs.SCS, scs.solve])
@pytest.mark.parametrize(
    ("change", "category"),
    [
        (lambda data, cone, settings: cone.update(f=cone.pop("z")), DeprecationWarning),
        (lambda data, cone, settings: settings.update(gpu=False), DeprecationWarning),
        (lambda data, cone, settings: data.update(A=data["A"].tocsr()), UserWarning),
    ],
    ids=["f", "flag", "format"],
)
def test_warnings_point_at_the_caller_of_the_package(make, change, category):
    """Else Python hides the deprecations, and all but one of the others."""
    data, cone = makers.qp()
    settings = dict(makers.QUIET)
    change(data, cone, settings)
    with pytest.warns(category) as caught:
        make(data, cone, **settings)
    assert [one.filename for one in caught] == [__file__]
