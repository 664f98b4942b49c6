# SPDX-License-Identifier: MIT
"""Libraries of other packages: found, or missed with a sentence that helps."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest

from scs import _libraries


def test_what_is_not_there_is_not_loaded():
    assert not _libraries.load_package_library("no-such-package", ["no-such-file.so"])
    assert not _libraries.load_package_library("numpy", ["no-such-file.so"])
    assert not _libraries.load_package_library("numpy", ["__init__.py"])  # no library


def test_solvers_of_our_own_need_nothing():
    before = set(_libraries._prepared)
    for name in ("auto", "qdldl", "cpu_indirect", "cpu_dense"):
        _libraries.prepare(name)
    assert _libraries._prepared == before


def test_a_missing_library_is_an_import_error():
    """In a process that finds neither package nor library."""
    code = """
        import importlib.metadata, sys
        import makers, scs

        def files(distribution):
            raise importlib.metadata.PackageNotFoundError(distribution)

        importlib.metadata.files = files
        sys.prefix = "nowhere"
        try:
            scs.SCS(*makers.lp(), linear_solver="mkl", verbose=False)
        except ImportError as error:
            print(type(error).__name__, error)
        try:
            import scs._scs_mkl
        except ImportError as error:
            print(type(error).__name__, error)
        print(scs._resolve_auto() is scs._scs_direct)
        """
    path = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": path, "LD_LIBRARY_PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    if "BackendUnavailable" not in lines[0]:
        pytest.skip("the system's loader finds MKL by itself")
    assert "pip install scs[mkl]" in lines[0]
    assert lines == [lines[0], lines[0], "True"]
