# SPDX-License-Identifier: MIT
"""Makes the harness importable and offers a stand-in for a solver's interpreter."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

# Knows the optimum of minimize -x, 0 <= x <= 1, and misbehaves as it is told.
STAND_IN = """
import itertools, os, time
import numpy as np

__version__ = "0.0.stand-in"
calls = itertools.count()


class SCS:
    def __init__(self, data, cone, behave="well", **settings):
        if behave == "raise":
            raise NotImplementedError("cone field 'l'")
        if behave == "crash":
            os.abort()
        if behave == "exit":
            raise SystemExit("gone")
        if behave == "hang":
            time.sleep(600)
        self.behave = behave
        self.time_limit = settings.get("time_limit_secs")

    def update(self, b=None, c=None):
        pass

    def solve(self):
        x, y, s = np.array([1.0]), np.array([1.0, 0.0]), np.array([0.0, 1.0])
        if self.behave == "lie":
            x = x + 1.0
        if self.behave == "wander":
            x = x + 1e-9 * (os.getpid() % 1000 + 1)
        print("solvers may print")
        info = {
            "status": "solved", "status_val": 1, "iter": np.int64(25),
            "setup_time": 1.0, "solve_time": 2.0, "lin_sys_time": 0.5,
            "cone_time": 0.25, "accel_time": 0.125, "scale_updates": 0,
            "lin_sys_solver": "none",
        }
        return {"x": x, "y": y, "s": s, "info": info}
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> str:
    """An interpreter whose ``import scs`` finds the stand-in."""
    if sys.platform == "win32":
        pytest.skip("the stand-in interpreter is a shell script")
    folder = tmp_path / "packages"
    folder.mkdir()
    (folder / "scs.py").write_text(STAND_IN)
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\nPYTHONPATH="$PYTHONPATH:{folder}" exec "{sys.executable}" "$@"\n'
    )
    python.chmod(0o755)
    return str(python)


@pytest.fixture
def problem_file(tmp_path: Path) -> Callable[[str], Path]:
    """Writes minimize -x, 0 <= x <= 1 under a given ``class/name``."""

    def write(name: str) -> Path:
        path = tmp_path / "problems" / f"{name}.npz"
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(
            path,
            A_data=np.array([1.0, -1.0]),
            A_indices=np.array([0, 1], dtype=np.int32),
            A_indptr=np.array([0, 2], dtype=np.int32),
            A_shape=np.array([2, 1]),
            b=np.array([1.0, 0.0]),
            c=np.array([-1.0]),
            cone='{"l": 2}',
            offset=3.0,
        )
        return path

    return write


@pytest.fixture(autouse=True)
def restore_affinity() -> Iterator[None]:
    """A run pins its own process: give the cores back."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    yield
    os.sched_setaffinity(0, before)
