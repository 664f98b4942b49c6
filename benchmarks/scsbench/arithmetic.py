# SPDX-License-Identifier: MIT
"""The arithmetic of a comparison: penalties, shifted geometric means, ratios.

A problem counts as done when its answer was confirmed. A run that failed on it is
charged the time limit, and as many iterations as the longest of the compared runs
took there (its own included), so that giving up early never looks fast.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from scsbench.records import Result, Run

TIME_SHIFT_S = 0.010
ITERATION_SHIFT = 10.0


@dataclass(frozen=True)
class Pair:
    """Two runs' results on the same problem, and what a failure costs each."""

    base: Result
    other: Result
    base_limit: float
    other_limit: float


@dataclass(frozen=True)
class Summary:
    """One line of the table; ratios are other / base, NaN where undefined."""

    problems: int
    confirmed: tuple[int, int]
    time: tuple[float, float]
    total_time: tuple[float, float]
    iterations: tuple[float, float]
    time_ratio: float
    iteration_ratio: float
    both_time_ratio: float
    both_iteration_ratio: float
    lin_sys_ratio: float


def shifted_geometric_mean(values: Iterable[float], shift: float) -> float:
    """Return exp(mean(log(v + shift))) - shift; NaN for no values."""
    logs = [math.log(value + shift) for value in values]
    return math.exp(math.fsum(logs) / len(logs)) - shift if logs else math.nan


def pairs(base: Run, other: Run) -> list[Pair]:
    """Return the problems that both runs attempted, in the base's order."""
    limits = base.header.time_limit, other.header.time_limit
    return [
        Pair(result, other.results[name], *limits)
        for name, result in base.results.items()
        if name in other.results
    ]


def clock(name: str) -> Callable[[Result], float | None]:
    """Return what reads a result's total time: ``wall``, ``cpu`` or ``info``."""
    readers: dict[str, Callable[[Result], float | None]] = {
        "wall": lambda result: result.wall_s,
        "cpu": lambda result: result.cpu_s,
        "info": _info_time,
    }
    return readers[name]


def setup_clock(name: str) -> Callable[[Result], float | None]:
    """Return what reads the part of the constructor in that time."""
    readers: dict[str, Callable[[Result], float | None]] = {
        "wall": lambda result: result.setup_s,
        "cpu": lambda result: result.cpu_setup_s,
        "info": lambda result: result.info_setup_s,
    }
    return readers[name]


def _info_time(result: Result) -> float | None:
    if result.info_setup_s is None or result.info_solve_s is None:
        return None
    return result.info_setup_s + result.info_solve_s


def penalised_time(result: Result, limit: float, time: float | None) -> float:
    """Return the time of a confirmed result, the limit for any other."""
    return time if result.confirmed and time is not None else limit


def penalised_iterations(pair: Pair) -> tuple[float, float] | None:
    """Return both counts after the penalty, None where neither has any."""
    counts = [r.iterations for r in (pair.base, pair.other) if r.iterations is not None]
    if not counts:
        return None
    worst = max(counts)
    base, other = (
        float(r.iterations)
        if r.confirmed and r.iterations is not None
        else float(worst)
        for r in (pair.base, pair.other)
    )
    return base, other


def summarise(found: Sequence[Pair], read: Callable[[Result], float | None]) -> Summary:
    """Compare the two sides of the given problems by the given clock."""
    times = [
        (
            penalised_time(pair.base, pair.base_limit, read(pair.base)),
            penalised_time(pair.other, pair.other_limit, read(pair.other)),
        )
        for pair in found
    ]
    counts = [count for count in map(penalised_iterations, found) if count is not None]
    done = [pair.base.confirmed and pair.other.confirmed for pair in found]
    both_times = [time for time, both in zip(times, done, strict=True) if both]
    both_counts = [
        count
        for pair, both in zip(found, done, strict=True)
        if both and (count := penalised_iterations(pair)) is not None
    ]
    time, iterations = _means(times, TIME_SHIFT_S), _means(counts, ITERATION_SHIFT)
    return Summary(
        problems=len(found),
        confirmed=(
            sum(pair.base.confirmed for pair in found),
            sum(pair.other.confirmed for pair in found),
        ),
        time=time,
        total_time=(
            math.fsum(base for base, _ in times),
            math.fsum(other for _, other in times),
        ),
        iterations=iterations,
        time_ratio=_ratio(time),
        iteration_ratio=_ratio(iterations),
        both_time_ratio=_ratio(_means(both_times, TIME_SHIFT_S)),
        both_iteration_ratio=_ratio(_means(both_counts, ITERATION_SHIFT)),
        lin_sys_ratio=lin_sys_ratio(found),
    )


def lin_sys_ratio(found: Sequence[Pair]) -> float:
    """Return the geometric mean ratio of linear-system time per iteration."""
    logs = []
    for pair in found:
        base, other = _per_iteration(pair.base), _per_iteration(pair.other)
        if base is not None and other is not None:
            logs.append(math.log(other / base))
    return math.exp(math.fsum(logs) / len(logs)) if logs else math.nan


def _per_iteration(result: Result) -> float | None:
    if not result.iterations or result.iterations < 0 or not result.lin_sys_s:
        return None
    return result.lin_sys_s / result.iterations


def _means(values: Sequence[tuple[float, float]], shift: float) -> tuple[float, float]:
    return (
        shifted_geometric_mean((base for base, _ in values), shift),
        shifted_geometric_mean((other for _, other in values), shift),
    )


def _ratio(means: tuple[float, float]) -> float:
    base, other = means
    return other / base if base > 0.0 else math.nan
