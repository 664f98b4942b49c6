# SPDX-License-Identifier: MIT
"""MKL's PARDISO as the linear solver; skipped where it is not to be had."""

from __future__ import annotations

import copy
import importlib
import os
import pickle
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import backend_checks
import makers
import numpy as np
import pytest
import verify
from scipy import sparse

import scs
from scs import _libraries

NAME = "sparse-direct-mkl-pardiso"
ACCURATE = backend_checks.ACCURATE


@pytest.fixture(scope="module", autouse=True)
def _mkl():
    try:
        scs.SCS(*makers.lp(), linear_solver="mkl", verbose=False)
    except scs.BackendUnavailable as error:
        pytest.skip(str(error))


def run(code: str, **environment: str) -> list[str]:
    """Run code in a process of its own and return what it printed, by lines."""
    tests = os.path.dirname(__file__)
    path = os.pathsep.join([tests, os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": path, **environment},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", backend_checks.PROBLEMS)
def test_agrees_with_direct(name):
    expected, found = backend_checks.solve_like_direct(name, "mkl", NAME)
    if name != "lp, wide":  # which has many solutions
        np.testing.assert_allclose(found["x"], expected["x"], atol=1e-4)
    assert found["info"]["iter"] <= 1.1 * expected["info"]["iter"] + 50


def test_certificates():
    backend_checks.check_certificates("mkl")


def test_member_and_module():
    by_member = scs.solve(
        *backend_checks.linear(6, 30, 10),
        linear_solver=scs.LinearSolver.MKL,
        **makers.QUIET,
    )
    module = importlib.import_module("scs._scs_mkl")
    by_module = backend_checks.solve_by_module(module)
    assert by_member["info"]["lin_sys_solver"] == NAME
    assert by_module["info"]["lin_sys_solver"] == NAME
    np.testing.assert_array_equal(by_member["x"], by_module["x"])
    assert scs._load_module("_scs_mkl") is module
    assert scs._select_scs_module(scs.LinearSolver.MKL) is module


def test_updates():
    backend_checks.check_updates_and_copies("mkl")


def test_copies_and_pickles():
    data, cone = backend_checks.quadratic(7, 40, 15)
    solver = scs.SCS(data, cone, linear_solver="mkl", **ACCURATE)
    for twin in (copy.copy(solver), pickle.loads(pickle.dumps(solver))):
        result = twin.solve(warm_start=False)
        assert result["info"]["lin_sys_solver"] == NAME
        verify.check_solution(data, cone, result, 1e-6)
    del solver
    assert twin.solve()["info"]["status"] == "solved"


def test_a_pickle_brings_mkl_with_it(tmp_path):
    """The process that reads it has not asked for MKL before."""
    path = tmp_path / "solver"
    solver = scs.SCS(*makers.lp(), linear_solver="mkl", verbose=False)
    path.write_bytes(pickle.dumps(solver))
    code = f"""
        import pickle
        with open({str(path)!r}, "rb") as stream:
            print(pickle.load(stream).solve()["info"]["lin_sys_solver"])
        """
    assert run(code) == [NAME]


def test_independent_solvers_in_threads():
    problems = [backend_checks.quadratic(seed, 60, 20) for seed in range(8)]

    def solve(problem):
        solver = scs.SCS(*problem, linear_solver="mkl", **ACCURATE)
        solver.solve()
        solver.update(b=problem[0]["b"] + 0.1)
        return solver.solve()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(solve, problems))
    for (data, cone), result in zip(problems, found, strict=True):
        assert result["info"]["status"] == "solved"
        verify.check_solution({**data, "b": data["b"] + 0.1}, cone, result, 1e-6)


def test_repeats_to_the_bit_with_one_thread():
    """As the documentation promises."""
    code = """
        import hashlib
        import backend_checks, scs
        data, cone = backend_checks.quadratic(9, 300, 120)
        results = [
            scs.solve(data, cone, linear_solver="mkl", verbose=False) for _ in range(2)
        ]
        for result in results:
            print(hashlib.sha256(result["x"].tobytes()).hexdigest())
        """
    first = run(code, MKL_NUM_THREADS="1")
    assert len(first) == 2
    assert first[0] == first[1]
    assert run(code, MKL_NUM_THREADS="1") == first


def test_libraries_of_the_environment_that_no_package_records():
    """As conda installs them; pip puts them into the same folder."""
    if not any(Path(sys.prefix, "lib").glob("libmkl_rt.so.*")):
        pytest.skip("no MKL in the environment's own folder")
    assert _libraries.load_package_library("no-such-package", ["libmkl_rt.so.*"])


def test_prints_nothing(capfd):
    scs.solve(*makers.lp(), linear_solver="mkl", verbose=False)
    captured = capfd.readouterr()
    assert captured.out == captured.err == ""


def test_refuses_indefinite_p():
    data, cone = backend_checks.quadratic(7, 40, 15)
    corner = sparse.csc_matrix(([1e3], ([0], [14])), shape=(15, 15))
    data = {**data, "P": sparse.csc_matrix(data["P"] + corner)}
    for name in ("qdldl", "mkl"):
        with pytest.raises(scs.NumericalError, match="P is not positive semidefinite"):
            scs.SCS(data, cone, linear_solver=name, verbose=False)


def test_the_flag_of_version_3_2():
    with pytest.warns(DeprecationWarning, match="mkl"):
        solver = scs.SCS(*makers.lp(), mkl=True, verbose=False)  # type: ignore[call-arg]
    assert solver.solve()["info"]["lin_sys_solver"] == NAME


def test_importing_scs_loads_no_library():
    code = """
        import scs
        with open("/proc/self/maps") as maps:
            print("libmkl" in maps.read())
        scs.solve(*__import__("makers").lp(), verbose=False)
        with open("/proc/self/maps") as maps:
            print("libmkl" in maps.read())
        """
    if not os.path.exists("/proc/self/maps"):
        pytest.skip("no /proc/self/maps to look at")
    assert run(code) == ["False", "False"]
