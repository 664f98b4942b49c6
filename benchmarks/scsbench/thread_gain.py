# SPDX-License-Identifier: MIT
"""What threads gain: independent solves per second on N threads against one."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scsbench.run import call_worker

MEANING = {
    "tiny": "two rows, one variable",
    "small": "QP, 60 variables, 120 rows",
    "large": "QP, 1000 variables, 2000 rows",
    "psd": "nearest correlation matrix of order 40",
}


def measure(
    pythons: Sequence[str],
    threads: int,
    *,
    rounds: int = 3,
    windows: int = 4,
    seconds: float = 0.4,
    clock: str = "wall",
) -> list[dict[str, Any]]:
    """Let the interpreters take turns, and keep the best rate of each."""
    best: list[dict[str, Any]] = [{} for _ in pythons]
    request = {
        "kinds": list(MEANING),
        "threads": [1, threads],
        "rounds": windows,
        "seconds": seconds,
        "clock": clock,
    }
    for _ in range(rounds):
        for which, python in enumerate(pythons):
            with tempfile.TemporaryDirectory(prefix="scsbench-") as folder:
                report = call_worker(
                    python, "scsbench.thread_worker", request, Path(folder), 600.0
                )
            if "error" in report:
                raise RuntimeError(f"{python}: {report['error']}")
            _keep_best(best[which], report)
    return best


def _keep_best(best: dict[str, Any], report: dict[str, Any]) -> None:
    best["versions"] = report["versions"]
    kinds = best.setdefault("kinds", {})
    for kind, rates in report["kinds"].items():
        kept = kinds.setdefault(kind, dict.fromkeys(rates, 0.0))
        for count, rate in rates.items():
            kept[count] = max(kept[count], rate)


def table(found: Sequence[dict[str, Any]], threads: int) -> str:
    """Return markdown: solves per second on one thread and the factor on several."""
    names = [
        f"scs {one['versions']['scs']}, CPython {one['versions']['python']}"
        + ("" if one["versions"]["gil"] else " without GIL")
        for one in found
    ]
    lines = ["| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
    for kind, meaning in MEANING.items():
        cells = []
        for one in found:
            rates = one["kinds"][kind]
            serial, parallel = rates["1"], rates[str(threads)]
            cells.append(f"{1e6 / serial:.0f} us, x{parallel / serial:.2f}")
        lines.append(f"| {kind}: {meaning} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
