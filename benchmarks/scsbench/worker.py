# SPDX-License-Identifier: MIT
"""Solves one problem inside the interpreter under test.

Run as ``python -m scsbench.worker REQUEST``, REQUEST being a JSON file with
``problem`` (path), ``settings``, ``answer`` and ``report`` (paths to write). The
answer is an npz of x, y, s; the report holds times, versions and the solver's
info. Nothing is written to stdout: that belongs to the solver.

What happens once per process (importing, loading a backend's library) is done by
a two-row warm-up before the clock starts.
"""

from __future__ import annotations

import gc
import importlib
import json
import platform
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from scsbench.problems import load

INFO_KEYS = (
    "status",
    "status_val",
    "iter",
    "setup_time",
    "solve_time",
    "lin_sys_time",
    "cone_time",
    "accel_time",
    "scale_updates",
    "lin_sys_solver",
)


def main(arguments: list[str]) -> int:
    """Solve what the request names; the exit status is 0 if a report was written."""
    request = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    report: dict[str, Any] = {}
    try:
        if request.get("problem"):
            report = solve(Path(request["problem"]), request)
        report["versions"] = versions()
    except Exception as error:  # whatever it raises is the result
        report = {"error": f"{type(error).__name__}: {error}"}
    Path(request["report"]).write_text(json.dumps(report), encoding="utf-8")
    return 0


def solve(path: Path, request: dict[str, Any]) -> dict[str, Any]:
    """Load, warm up, construct, solve; returns the report without versions."""
    scs = importlib.import_module("scs")
    problem = load(path)
    data, cone, settings = problem.data(), problem.cone, request["settings"]
    warm_up(scs, cone, settings)
    base = peak_rss_mb()
    gc.collect()
    cpu, start = time.process_time(), time.perf_counter()
    solver = scs.SCS(data, cone, **settings)
    constructed, cpu_constructed = time.perf_counter(), time.process_time()
    answer = solver.solve()
    solved = time.perf_counter()
    cpu_end = time.process_time()
    np.savez(request["answer"], **{key: answer[key] for key in ("x", "y", "s")})
    return {
        "setup_s": constructed - start,
        "solve_s": solved - constructed,
        "cpu_s": cpu_end - cpu,
        "cpu_setup_s": cpu_constructed - cpu,
        "peak_rss_mb": peak_rss_mb(),
        "base_rss_mb": base,
        "threads": status_number("Threads:"),
        "info": {key: plain(answer["info"].get(key)) for key in INFO_KEYS},
    }


def warm_up(scs: Any, cone: dict[str, Any], settings: dict[str, Any]) -> None:
    """Load the backend, and LAPACK if a cone of matrices will want it."""
    chosen = {key: settings[key] for key in ("linear_solver",) if key in settings}
    scs.SCS(*two_row_problem(), verbose=False, **chosen).solve()
    if any(cone.get(key) for key in ("s", "cs", "d", "nuc_m", "sl_n")):
        import scipy.sparse as sp

        data = {
            "A": sp.csc_matrix(-np.eye(3)),
            "b": np.zeros(3),
            "c": np.array([1.0, 0.0, 1.0]),
        }
        scs.SCS(data, {"s": [2]}, verbose=False, max_iters=10, **chosen).solve()


def two_row_problem() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return minimize -x subject to 0 <= x <= 1."""
    import scipy.sparse as sp

    data = {
        "A": sp.csc_matrix(np.array([[1.0], [-1.0]])),
        "b": np.array([1.0, 0.0]),
        "c": np.array([-1.0]),
    }
    return data, {"l": 2}


def versions() -> dict[str, Any]:
    """Describe the interpreter: package versions, implementation, GIL."""
    scipy, scs = (importlib.import_module(name) for name in ("scipy", "scs"))
    gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    return {
        "scs": scs.__version__,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scipy": scipy.__version__,
        "gil": bool(gil),
        "machine": platform.machine(),
        "system": platform.system(),
    }


def peak_rss_mb() -> float | None:
    """Return the largest resident size so far, None where it is not known."""
    # getrusage() would do, but on Linux its peak starts at that of the parent.
    peak_kib = status_number("VmHWM:")
    if peak_kib is not None:
        return peak_kib / 2**10
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes, the others kibibytes.
    return float(peak) / (2**20 if sys.platform == "darwin" else 2**10)


def status_number(name: str) -> int | None:
    """Return a number that Linux knows of this process, None elsewhere."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith(name):
                return int(line.split()[1])
    return None


def plain(value: Any) -> Any:
    """Turn a NumPy scalar into its Python value."""
    return value.item() if isinstance(value, np.generic) else value


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
