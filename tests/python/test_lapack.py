# SPDX-License-Identifier: MIT
"""LAPACK is borrowed from SciPy, by the first problem that needs it and not before."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import scipy.sparse as sp

import scs

# What every script below starts with: the largest eigenvalue t of the tridiagonal
# matrix M with 2 and -1, of order 5, as minimize t subject to t I - M in the complex
# PSD cone, or in the real one, for which this order needs no LAPACK.
PROBLEM = """
import sys
import numpy as np
import scipy.sparse as sp
import scs

options = {"verbose": False, "eps_abs": 1e-9, "eps_rel": 1e-9}
expected = 2 + np.sqrt(3)


def solve(key="cs", n=5):
    M = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
    A = []
    b = []
    for j in range(n):
        for i in range(j, n):
            A.append(-1.0 if i == j else 0.0)
            b.append(-M[i, j] * (1 if i == j else np.sqrt(2)))
            if key == "cs" and i > j:  # the imaginary part
                A.append(0.0)
                b.append(0.0)
    A = sp.csc_matrix(np.array(A)[:, None])
    data = {"A": A, "b": np.array(b), "c": np.ones(1)}
    return scs.solve(data, {key: [n]}, **options)["x"][0]


def refusal():
    try:
        solve()
    except scs.BackendUnavailable as error:
        assert isinstance(error, ImportError)
        print(error)
"""


def in_a_process(test):
    """Mark a test that gains nothing from being run in several threads."""
    return pytest.mark.thread_unsafe(reason="starts processes")(
        pytest.mark.iterations(1)(test)
    )


def run(script):
    """Run a script in a process of its own, where nothing has asked for LAPACK yet."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", PROBLEM + script],
        capture_output=True,
        text=True,
        timeout=120,
        env=environment,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def largest_eigenvalue(matrix):
    """Return it as the optimal value of a semidefinite program."""
    n = len(matrix)
    rows, columns = np.triu_indices(n)  # the lower triangle by columns, transposed
    scale = np.where(rows == columns, 1, np.sqrt(2))
    data = {
        "A": sp.csc_matrix(-np.eye(n)[rows, columns][:, None]),
        "b": -scale * matrix[rows, columns],
        "c": np.ones(1),
    }
    answer = scs.solve(data, {"s": [n]}, verbose=False, eps_abs=1e-9, eps_rel=1e-9)
    assert answer["info"]["status"] == "solved"
    return answer["info"]["pobj"]


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 12, 40, 100, 101])
def test_semidefinite_program(n):
    matrix = np.random.default_rng(n).standard_normal((n, n))
    matrix = matrix + matrix.T
    expected = np.linalg.eigvalsh(matrix)[-1]
    assert largest_eigenvalue(matrix) == pytest.approx(expected, abs=1e-6)


@in_a_process
def test_import_is_light():
    run("""
assert not [name for name in sys.modules if name.startswith("scipy.linalg.cython")]
from scs import _core
scs.solve({"A": sp.csc_matrix([[-1.0]]), "b": -np.ones(1), "c": np.ones(1)},
          {"l": 1}, verbose=False)
for n in (3, 5, 100):
    assert abs(solve("s", n) - 2 - 2 * np.cos(np.pi / (n + 1))) < 1e-6
assert not [name for name in sys.modules if name.startswith("scipy.linalg.cython")]
assert abs(solve() - expected) < 1e-6
assert "scipy.linalg.cython_lapack" in sys.modules
assert "scipy.linalg.cython_blas" in sys.modules
""")


@in_a_process
@pytest.mark.parametrize("problem", ['("s", 101)', '("cs", 5)', '("cs", 65)'], ids=str)
def test_who_needs_it(problem):
    run(f"""
key, n = {problem}
assert abs(solve(key, n) - 2 - 2 * np.cos(np.pi / (n + 1))) < 1e-6
assert "scipy.linalg.cython_lapack" in sys.modules
""")


@in_a_process
def test_small_matrices_need_no_scipy_linear_algebra():
    run("""
sys.modules["scipy.linalg.cython_blas"] = None
assert abs(solve("s") - expected) < 1e-6
refusal()
""")


