# SPDX-License-Identifier: MIT
"""Command line of the harness; ``python -m scsbench --help`` lists it."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scsbench import (
    backends,
    condensed,
    overhead,
    part_times,
    plot,
    records,
    thread_gain,
)
from scsbench.arithmetic import clock, pairs
from scsbench.compare import compare
from scsbench.known import Known, read_known
from scsbench.paired import run_paired
from scsbench.pinning import default_core, pin
from scsbench.problems import find
from scsbench.reference import reference_python, resolve
from scsbench.run import Task, WorkerError, ask_versions, run_all


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.call(options))
    except (
        ValueError,
        OSError,
        RuntimeError,
        WorkerError,
        subprocess.CalledProcessError,
    ) as error:
        print(f"scsbench: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="scsbench",
        description="Run, judge and compare scs-importing interpreters.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="solve problems with one interpreter")
    run.add_argument("--python", required=True, help="interpreter, or 'reference'")
    run.add_argument("--out", required=True, type=Path, help="JSON lines to write")
    run.add_argument("--repeat", type=int, default=1, help="solves per problem")
    _add_solving(run)
    run.set_defaults(call=_run)

    paired = commands.add_parser("paired", help="solve turn by turn, then compare")
    paired.add_argument("--python", required=True, nargs=2, metavar=("A", "B"))
    paired.add_argument(
        "--out", required=True, nargs=2, type=Path, metavar=("A.jsonl", "B.jsonl")
    )
    _add_turns(paired)
    _add_solving(paired)
    _add_comparing(paired)
    paired.set_defaults(call=_paired)

    for name, part in part_times.PARTS.items():
        of_part = commands.add_parser(
            name, help=f"{part.name.lower()} per iteration, turn by turn"
        )
        of_part.add_argument("--python", required=True, nargs=2, metavar=("A", "B"))
        of_part.add_argument("--iterations", type=int, default=60, help="of each solve")
        of_part.add_argument("--out", type=Path, help="markdown to write, else printed")
        of_part.add_argument("--clock", choices=part_times.CLOCKS, default="wall")
        _add_turns(of_part)
        _add_problems(of_part)
        of_part.set_defaults(call=_part, part=part, eps=0.0)

    choice = commands.add_parser("backends", help="auto against each backend")
    choice.add_argument("--python", help="interpreter; none: only the table")
    choice.add_argument("--out", required=True, type=Path, help="folder of the runs")
    choice.add_argument(
        "--backend",
        dest="backends",
        action="append",
        choices=backends.BACKENDS,
        help="only this one (repeatable)",
    )
    choice.add_argument("--repeat", type=int, default=3, help="solves per problem")
    choice.add_argument("--repeat-below", type=float, default=5.0, metavar="SECONDS")
    choice.add_argument("--clock", choices=("wall", "cpu", "info"), default="cpu")
    choice.add_argument("--tolerance", type=float, default=1.2)
    choice.add_argument("--brief", action="store_true", help="not every problem")
    _add_solving(choice)
    choice.set_defaults(call=_backends)

    comparison = commands.add_parser("compare", help="compare runs with the first")
    comparison.add_argument("runs", nargs="+", type=Path, metavar="RUN.jsonl")
    _add_comparing(comparison)
    comparison.set_defaults(call=_compare)

    picture = commands.add_parser(
        "plot", help="draw a profile and a bar for each class"
    )
    picture.add_argument(
        "records",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="A.jsonl B.jsonl, perhaps more such pairs; or one .csv from --csv",
    )
    picture.add_argument("--out", required=True, type=Path, help="folder for the SVG")
    picture.add_argument("--csv", type=Path, help="also write the condensed records")
    picture.add_argument("--labels", nargs=2, default=("A", "B"), metavar=("A", "B"))
    picture.add_argument("--clock", choices=("wall", "cpu", "info"), default="cpu")
    picture.add_argument("--time-limit", type=float, default=60.0, metavar="SECONDS")
    picture.set_defaults(call=_plot)

    calls = commands.add_parser("overhead", help="cost per call on a two-row program")
    calls.add_argument("--python", required=True, nargs="+")
    calls.add_argument("--rounds", type=int, default=5)
    calls.add_argument("--calls", type=int, default=2000)
    calls.add_argument("--core", type=int, default=None)
    calls.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    calls.set_defaults(call=_overhead)

    gain = commands.add_parser("threads", help="throughput on several threads")
    gain.add_argument("--python", required=True, nargs="+")
    gain.add_argument("--threads", type=int, default=2)
    gain.add_argument("--rounds", type=int, default=3)
    gain.add_argument("--windows", type=int, default=4, help="in each round")
    gain.add_argument("--seconds", type=float, default=0.4, help="of one window")
    gain.add_argument(
        "--clock", choices=("wall", "run"), default="wall", help="run: with a core only"
    )
    gain.add_argument("--out", type=Path, help="keep the numbers in this .json file")
    gain.add_argument("--draw", type=Path, metavar="FOLDER", help="as SVG pictures")
    gain.set_defaults(call=_threads)

    made = commands.add_parser("generate", help="write a collection of made problems")
    made.add_argument("--out", required=True, type=Path, help="folder of the problems")
    made.add_argument("--seeds", type=int, default=1, help="problems of each size")
    made.add_argument("--first-seed", type=int, default=0)
    made.set_defaults(call=_generate)

    reference = commands.add_parser(
        "reference", help="install the reference and print its interpreter"
    )
    reference.add_argument(
        "--base", default=sys.executable, help="interpreter that makes the environment"
    )
    reference.set_defaults(call=_reference)
    return parser


def _add_turns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repeat", type=int, default=3, help="solves per problem")
    parser.add_argument(
        "--repeat-below",
        type=float,
        default=5.0,
        metavar="SECONDS",
        help="repeat only problems that take less than this",
    )
    parser.add_argument(
        "--set-a", action="append", default=[], metavar="KEY=VALUE", help="for A only"
    )
    parser.add_argument(
        "--set-b", action="append", default=[], metavar="KEY=VALUE", help="for B only"
    )


def _add_solving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--eps", type=float, default=1e-4, help="eps_abs and eps_rel")
    parser.add_argument("--fresh", action="store_true", help="start the files again")
    _add_problems(parser)


def _add_problems(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("problems", nargs="*", help="files or folders of problems")
    parser.add_argument(
        "--class",
        dest="classes",
        action="append",
        default=[],
        help="only problems in a folder of this name (repeatable)",
    )
    parser.add_argument("--time-limit", type=float, default=60.0, metavar="SECONDS")
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    parser.add_argument("--core", type=int, default=None, help="default: the last one")


def _add_comparing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--clock", choices=("wall", "cpu", "info"), default="wall")
    parser.add_argument(
        "--known",
        action="append",
        default=[],
        type=Path,
        metavar="CSV",
        help="known objectives, or another solver's answers (repeatable)",
    )
    parser.add_argument("--objective-tolerance", type=float, default=1e-3)


def _run(options: argparse.Namespace) -> int:
    (task,) = _tasks(options, [options.python], [options.set])
    run_all(
        task,
        find(options.problems, options.classes),
        options.out,
        repeat=options.repeat,
        fresh=options.fresh,
    )
    print(compare([records.read(options.out)]), end="")
    return 0


def _paired(options: argparse.Namespace) -> int:
    tasks = _tasks(options, options.python, _both_settings(options))
    run_paired(
        tasks,
        find(options.problems, options.classes),
        options.out,
        repeat=options.repeat,
        repeat_below=options.repeat_below,
        fresh=options.fresh,
    )
    return _print_comparison(options, options.out)


def _part(options: argparse.Namespace) -> int:
    tasks = [
        part_times.fixed_iterations(task, options.part, options.iterations)
        for task in _tasks(options, options.python, _both_settings(options))
    ]
    rows = part_times.measure(
        tasks,
        find(options.problems, options.classes),
        options.part,
        repeat=options.repeat,
        repeat_below=options.repeat_below,
        clock=options.clock,
        tell=lambda line: print(line, file=sys.stderr, flush=True),
    )
    titles = [part_times.title(task, ask_versions(task.python)) for task in tasks]
    report = part_times.table(rows, titles, options.part)
    if options.out is None:
        print(report, end="")
    else:
        options.out.parent.mkdir(parents=True, exist_ok=True)
        options.out.write_text(report, encoding="utf-8")
    return 0


def _backends(options: argparse.Namespace) -> int:
    if options.python is not None:
        names = options.backends or list(backends.BACKENDS)
        tasks = _tasks(
            options,
            [options.python] * len(names),
            [[*options.set, f"linear_solver={name}"] for name in names],
        )
        backends.run_backends(
            dict(zip(names, tasks, strict=True)),
            find(options.problems, options.classes),
            options.out,
            repeat=options.repeat,
            repeat_below=options.repeat_below,
            fresh=options.fresh,
        )
    rows = backends.read_rows(options.out, options.clock)
    print(backends.table(rows, options.tolerance, not options.brief), end="")
    return 0


def _both_settings(options: argparse.Namespace) -> list[list[str]]:
    return [options.set + options.set_a, options.set + options.set_b]


def _compare(options: argparse.Namespace) -> int:
    return _print_comparison(options, options.runs)


def _print_comparison(options: argparse.Namespace, paths: Sequence[Path]) -> int:
    known: dict[str, Known] = {}
    for path in options.known:
        known.update(read_known(path))
    report = compare(
        [records.read(path) for path in paths],
        time=options.clock,
        known=known,
        objective_tolerance=options.objective_tolerance,
    )
    print(report, end="")
    return 0


def _plot(options: argparse.Namespace) -> int:
    paths = options.records
    if len(paths) == 1:
        lines = condensed.read(paths[0])
    elif len(paths) % 2 == 0:
        runs = [records.read(path) for path in paths]
        lines = [
            line
            for base, other in zip(runs[::2], runs[1::2], strict=True)
            for line in condensed.condense(pairs(base, other), clock(options.clock))
        ]
    else:
        raise ValueError("plot takes pairs of .jsonl files or one .csv file")
    if not lines:
        raise ValueError("no problem in common")
    if options.csv:
        condensed.write(options.csv, lines)
    for path in plot.draw(lines, options.out, options.labels, options.time_limit):
        print(path)
    return 0


def _overhead(options: argparse.Namespace) -> int:
    pythons = [interpreter(python) for python in options.python]
    pin(default_core() if options.core is None else options.core)
    found = overhead.measure(
        pythons,
        parse_settings(options.set),
        rounds=options.rounds,
        calls=options.calls,
    )
    print(overhead.table(found, pythons), end="")
    return 0


def _threads(options: argparse.Namespace) -> int:
    found = thread_gain.measure(
        [interpreter(python) for python in options.python],
        options.threads,
        rounds=options.rounds,
        windows=options.windows,
        seconds=options.seconds,
        clock=options.clock,
    )
    print(thread_gain.table(found, options.threads), end="")
    if options.out:
        thread_gain.write(options.out, found, options.threads)
    if options.draw:
        thread_gain.draw(found, options.threads, options.draw)
    return 0


def _generate(options: argparse.Namespace) -> int:
    from scsbench.families import generate  # SciPy, which nothing else here needs

    written = generate(options.out, options.seeds, options.first_seed)
    print(f"{len(written)} problems in {options.out}")
    return 0


def _reference(options: argparse.Namespace) -> int:
    print(reference_python(options.base))
    return 0


def _tasks(
    options: argparse.Namespace,
    pythons: Sequence[str],
    settings: Sequence[Sequence[str]],
) -> list[Task]:
    """Pin this process and return a task per interpreter."""
    if not options.time_limit > 0.0:
        raise ValueError("--time-limit must be positive: failures are charged with it")
    found = [interpreter(python) for python in pythons]
    core = pin(default_core() if options.core is None else options.core)
    return [
        Task(
            python=python,
            eps=options.eps,
            time_limit=options.time_limit,
            settings=parse_settings(pieces),
            core=core,
        )
        for python, pieces in zip(found, settings, strict=True)
    ]


def interpreter(python: str) -> str:
    """Return an absolute path: workers run in another folder."""
    if python == "reference":
        return resolve(python)
    found = shutil.which(python)
    if found is None:
        raise ValueError(f"no such interpreter: {python}")
    # not resolved further: the link is what makes it a virtual environment
    return os.path.abspath(found)


def parse_settings(pieces: Sequence[str]) -> dict[str, Any]:
    """Turn ``key=value`` texts into settings; values are JSON or else text."""
    settings: dict[str, Any] = {}
    for piece in pieces:
        key, equals, text = piece.partition("=")
        if not equals or not key.isidentifier():
            raise ValueError(f"expected KEY=VALUE, got {piece!r}")
        if key in ("eps_abs", "eps_rel", "time_limit_secs"):
            raise ValueError(f"{key} is set by --eps and --time-limit, the judge's too")
        try:
            # Python writes True where JSON writes true
            settings[key] = json.loads(
                {"True": "true", "False": "false"}.get(text, text)
            )
        except json.JSONDecodeError:
            settings[key] = text
    return settings
