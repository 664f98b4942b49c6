# SPDX-License-Identifier: MIT
"""Runs on disk: one JSON object per line, a header line first.

The header (``"record": "run"``) says which interpreter ran with which settings;
every other line (``"record": "result"``) is one problem. Times are in seconds.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any


@dataclass
class Header:
    """What a run was asked to do, and by what."""

    python: str
    eps: float
    time_limit: float
    settings: dict[str, Any] = field(default_factory=dict)
    core: int | None = None
    versions: dict[str, Any] = field(default_factory=dict)
    started: str = ""

    def same_task(self, other: Header) -> bool:
        """Tell whether results of both may stand in one file."""
        mine = (self.python, self.eps, self.time_limit, self.settings, self.versions)
        theirs = (
            other.python,
            other.eps,
            other.time_limit,
            other.settings,
            other.versions,
        )
        return mine == theirs


@dataclass
class Result:
    """One problem solved (or not); None where a value does not exist.

    ``setup_s`` and ``solve_s`` are wall clock around the constructor and around
    ``solve``; ``cpu_s`` is the process time of both together and ``cpu_setup_s``
    that of the constructor. The ``info_*`` times are the solver's own.
    """

    problem: str
    kind: str
    status: str
    confirmed: bool
    reason: str = ""
    iterations: int | None = None
    setup_s: float | None = None
    solve_s: float | None = None
    cpu_s: float | None = None
    cpu_setup_s: float | None = None
    info_setup_s: float | None = None
    info_solve_s: float | None = None
    lin_sys_s: float | None = None
    cone_s: float | None = None
    accel_s: float | None = None
    scale_updates: int | None = None
    backend: str = ""
    objective: float | None = None
    rel_pri: float | None = None
    rel_dual: float | None = None
    rel_gap: float | None = None
    rel_dist_s: float | None = None
    rel_dist_y: float | None = None
    certificate: float | None = None
    peak_rss_mb: float | None = None
    base_rss_mb: float | None = None
    digest: str = ""
    repeats: int = 1
    identical: bool = True

    @property
    def wall_s(self) -> float | None:
        """Constructor plus solve, or None if either never ended."""
        if self.setup_s is None or self.solve_s is None:
            return None
        return self.setup_s + self.solve_s


@dataclass
class Run:
    """A whole file; ``results`` are keyed by problem, in file order."""

    header: Header
    results: dict[str, Result]
    path: str = ""


TIMES = (
    "setup_s",
    "solve_s",
    "cpu_s",
    "cpu_setup_s",
    "info_setup_s",
    "info_solve_s",
    "lin_sys_s",
    "cone_s",
    "accel_s",
)


def best_of(repeats: list[Result]) -> Result:
    """Merge repeated solves of one problem: least times, and whether all agree.

    Every time is the least of its kind, because whatever disturbs only adds. A
    repeat that was not confirmed stands for all, so that an unreliable answer
    cannot hide behind a lucky one.
    """
    failed = [result for result in repeats if not result.confirmed]
    counted = failed[:1] or repeats
    merged = replace(counted[0])
    for name in TIMES:
        times = [getattr(result, name) for result in counted]
        known = [time for time in times if time is not None]
        setattr(merged, name, min(known, default=None))
    merged.repeats = len(repeats)
    merged.identical = len({(r.digest, r.iterations) for r in repeats}) == 1
    return merged


def read(path: Path) -> Run:
    """Read a file; a torn last line (a run that was cut) is left out.

    Raises ``ValueError`` when the file is not a run.
    """
    header: Header | None = None
    results: dict[str, Result] = {}
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
        except json.JSONDecodeError:
            if number == len(lines) and not line.endswith("\n"):
                break
            raise ValueError(f"{path}:{number}: not JSON") from None
        kind = entry.pop("record", None)
        if kind == "run":
            header = Header(**_known(Header, entry))
        elif kind == "result":
            result = Result(**_known(Result, entry))
            results[result.problem] = result
        else:
            raise ValueError(f"{path}:{number}: unknown record {kind!r}")
    if header is None:
        raise ValueError(f"{path}: no header line")
    return Run(header, results, str(path))


class Writer:
    """Appends to a run's file, continuing one that holds the same task."""

    def __init__(self, path: Path, header: Header, *, fresh: bool = False) -> None:
        """Open ``path``; ``ValueError`` if it holds another task (unless fresh)."""
        self._path = path
        self.done: dict[str, Result] = {}
        if path.exists() and path.stat().st_size > 0 and not fresh:
            old = read(path)
            if not old.header.same_task(header):
                raise ValueError(
                    f"{path} holds a run of another interpreter or other settings"
                )
            self.done = old.results
            header = old.header
        path.parent.mkdir(parents=True, exist_ok=True)
        # Rewriting drops a torn last line, which appending would make permanent.
        lines = [_line("run", asdict(header))]
        lines += [_line("result", asdict(result)) for result in self.done.values()]
        temporary = path.with_name(path.name + ".new")
        temporary.write_text("".join(lines), encoding="utf-8")
        temporary.replace(path)

    def add(self, result: Result) -> None:
        """Append one result; it is on disk when this returns."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(_line("result", asdict(result)))
        self.done[result.problem] = result


def _known(kind: type[Header] | type[Result], entry: dict[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {key: value for key, value in entry.items() if key in names}


def _line(record: str, entry: dict[str, Any]) -> str:
    finite = {key: _finite(value) for key, value in entry.items()}
    return json.dumps({"record": record, **finite}, allow_nan=False) + "\n"


def _finite(value: Any) -> Any:
    """JSON has no NaN and no infinity; both become null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
