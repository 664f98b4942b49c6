# SPDX-License-Identifier: MIT
"""SDPA's sparse format, ``.dat-s``.

::

    minimize    c_1 x_1 + ... + c_m x_m
    subject to  F_1 x_1 + ... + F_m x_m - F_0  positive semidefinite

with block diagonal symmetric matrices F; a negative block size means a diagonal block.
After comments (lines that begin with ``"`` or ``*``) come m, the number of blocks,
their sizes, c, and the entries of the upper triangles as ``matrix block i j value``,
counted from 1. The format is that of the SDPA User's Manual (Fujisawa, Kojima, Nakata,
Yamashita).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp

from scs._formats._stored import StoredProblem
from scs._formats._text import Entries, Line, Source, svec_length, svec_rows

_PUNCTUATION = re.compile(r"[(){},\s]+")
_NUMBER = re.compile(r"[-+]?(\d|\.\d|nan|inf)", re.IGNORECASE)


def read(path: str | os.PathLike[str]) -> StoredProblem:
    """Read one problem.

    Parameters
    ----------
    path : path-like
        The file; ``.gz`` at the end of its name means that it is compressed.

    Returns
    -------
    StoredProblem
        The variables are SDPA's x; diagonal blocks become rows of ``l``, in order, the
        others ``s``.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        It is not such a file; the text names the line.

    """
    source = Source(path)
    lines = _statements(source)
    count = _header(source, lines, "the number of variables", 1)
    source.believe(0, count, "variables")
    blocks = _header(source, lines, "the number of blocks", 1)
    source.believe(0, blocks, "blocks")
    sizes = _sizes(source, lines, blocks)
    c = _numbers(source, lines, count, "an entry of c")
    layout = _Layout(source, sizes)
    matrices = _entries(source, lines, count, sizes)
    (matrix, block, i, j), values = matrices.columns(4)
    rows = layout.rows(block, i, j)
    values = np.where(layout.scaled[block] & (i != j), np.sqrt(2.0) * values, values)
    fixed = matrix == 0
    b = np.zeros(layout.count)
    b[rows[fixed]] = -values[fixed]
    a = sp.csc_matrix(
        (-values[~fixed], (rows[~fixed], matrix[~fixed] - 1)),
        shape=(layout.count, count),
    )
    return StoredProblem({"A": a, "b": b, "c": np.array(c)}, layout.cone, {})


class _Layout:
    """Where the blocks are among the rows: first the diagonal ones."""

    def __init__(self, source: Source, sizes: list[int]) -> None:
        self._orders = np.abs(np.array(sizes, dtype=np.int64))
        self.scaled = np.array(sizes) > 1
        semidefinite = [size for size in sizes if size > 1]
        lengths = [abs(size) if size <= 1 else 0 for size in sizes]
        linear = sum(lengths)
        self.count = linear + sum(svec_length(semidefinite))
        source.believe(0, self.count, "rows")
        starts, at, psd_at = [], 0, linear
        for size, length in zip(sizes, lengths, strict=True):
            starts.append(psd_at if size > 1 else at)
            at += length
            psd_at += size * (size + 1) // 2 if size > 1 else 0
        self._starts = np.array(starts, dtype=np.int64)
        self.cone: dict[str, int | list[int]] = {}
        if linear:
            self.cone["l"] = linear
        if semidefinite:
            self.cone["s"] = semidefinite

    def rows(
        self,
        block: np.typing.NDArray[np.int64],
        i: np.typing.NDArray[np.int64],
        j: np.typing.NDArray[np.int64],
    ) -> np.typing.NDArray[np.int64]:
        inside = np.where(self.scaled[block], svec_rows(self._orders[block], i, j), i)
        found: np.typing.NDArray[np.int64] = self._starts[block] + inside
        return found


def _statements(source: Source) -> Iterator[Line]:
    begun = False
    for line in source:
        text = line.text.strip()
        if text.upper().startswith("*INTEGER"):
            source.fail(line, "integer variables cannot be had")
        if not text or (not begun and text[0] in '"*'):
            continue
        begun = True
        if text[0] not in '"*':
            yield Line(line.number, text)


def _next(source: Source, lines: Iterator[Line], what: str) -> Line:
    for line in lines:
        return line
    source.fail(len(source.lines), f"the file ends before {what}")


def _words(text: str) -> list[str]:
    return [word for word in _PUNCTUATION.split(text) if word]


def _header(source: Source, lines: Iterator[Line], what: str, low: int) -> int:
    """Read the number at the beginning of a line; what follows it is a comment."""
    line = _next(source, lines, what)
    words = re.split(r"[=(){},\s]+", line.text.lstrip("({ "))
    return source.integer(line, words[0], what, low)


def _list(
    source: Source, lines: Iterator[Line], count: int, what: str
) -> Iterator[tuple[Line, str]]:
    """Yield `count` words, on as many lines as they need; a comment may follow."""
    left = count
    while left:
        line = _next(source, lines, what)
        for word in _words(line.text)[:left]:
            if not _NUMBER.match(word):
                source.fail(line, f"{what} is {word[:40]!r}, must be a number")
            yield line, word
            left -= 1


def _sizes(source: Source, lines: Iterator[Line], count: int) -> list[int]:
    what = "the size of a block"
    sizes = []
    for line, word in _list(source, lines, count, what):
        size = source.integer(line, word.lstrip("+"), what, -(2**31) + 1)
        if size == 0:
            source.fail(line, f"{what} is 0")
        sizes.append(size)
    return sizes


def _numbers(
    source: Source, lines: Iterator[Line], count: int, what: str
) -> list[float]:
    return [
        source.number(line, word, what)
        for line, word in _list(source, lines, count, what)
    ]


def _entries(
    source: Source, lines: Iterator[Line], count: int, sizes: list[int]
) -> Entries:
    entries = Entries(source)
    for line in lines:
        words = _words(line.text)
        if len(words) < 5:
            source.fail(
                line, "an entry is five numbers: matrix, block, row, column, value"
            )
        matrix = source.integer(line, words[0], "the matrix", 0, count)
        block = source.integer(line, words[1], "the block", 1, len(sizes)) - 1
        size = sizes[block]
        i = source.integer(line, words[2], "the row", 1, abs(size)) - 1
        j = source.integer(line, words[3], "the column", 1, abs(size)) - 1
        if size < 0 and i != j:
            source.fail(line, f"block {block + 1} is diagonal, the entry is not")
        value = source.number(line, words[4], "the value")
        entries.add(line, (matrix, block, min(i, j), max(i, j)), value)
    return entries
