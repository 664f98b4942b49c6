# SPDX-License-Identifier: MIT
"""Solves problems in subprocesses of an interpreter and judges the answers."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from scsbench.judge import EPS_INFEAS, FAILED, Tolerances, judge, kind_of_status
from scsbench.pinning import child_environment
from scsbench.problems import FloatArray, load, problem_name
from scsbench.records import Header, Result, Writer, best_of

# A solver is killed when it overruns its own limit by this factor plus these
# seconds, which cover importing, loading and a setup that the limit excludes.
OVERRUN_FACTOR = 2.0
OVERRUN_SECONDS = 60.0


@dataclass
class Task:
    """How to solve: interpreter, tolerance, limit, further settings."""

    python: str
    eps: float = 1e-4
    time_limit: float = 60.0
    settings: dict[str, Any] = field(default_factory=dict)
    core: int | None = None

    def solver_settings(self) -> dict[str, Any]:
        """Return the keywords for ``scs.SCS``."""
        return {
            "verbose": False,
            "eps_abs": self.eps,
            "eps_rel": self.eps,
            "time_limit_secs": self.time_limit,
            **self.settings,
        }

    def tolerances(self) -> Tolerances:
        """Return what the judge holds this task's answers to."""
        eps_infeas = float(self.settings.get("eps_infeas", EPS_INFEAS))
        return Tolerances(eps=self.eps, eps_infeas=eps_infeas)

    def header(self) -> Header:
        """Return the first line of the run's file; asks the interpreter."""
        return Header(
            python=self.python,
            eps=self.eps,
            time_limit=self.time_limit,
            settings=self.settings,
            core=self.core,
            versions=ask_versions(self.python),
            started=datetime.now(UTC).isoformat(timespec="seconds"),
        )


class WorkerError(RuntimeError):
    """The worker ended without a report; the message says how."""


def run_all(
    task: Task,
    paths: Sequence[Path],
    out: Path,
    *,
    repeat: int = 1,
    fresh: bool = False,
) -> None:
    """Solve every problem not yet in ``out`` and append its result there."""
    writer = Writer(out, task.header(), fresh=fresh)
    waiting = [path for path in paths if problem_name(path) not in writer.done]
    if len(waiting) < len(paths):
        print(f"{len(paths) - len(waiting)} of {len(paths)} already in {out}")
    for number, path in enumerate(waiting, start=1):
        result = best_of([solve_one(task, path) for _ in range(repeat)])
        writer.add(result)
        print(f"[{number:3d}/{len(waiting)}] {describe(result)}", flush=True)


def solve_one(task: Task, path: Path) -> Result:
    """Solve one problem in a fresh process of the interpreter and judge it."""
    name = problem_name(path)
    limit = OVERRUN_FACTOR * task.time_limit + OVERRUN_SECONDS
    with tempfile.TemporaryDirectory(prefix="scsbench-") as folder:
        answer_path = Path(folder) / "answer.npz"
        request = {
            "problem": str(path.resolve()),
            "settings": task.solver_settings(),
            "answer": str(answer_path),
        }
        try:
            report = call_worker(
                task.python, "scsbench.worker", request, Path(folder), limit
            )
        except WorkerError as error:
            return Result(name, FAILED, str(error), confirmed=False, reason=str(error))
        if "error" in report:
            reason = str(report["error"])
            return Result(name, FAILED, "error", confirmed=False, reason=reason)
        with np.load(answer_path) as file:
            answer = {key: np.asarray(file[key], np.float64) for key in "xys"}
    return judged(task, path, report, answer)


def judged(
    task: Task, path: Path, report: dict[str, Any], answer: dict[str, FloatArray]
) -> Result:
    """Return what a worker reported of a solve, with the judge's verdict."""
    info = report["info"]
    verdict = judge(
        load(path),
        kind_of_status(int(info["status_val"])),
        answer["x"],
        answer["y"],
        answer["s"],
        task.tolerances(),
    )
    digest = hashlib.sha256()
    for key in "xys":
        digest.update(answer[key].tobytes())
    return Result(
        problem=problem_name(path),
        status=str(info["status"]),
        iterations=info["iter"],
        setup_s=report["setup_s"],
        solve_s=report["solve_s"],
        cpu_s=report["cpu_s"],
        cpu_setup_s=report["cpu_setup_s"],
        info_setup_s=_seconds(info["setup_time"]),
        info_solve_s=_seconds(info["solve_time"]),
        lin_sys_s=_seconds(info["lin_sys_time"]),
        cone_s=_seconds(info["cone_time"]),
        accel_s=_seconds(info["accel_time"]),
        scale_updates=info["scale_updates"],
        backend=str(info["lin_sys_solver"]),
        peak_rss_mb=report["peak_rss_mb"],
        base_rss_mb=report["base_rss_mb"],
        digest=digest.hexdigest()[:16],
        **verdict.as_dict(),
    )


def call_worker(
    python: str, module: str, request: dict[str, Any], folder: Path, limit: float
) -> dict[str, Any]:
    """Run a worker module on a request and return its report.

    Raises ``WorkerError`` when it is killed, crashes or reports nothing.
    """
    report_path = folder / "report.json"
    request_path = folder / "request.json"
    full = {**request, "report": str(report_path)}
    request_path.write_text(json.dumps(full), encoding="utf-8")
    try:
        ended = subprocess.run(
            [python, "-m", module, str(request_path)],
            cwd=folder,
            env=child_environment(),
            timeout=limit,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise WorkerError(f"killed after {limit:.0f} s") from None
    if ended.returncode < 0:
        raise WorkerError(f"crashed by {signal.Signals(-ended.returncode).name}")
    if not report_path.exists():
        tail = ended.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise WorkerError(f"exit status {ended.returncode}: {' '.join(tail)}")
    report: dict[str, Any] = json.loads(report_path.read_text(encoding="utf-8"))
    return report


def ask_versions(python: str) -> dict[str, Any]:
    """Ask an interpreter for its versions; raises ``WorkerError`` if it cannot."""
    with tempfile.TemporaryDirectory(prefix="scsbench-") as folder:
        report = call_worker(python, "scsbench.worker", {}, Path(folder), 120.0)
    if "error" in report:
        raise WorkerError(f"{python}: {report['error']}")
    versions: dict[str, Any] = report["versions"]
    return versions


def describe(result: Result) -> str:
    """Return a result as one line."""
    mark = "ok" if result.confirmed else "NO"
    time = "" if result.wall_s is None else f"{result.wall_s:9.4f} s"
    count = "" if result.iterations is None else str(result.iterations)
    changed = "" if result.identical else " (repeats differ)"
    reason = f" [{result.reason}]" if result.reason else ""
    return (
        f"{mark} {result.problem:36s} {count:>7s} {time:>11s} "
        f"{result.status}{reason}{changed}"
    )


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1e3
