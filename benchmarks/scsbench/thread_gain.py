# SPDX-License-Identifier: MIT
"""What threads gain: independent solves per second on N threads against one."""

from __future__ import annotations

import json
import tempfile
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scsbench import plot
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


def write(path: Path, found: Sequence[dict[str, Any]], threads: int) -> None:
    """Keep what was measured."""
    kept = {"threads": threads, "found": list(found)}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> tuple[list[dict[str, Any]], int]:
    """Return what `write` was given."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    return kept["found"], kept["threads"]


def _name(one: dict[str, Any]) -> str:
    versions = one["versions"]
    name = f"scs {versions['scs']}, CPython {versions['python']}"
    return name if versions["gil"] else name + " without GIL"


def table(found: Sequence[dict[str, Any]], threads: int) -> str:
    """Return markdown: solves per second on one thread and the factor on several."""
    names = [_name(one) for one in found]
    lines = ["| | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
    for kind, meaning in MEANING.items():
        cells = []
        for one in found:
            rates = one["kinds"][kind]
            serial, parallel = rates["1"], rates[str(threads)]
            cells.append(f"{1e6 / serial:.0f} us, x{parallel / serial:.2f}")
        lines.append(f"| {kind}: {meaning} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def draw(found: Sequence[dict[str, Any]], threads: int, folder: Path) -> list[Path]:
    """Write ``threads`` as SVG, the factors as bars; returns the files.

    Raises ImportError without matplotlib.
    """
    return plot.paint(
        folder, {"threads": lambda axes, ink: _bars(axes, found, threads, ink)}
    )


def _bars(
    axes: Any, found: Sequence[dict[str, Any]], threads: int, ink: plot.Ink
) -> None:
    colors = ["other", "text", "base"]
    width = 0.8 / len(found)
    for which, one in enumerate(found):
        factors = [
            one["kinds"][kind][str(threads)] / one["kinds"][kind]["1"]
            for kind in MEANING
        ]
        left = [place - 0.4 + width * (which + 0.5) for place in range(len(MEANING))]
        color = ink[colors[which % len(colors)]]
        bars = axes.bar(left, factors, width=0.9 * width, color=color, label=_name(one))
        axes.bar_label(bars, fmt="%.2f", padding=2, fontsize=8)
    axes.axhline(threads, color=ink["grid"], linewidth=2, zorder=0)
    axes.set_xticks(
        range(len(MEANING)), [textwrap.fill(text, 18) for text in MEANING.values()]
    )
    axes.tick_params(axis="x", length=0)
    axes.set_ylim(0.0, 1.15 * threads)
    axes.set_ylabel(f"solves a second on {threads} threads,\nrelative to one")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=1, frameon=False)