@in_a_process
def test_scs_alone_imports_no_linear_algebra():
    script = """
import sys, scs
print([name for name in sys.modules if name.startswith("scipy.linalg")])
import scipy.sparse
"""
    base = """
import sys, numpy, scipy.sparse
print([name for name in sys.modules if name.startswith("scipy.linalg")])
"""
    found, allowed = (
        subprocess.run(
            [sys.executable, "-c", text], capture_output=True, text=True, check=True
        ).stdout
        for text in (script, base)
    )
    assert found == allowed


@in_a_process
def test_first_use_from_many_threads():
    run("""
import threading
count = 8
start = threading.Barrier(count)
values = []


def work():
    start.wait()
    values.append(solve())


threads = [threading.Thread(target=work) for _ in range(count)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(values) == count
assert max(abs(value - expected) for value in values) < 1e-6
""")


def test_solves_in_parallel():
    generator = np.random.default_rng(7)
    matrices = [generator.standard_normal((12, 12)) for _ in range(16)]
    matrices = [matrix + matrix.T for matrix in matrices]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(largest_eigenvalue, matrices))
    expected = [np.linalg.eigvalsh(matrix)[-1] for matrix in matrices]
    assert found == pytest.approx(expected, abs=1e-6)


# Modules that stand in for SciPy's.
FAKE = """
import ctypes
import types
import scipy.linalg.cython_blas as blas
import scipy.linalg.cython_lapack as lapack

new = ctypes.pythonapi.PyCapsule_New
new.restype = ctypes.py_object
new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
kept = []


def capsule(signature):
    kept.append(signature.encode())
    return new(1, kept[-1], None)


def install(**changes):
    fake = types.ModuleType("cython_lapack")
    fake.__pyx_capi__ = {
        name: value
        for name, value in (lapack.__pyx_capi__ | changes).items()
        if value is not None
    }
    sys.modules["scipy.linalg.cython_lapack"] = fake


real = lapack.__pyx_capi__["dsytrd"]
text = repr(real).split('"')[1]
"""


@in_a_process
def test_missing_routine():
    output = run(f"""{FAKE}
install(dsytrd=None)
refusal()
sys.modules["scipy.linalg.cython_lapack"] = lapack
assert abs(solve() - expected) < 1e-6  # the failure was not remembered
""")
    assert "offers no dsytrd" in output


@in_a_process
@pytest.mark.parametrize(
    "signature",
    [
        'text.replace("int *", "long *")',
        'text.replace("int *", "blas_int *")',
        'text.replace(", int *)", ")")',
        'text.replace("void", "int")',
        '"void ("',
        '"dsytrd"',
    ],
)
def test_other_arguments(signature):
    output = run(f"""{FAKE}
assert text.count("int *") == 4
install(dsytrd=capsule({signature}))
refusal()
""")
    assert "its dsytrd has other arguments" in output


@in_a_process
@pytest.mark.parametrize("value", ["7", "real.__class__", "new(1, None, None)"])
def test_no_named_capsule(value):
    output = run(f"{FAKE}\ninstall(dsytrd={value})\nrefusal()\n")
    assert "its dsytrd has other arguments: unknown ones" in output


@in_a_process
@pytest.mark.parametrize("module", ["cython_blas", "cython_lapack"])
def test_missing_module(module):
    output = run(f"sys.modules['scipy.linalg.{module}'] = None\nrefusal()\n")
    assert "importing scipy.linalg.cython_blas failed" in output  # the package has both
    assert f"scipy.linalg.{module}" in output


@in_a_process
def test_module_that_exports_nothing():
    output = run("""
import types
sys.modules["scipy.linalg.cython_blas"] = types.ModuleType("cython_blas")
refusal()
""")
    assert "importing scipy.linalg.cython_blas failed" in output
    assert "__pyx_capi__" in output


@in_a_process
def test_other_exceptions_of_the_import_come_out():
    run("""
class Finder:
    def find_spec(self, name, path, target=None):
        if name == "scipy.linalg.cython_blas":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Finder())
try:
    solve()
except KeyboardInterrupt:
    pass
else:
    raise AssertionError
del sys.meta_path[0]
assert abs(solve() - expected) < 1e-6
""")
