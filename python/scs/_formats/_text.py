# SPDX-License-Identifier: MIT
"""Lines of a text format, and complaints that say which line it is."""

from __future__ import annotations

import gzip
import math
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, NoReturn

import numpy as np
from numpy.typing import NDArray

from scs import _core

_LARGEST = 2**31 - 1


class Line(NamedTuple):
    """A line with its number, counted from 1."""

    number: int
    text: str


class Source:
    """The lines of one file, gzip-compressed where its name ends in ``.gz``.

    Parameters
    ----------
    path : path-like
        The file.

    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Read the file."""
        self.path = os.fspath(path)
        content = Path(path).read_bytes()
        if self.path.endswith(".gz"):
            try:
                content = gzip.decompress(content)
            except (OSError, EOFError, zlib.error) as error:
                raise _core.InvalidProblem(f"{self.path}: {error}") from error
        # Other encodings than ASCII occur in comments alone.
        self.lines = content.decode("latin-1").splitlines()
        # Counts in a file are believed up to what its length makes likely: memory in
        # proportion to a number that somebody has typed is no service to anybody.
        self._limit = min(10_000_000 + 100 * len(content), _LARGEST)

    def __iter__(self) -> Iterator[Line]:
        """Lines in order."""
        for number, text in enumerate(self.lines, 1):
            yield Line(number, text)

    def fail(self, line: Line | int, message: str) -> NoReturn:
        """Raise ``InvalidProblem`` that names the file and the line.

        Parameters
        ----------
        line : Line or int
            Where; 0 is the file as a whole.
        message : str
            What is wrong there.

        """
        number = line.number if isinstance(line, Line) else line
        place = f"{self.path}:{number}" if number else self.path
        raise _core.InvalidProblem(f"{place}: {message}")

    def integer(
        self, line: Line, word: str, what: str, low: int, high: int = _LARGEST
    ) -> int:
        """Convert a word, which must be an integer in [low, high]."""
        try:
            value = int(word)
        except ValueError:
            self.fail(line, f"{what} is {word[:40]!r}, must be an integer")
        if value < low:
            self.fail(line, f"{what} is {value}, must be at least {low}")
        if value > high:
            self.fail(line, f"{what} is {value}, must be at most {high}")
        return value

    def number(self, line: Line, word: str, what: str) -> float:
        """Convert a word, which must be a finite number."""
        try:
            value = float(word)
        except ValueError:
            try:  # the exponent letter of Fortran
                value = float(word.upper().replace("D", "E"))
            except ValueError:
                self.fail(line, f"{what} is {word[:40]!r}, must be a number")
        if not math.isfinite(value):
            self.fail(line, f"{what} is {word[:40]}, must be finite")
        return value

    def believe(self, line: Line | int, count: int, what: str) -> None:
        """Refuse a count of rows or variables that this file cannot mean."""
        if count > self._limit:
            self.fail(line, f"{count} {what} are more than a file of this length has")


class Entries:
    """Entries of a sparse array, collected one by one, none of them twice.

    Parameters
    ----------
    source : Source
        For complaints.

    """

    def __init__(self, source: Source) -> None:
        """Start without entries."""
        self._source = source
        self._seen: dict[tuple[int, ...], int] = {}
        self.values: list[float] = []

    def add(self, line: Line, place: tuple[int, ...], value: float) -> None:
        """Note one entry; its line is wrong if there has been one in that place."""
        first = self._seen.setdefault(place, line.number)
        if first != line.number:
            self._source.fail(line, f"the same entry as in line {first}")
        self.values.append(value)

    def columns(
        self, count: int
    ) -> tuple[list[NDArray[np.int64]], NDArray[np.float64]]:
        """Return the `count` indices of all entries, and their values."""
        places = np.array(list(self._seen), dtype=np.int64).reshape(-1, count)
        return list(places.T), np.array(self.values, dtype=np.float64)


def svec_rows(
    order: NDArray[np.int64], row: NDArray[np.int64], column: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Rows of the entries (row, column) of symmetric matrices in our PSD cone.

    Parameters
    ----------
    order, row, column : ndarray of int, same shape
        Orders of the matrices, and places in either triangle, from 0.

    Returns
    -------
    ndarray of int
        Places in the lower triangle, column by column.

    """
    i, j = np.maximum(row, column), np.minimum(row, column)
    rows: NDArray[np.int64] = j * order - j * (j - 1) // 2 + (i - j)
    return rows


def svec_length(orders: Iterable[int]) -> list[int]:
    """Rows of PSD cones of these orders."""
    return [order * (order + 1) // 2 for order in orders]
