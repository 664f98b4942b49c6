# SPDX-License-Identifier: MIT
"""The backends on NVIDIA GPUs; solving is skipped where there is none."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import backend_checks
import makers
import numpy as np
import pytest
import verify

import scs
from scs import _libraries

BACKENDS = [scs.LinearSolver.CUDSS, scs.LinearSolver.GPU_INDIRECT]
NAMES = {
    scs.LinearSolver.CUDSS: "sparse-direct-cuDSS",
    scs.LinearSolver.GPU_INDIRECT: "sparse-indirect GPU",
}
ACCURATE = backend_checks.ACCURATE
# The names that the core looks for.
FILES = [
    "libcudart.so.12",
    "libcudart.so.13",
    "libcusparse.so.12",
    "libcublas.so.12",
    "libcublas.so.13",
    "libcudss.so.1",
]


@pytest.fixture(params=BACKENDS, ids=lambda backend: backend.value)
def backend(request):
    return request.param


@pytest.fixture
def gpu(backend):
    """Skip the test, with what the solver says, unless there is a GPU to use."""
    try:
        scs.SCS(*makers.lp(), linear_solver=backend, verbose=False)
    except scs.BackendUnavailable as error:
        pytest.skip(str(error))
    return backend


@pytest.fixture
def no_gpu(backend):
    try:
        scs.SCS(*makers.lp(), linear_solver=backend, verbose=False)
    except scs.BackendUnavailable as error:
        return str(error)
    pytest.skip("there is a GPU")


# --- where there is no GPU ---


def test_says_what_is_missing(backend, no_gpu):
    assert backend.value in no_gpu
    install, device = "pip install scs[cuda]", "no usable NVIDIA GPU"
    assert (install in no_gpu) != (device in no_gpu)
    with pytest.raises(ImportError, match=re.escape(no_gpu)):
        scs.solve(*makers.lp(), linear_solver=backend.value, verbose=False)


def test_modules_of_earlier_versions_do_not_import(backend, no_gpu):
    with pytest.raises(ImportError, match=re.escape(no_gpu)):
        scs._select_scs_module(backend)


def test_flags_of_earlier_versions_mean_these(backend, no_gpu):
    flags = {"gpu": True, "use_indirect": backend is scs.LinearSolver.GPU_INDIRECT}
    with (
        pytest.warns(DeprecationWarning, match="gpu"),
        pytest.raises(ImportError, match=re.escape(no_gpu)),
    ):
        scs.SCS(*makers.lp(), **{**makers.QUIET, **flags})


@pytest.mark.skipif(sys.platform != "linux", reason="the loader of Linux is misled")
def test_a_missing_library_is_an_import_error(backend, tmp_path):
    """In a process that finds files of the right names which are no libraries."""
    code = f"""
        import makers, scs
        scs._libraries._NEEDED.clear()
        try:
            scs.SCS(*makers.lp(), linear_solver="{backend.value}", verbose=False)
        except scs.BackendUnavailable as error:
            print(error)
        """
    for name in FILES:
        (tmp_path / name).write_text("This is no library, but it is found first.\n")
    path = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": path, "LD_LIBRARY_PATH": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert "pip install scs[cuda]" in done.stdout
    assert f"the linear solver {backend.value} needs NVIDIA's" in done.stdout


def test_the_extra_brings_what_is_loaded():
    text = Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8")
    extra = tomllib.loads(text)["project"]["optional-dependencies"]["cuda"]
    brought = {re.split(r"[^\w-]", requirement)[0] for requirement in extra}
    needed = {
        distribution
        for backend in BACKENDS
        for distribution, _ in _libraries._NEEDED[backend.value]
    }
    assert brought == needed


# --- where there is one ---


@pytest.mark.parametrize("name", backend_checks.PROBLEMS)
def test_agrees_with_direct(gpu, name):
    expected, found = backend_checks.solve_like_direct(name, gpu, NAMES[gpu])
    # Other roundings alone make this half as many again on one of the problems.
    assert found["info"]["iter"] <= 2 * expected["info"]["iter"] + 50


def test_certificates(gpu):
    backend_checks.check_certificates(gpu)


def test_module(gpu):
    module = scs._select_scs_module(gpu)
    assert module is importlib.import_module(module.__name__)
    found = backend_checks.solve_by_module(module)
    assert found["info"]["lin_sys_solver"] == NAMES[gpu]


def test_updates_and_copies(gpu):
    backend_checks.check_updates_and_copies(gpu)


def test_solvers_in_threads(gpu):
    def solve(seed: int) -> np.ndarray:
        data, cone = backend_checks.linear(seed, 30, 10)
        result = scs.solve(data, cone, linear_solver=gpu, **ACCURATE)
        assert result["info"]["status"] == "solved"
        verify.check_solution(data, cone, result, 1e-6)
        return result["x"]

    with ThreadPoolExecutor(4) as pool:
        assert len(list(pool.map(solve, range(20)))) == 20
