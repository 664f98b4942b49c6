# SPDX-License-Identifier: MIT
"""Pictures of a comparison: a performance profile, and a bar for each class.

The profile (Dolan and More 2002, "Benchmarking optimization software with performance
profiles") shows for each factor the share of the problems that a solver has done within
this factor of the faster one's time. Failures never arrive.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scsbench.arithmetic import Summary, clock, summarise
from scsbench.condensed import Line, Side, as_pairs

Ink = dict[str, str]

# Ink and two lines on paper, by day and by night.
INKS = {
    "light": {
        "text": "#333333",
        "grid": "#d8d8d8",
        "base": "#b8621b",
        "other": "#1b62b8",
    },
    "dark": {
        "text": "#cfd0d0",
        "grid": "#4a4d52",
        "base": "#f0a35e",
        "other": "#6cb2f7",
    },
}
TITLES = {
    "marosmeszaros": "Maros-Meszaros QP",
    "netlib": "netlib LP",
    "netlib_inf": "netlib infeasible LP",
    "cblib_socp": "CBLIB second-order",
    "sdplib": "SDPLIB",
    "cblib_exp": "CBLIB exponential",
    "cblib_pow": "CBLIB power",
}


def profile(lines: Sequence[Line]) -> tuple[list[float], list[float]]:
    """Return for each side the sorted factors to the faster of the two.

    A side has a factor for every problem that it has done; so the k-th of n problems
    that it reaches stands for the share k / n.
    """
    base: list[float] = []
    other: list[float] = []
    for line in lines:
        times = [_done(line.base), _done(line.other)]
        best = min(times)
        if math.isfinite(best):
            for factors, time in zip((base, other), times, strict=True):
                if math.isfinite(time):
                    factors.append(time / best if best > 0.0 else 1.0)
    return sorted(base), sorted(other)


def _done(side: Side) -> float:
    return side.seconds if side.confirmed and side.seconds is not None else math.inf


def by_class(lines: Sequence[Line], limit: float) -> dict[str, Summary]:
    """Return the summary of each class, in the order of appearance, and of all."""
    groups = {line.group: None for line in lines}
    read = clock("wall")
    found = {
        group: summarise(as_pairs([x for x in lines if x.group == group], limit), read)
        for group in groups
    }
    return found | {"all": summarise(as_pairs(lines, limit), read)}


def draw(
    lines: Sequence[Line], folder: Path, labels: tuple[str, str], limit: float
) -> list[Path]:
    """Write ``profile`` and ``classes`` as SVG in both inks; returns the files.

    Raises ImportError without matplotlib. The same lines give the same bytes with the
    same matplotlib.
    """
    return paint(
        folder,
        {
            "profile": lambda axes, ink: _profile(axes, lines, labels, ink),
            "classes": lambda axes, ink: _classes(axes, lines, labels, limit, ink),
        },
    )


def paint(
    folder: Path, pictures: Mapping[str, Callable[[Any, Ink], None]]
) -> list[Path]:
    """Write each picture as SVG in both inks; returns the files.

    Raises ImportError without matplotlib.
    """
    from matplotlib import pyplot, rc_context

    written = []
    folder.mkdir(parents=True, exist_ok=True)
    for name, ink in INKS.items():
        settings: dict[Any, Any] = {
            "svg.hashsalt": "scs",
            "font.size": 10,
            "text.color": ink["text"],
            "axes.labelcolor": ink["text"],
            "axes.edgecolor": ink["grid"],
            "xtick.color": ink["text"],
            "ytick.color": ink["text"],
            "grid.color": ink["grid"],
        }
        with rc_context(settings):
            for picture, put in pictures.items():
                figure, axes = pyplot.subplots(figsize=(7.0, 3.6), layout="constrained")
                for side in ("top", "right"):
                    axes.spines[side].set_visible(False)
                put(axes, ink)
                path = folder / f"{picture}-{name}.svg"
                figure.savefig(path, transparent=True, metadata={"Date": None})
                pyplot.close(figure)
                written.append(path)
    return written


def _profile(
    axes: Any, lines: Sequence[Line], labels: tuple[str, str], ink: Ink
) -> None:
    found = profile(lines)
    edge = 1.2 * max(factor for factors in found for factor in factors)
    for factors, label, color in zip(
        found, labels, (ink["base"], ink["other"]), strict=True
    ):
        shares = [(k + 1) / len(lines) for k in range(len(factors))]
        axes.step(
            [*factors, edge],
            [*shares, shares[-1]],
            where="post",
            label=label,
            color=color,
            linewidth=2,
        )
    axes.set_xscale("log")
    axes.set_xlim(1.0, edge)
    ticks = [one * ten for ten in (1, 10, 100, 1000) for one in (1, 2, 5)]
    axes.set_xticks([tick for tick in ticks if tick < edge], minor=False)
    axes.set_xticks([], minor=True)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.set_ylim(0.0, 1.02)
    axes.set_xlabel("time, as a multiple of the faster solver's")
    axes.set_ylabel(f"share of {len(lines)} problems")
    axes.grid(alpha=0.6)
    axes.legend(loc="lower right", frameon=False)


def _classes(
    axes: Any,
    lines: Sequence[Line],
    labels: tuple[str, str],
    limit: float,
    ink: Ink,
) -> None:
    found = by_class(lines, limit)
    names = list(reversed(found))
    heights = range(len(names))
    for shift, what, color in (
        (0.2, "time", ink["other"]),
        (-0.2, "iterations", ink["grid"]),
    ):
        values = [
            found[n].time_ratio if what == "time" else found[n].iteration_ratio
            for n in names
        ]
        bars = axes.barh(
            [h + shift for h in heights], values, height=0.36, color=color, label=what
        )
        axes.bar_label(bars, fmt="%.2f", padding=3, fontsize=8)
    axes.axvline(1.0, color=ink["base"], linewidth=2)
    axes.set_yticks(
        list(heights), [f"{TITLES.get(n, n)} ({found[n].problems})" for n in names]
    )
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0.0, max(1.15, *(found[n].iteration_ratio * 1.1 for n in names)))
    axes.set_xlabel(f"{labels[1]} relative to {labels[0]} (the line at 1)")
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False)
