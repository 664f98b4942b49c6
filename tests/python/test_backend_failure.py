# SPDX-License-Identifier: MIT
"""A library of NVIDIA's that fails: what is raised before and what during a solve.

The library is the stand-in of the C tests, which can be told which call is to fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import makers
import pytest

import scs

ROOT = Path(__file__).resolve().parents[2]
STAND_IN = ROOT / "tests" / "support" / "fake_cuda"
NAMES = ("cudart.so.12", "cusparse.so.12", "cublas.so.12", "cudss.so.1")
SOURCES = ("fake_memory.c", "fake_libraries.c", "fake_cudss.c")

COMPILER = shutil.which("cc")
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="the loader of Linux is misled"),
    pytest.mark.skipif(
        COMPILER is None or not (ROOT / "scs_source").is_dir(),
        reason="needs a C compiler and the sources",
    ),
    pytest.mark.thread_unsafe(reason="compiles a library"),
]


@pytest.fixture(scope="module")
def libraries(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fake_cuda")
    subprocess.run(
        [
            str(COMPILER), "-std=c11", "-O1", "-fPIC", "-shared", "-pthread",
            f"-I{ROOT}/scs_source/include", f"-I{ROOT}/scs_source/src",
            *(str(STAND_IN / source) for source in SOURCES),
            "-o", str(folder / "libfake_cuda.so"), "-lm",
        ],
        check=True,
        timeout=120,
    )  # fmt: skip
    for name in NAMES:
        (folder / f"lib{name}").symlink_to("libfake_cuda.so")
    return folder


def run(libraries, backend, program):
    """What a process prints in which the stand-in is NVIDIA's libraries."""
    prelude = f"""
        import ctypes, copy, makers, numpy as np, scs

        class Fake(ctypes.Structure):
            _fields_ = [("calls", ctypes.c_long), ("refuse", ctypes.c_long)]

        library = ctypes.CDLL("libcudart.so.12")
        library.fake_cuda_state.restype = ctypes.POINTER(Fake)
        fake = library.fake_cuda_state().contents
        scs._libraries._NEEDED.clear()

        def make():
            data, cone = makers.random_solvable(3, 12, 2, 18, 0, [5])[:2]
            return scs.SCS(data, cone, linear_solver="{backend}", **makers.QUIET)

        def attempt(name, call, later):
            fake.refuse = fake.calls + later
            try:
                found = call()
                print(name, "ended")
            except Exception as error:
                kinds = [kind.__name__ for kind in type(error).__mro__]
                print(name, kinds[0], kinds[2], error)
                return None
            finally:
                fake.refuse = -1
            return found
        """
    path = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(prelude) + textwrap.dedent(program)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PYTHONPATH": path, "LD_LIBRARY_PATH": str(libraries)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("backend", ["gpu_indirect", "cudss"])
def test_failures_at_and_after_construction(libraries, backend):
    lines = run(
        libraries,
        backend,
        """
        attempt("construct", make, 3)
        solver = make()
        attempt("solve", solver.solve, 10)
        result = solver.solve(False)
        print("again", result.info.status)
        attempt("copy", lambda: copy.copy(solver), 3)
        attempt("update", lambda: solver.update(b=np.zeros(solver._solver.m)), 0)
        print("still", solver.solve().info.status)
        del solver
        """,
    )
    said = {line.split()[0]: line for line in lines}
    assert said["construct"].startswith("construct BackendUnavailable ImportError ")
    for name in ("solve", "copy", "update"):
        assert said[name].startswith(f"{name} BackendFailed RuntimeError NVIDIA's ")
        assert "returned the code" in said[name]
    assert said["again"] == "again solved"
    assert said["still"].startswith("still ")


def test_the_kinds_are_told_apart():
    with pytest.raises(scs.Error) as caught:
        scs.SCS(*makers.lp(), linear_solver="accelerate", verbose=False)
    assert isinstance(caught.value, ImportError)
    assert not issubclass(scs.BackendFailed, ImportError)
    assert not issubclass(scs.BackendUnavailable, RuntimeError)
