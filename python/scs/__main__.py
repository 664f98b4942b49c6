# SPDX-License-Identifier: MIT
"""Solve stored problems from the command line: ``python -m scs FILE``."""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import scs
from scs import _core, _progress, _read

_MISTAKES = (OSError, ValueError, TypeError, ImportError, NotImplementedError)
_SUCCESS = (scs.SOLVED, scs.INFEASIBLE, scs.UNBOUNDED)
_SETTING = re.compile(r"[A-Za-z_]\w*=")
_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}
_COLUMNS = (
    ("problem", "<"),
    ("rows", ">"),
    ("columns", ">"),
    ("nonzeros", ">"),
    ("status", "<"),
    ("iterations", ">"),
    ("objective", ">"),
    ("primal res", ">"),
    ("dual res", ">"),
    ("gap", ">"),
    ("ms", ">"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``python -m scs``; those of the process by default.

    Returns
    -------
    int
        0 if every problem was solved or certified infeasible or unbounded, 1 if
        not, 2 if the command line or a file was wrong, 130 after an interruption.

    """
    options = _options(arguments)
    try:
        settings = _settings(options)
        paths = _expand(options.problems)
    except (OSError, ValueError) as error:
        return _complain(error)
    rows: list[dict[str, Any]] = []
    code = 0
    settings.setdefault("verbose", len(paths) == 1 and not options.json)
    with _progress.bar(len(paths)) as advance:
        try:
            for path in paths:
                row = _solve(path, settings)
                rows.append(row)
                if options.json:
                    print(json.dumps(_finite(row)), flush=True)
                advance(f"{row['problem']}: {row['status']}")
                if row["status_val"] == scs.SIGINT:
                    raise KeyboardInterrupt
                if row["status_val"] not in _SUCCESS:
                    code = 1
        except KeyboardInterrupt:
            code = 130
        except _MISTAKES as error:
            code = _complain(error)
    if rows and not options.json:
        print(_table(rows))
    return code


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the words; those after --settings that set nothing name problems."""
    parser = _parser()
    options = parser.parse_intermixed_args(arguments)
    words, options.settings = options.settings, []
    for word in words:
        if _SETTING.match(word):
            options.settings.append(word)
        elif Path(word).exists():
            options.problems.append(Path(word))
        else:
            parser.error(f"{word!r} is neither KEY=VALUE nor a file or folder")
    if not options.problems:
        parser.error("which problem? give a file or a folder")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scs",
        description="Solve conic programs from files: "
        + ", ".join(end for end in _read.SUFFIXES if not end.endswith(".gz")),
        epilog="exit status: 0 all solved or certified infeasible or unbounded, "
        "1 some not, 2 wrong usage or file, 130 interrupted",
    )
    parser.add_argument(
        "problems",
        nargs="*",
        type=Path,
        metavar="FILE|FOLDER",
        help="a problem or a folder to search for problems",
    )
    parser.add_argument(
        "--eps",
        type=float,
        metavar="EPS",
        help="tolerance, short for --set eps_abs=EPS --set eps_rel=EPS",
    )
    parser.add_argument(
        "--set",
        "--settings",
        nargs="+",
        action="extend",
        default=[],
        dest="settings",
        metavar="KEY=VALUE",
        help="settings of the solver, one or more, for example --set max_iters=500 "
        "verbose=false; may be repeated, the last one counts",
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print one JSON object per problem and nothing else",
    )
    parser.add_argument(
        "--cmake-dir",
        action=_PrintCMakeDir,
        help="print the folder of scs-config.cmake, for C and C++ programs: "
        "cmake -D scs_DIR=FOLDER",
    )
    parser.add_argument("--version", action="version", version=f"scs {scs.__version__}")
    return parser


class _PrintCMakeDir(argparse.Action):
    """Prints where CMake finds the package, then ends the program."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        for folder in scs.__path__:
            cmake = Path(folder).resolve() / "cmake"
            if (cmake / "scs-config.cmake").exists():
                print(cmake.as_posix())
                parser.exit()
        parser.error("the files for CMake are not installed with this package")


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if options.eps is not None:
        settings |= {"eps_abs": options.eps, "eps_rel": options.eps}
    for word in options.settings:
        key, _, text = word.partition("=")
        settings[key] = _value(key, text)
    return settings


def _value(key: str, text: str) -> bool | int | float | str | None:
    """The Python value that a word of the command line stands for, by its setting."""
    default = _core.DEFAULTS.get(key, "")
    if default is None and text.lower() == "none":
        return None
    if isinstance(default, bool):
        if text.lower() not in _WORDS:
            raise ValueError(f"{key} must be true or false, not {text!r}")
        return _WORDS[text.lower()]
    if isinstance(default, int | float):
        for kind in (int, float):
            try:
                value = kind(text)
            except ValueError:
                continue
            # 1e5 is a number of iterations to those who write it
            whole = isinstance(default, int) and math.isfinite(value) and value % 1 == 0
            return int(value) if whole else value
    return text


def _expand(problems: Sequence[Path]) -> list[Path]:
    """Files as given, folders by the problems in them, sorted."""
    paths: list[Path] = []
    for problem in problems:
        if problem.is_dir():
            found = sorted(p for p in problem.rglob("*") if _read.suffix_of(p))
            if not found:
                raise ValueError(f"{problem}: no problem file in this folder")
            paths += found
        elif problem.exists():
            paths.append(problem)
        else:
            raise FileNotFoundError(f"{problem}: no such file or folder")
    return paths


def _solve(path: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """Solve one stored problem and collect what the table and JSON show."""
    problem = _read.read_data(path)
    data, cone, stored = problem
    a, p = data["A"], data.get("P")
    try:
        info = scs.SCS(data, cone, **{**stored, **settings}).solve().info
    except (ValueError, NotImplementedError) as error:
        raise type(error)(f"{path}: {error}") from error
    return {
        "problem": problem.name,
        "file": str(path),
        "rows": a.shape[0],
        "columns": a.shape[1],
        "nonzeros": a.nnz + (0 if p is None else p.nnz),
        "objective": problem.objective((info.pobj + info.dobj) / 2),
        **info,
    }


def _table(rows: Sequence[dict[str, Any]]) -> str:
    """Summary: one line a problem and, for several, a line of totals."""
    cells = [[name for name, _ in _COLUMNS]]
    for row in rows:
        cells.append(
            [
                str(row["problem"]),
                str(row["rows"]),
                str(row["columns"]),
                str(row["nonzeros"]),
                str(row["status"]),
                str(row["iter"]),
                f"{row['objective']:.8g}",
                f"{row['res_pri']:.1e}",
                f"{row['res_dual']:.1e}",
                f"{row['gap']:.1e}",
                f"{row['setup_time'] + row['solve_time']:.1f}",
            ]
        )
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            f"{cell:{side}{width}}"
            for cell, width, (_, side) in zip(line, widths, _COLUMNS, strict=True)
        ).rstrip()
        for line in cells
    ]
    lines.insert(1, "  ".join("-" * width for width in widths))
    if len(rows) > 1:
        done = sum(row["status_val"] in _SUCCESS for row in rows)
        iterations = sum(max(row["iter"], 0) for row in rows)
        times = (row["setup_time"] + row["solve_time"] for row in rows)
        total = sum(time for time in times if math.isfinite(time))
        lines.append(
            f"{done} of {len(rows)} solved or certified, "
            f"{iterations} iterations, {total / 1000:.3g} s"
        )
    return "\n".join(lines)


def _finite(value: Any) -> Any:
    """JSON has neither NaN nor infinities: null for NaN, a word for infinities."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else str(value)
    return value


def _complain(error: Exception) -> int:
    print(f"scs: {error}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
