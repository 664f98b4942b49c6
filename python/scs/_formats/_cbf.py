# SPDX-License-Identifier: MIT
"""The Conic Benchmark Format, ``.cbf``, versions 1 to 3, continuous variables.

The description is Friberg, "CBLIB 2014: a benchmark library for conic mixed-integer and
continuous optimization" (Math. Prog. Comp. 8, 2016) and, for exponential and power
cones, the format reference of version 3. A problem there is an objective and affine
expressions, each in a cone or a matrix that is positive semidefinite, of scalar
variables, which are in cones too, and of positive semidefinite matrix variables.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from scs._formats._cbf_cones import CONES, Block, Parameters, assemble
from scs._formats._stored import StoredProblem
from scs._formats._text import Entries, Line, Source, svec_length, svec_rows

_NEWEST = 3
_Index = NDArray[np.int64]


def read(path: str | os.PathLike[str]) -> StoredProblem:
    """Read one problem.

    Parameters
    ----------
    path : path-like
        The file; ``.gz`` at the end of its name means that it is compressed.

    Returns
    -------
    StoredProblem
        The variables are the scalar ones, then of each matrix variable the lower
        triangle column by column, off-diagonal entries times sqrt 2.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        It is not such a file, or has integer variables or a power cone of more than
        three rows; the text names the line.

    """
    return _Reader(Source(path)).read()


@dataclass
class _Model:
    """What the sections say."""

    version: int = 0
    maximize: bool | None = None
    offset: float = 0.0
    variables: int | None = None
    rows: int | None = None
    variable_cones: list[Block] = field(default_factory=list)
    row_cones: list[Block] = field(default_factory=list)
    matrix_variables: list[int] = field(default_factory=list)
    matrix_rows: list[int] = field(default_factory=list)
    powers: Parameters = field(default_factory=list)
    dual_powers: Parameters = field(default_factory=list)
    entries: dict[str, Entries] = field(default_factory=dict)


# Of the sections with coordinates: what each index counts. The last two of four or
# more are a place in a symmetric matrix.
_COORDINATES = {
    "OBJACOORD": ("variable",),
    "OBJFCOORD": ("matrix variable", "row", "column"),
    "ACOORD": ("constraint", "variable"),
    "FCOORD": ("constraint", "matrix variable", "row", "column"),
    "BCOORD": ("constraint",),
    "HCOORD": ("matrix constraint", "variable", "row", "column"),
    "DCOORD": ("matrix constraint", "row", "column"),
}


class _Reader:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._model = _Model()
        self._line = Line(0, "")
        self._lines = self._statements()
        self._sections: dict[str, Callable[[], None]] = {
            "VER": self._version,
            "OBJSENSE": self._sense,
            "POWCONES": lambda: self._powers(self._model.powers),
            "POW*CONES": lambda: self._powers(self._model.dual_powers),
            "VAR": self._variables,
            "CON": self._constraints,
            "PSDVAR": lambda: self._orders(self._model.matrix_variables),
            "PSDCON": lambda: self._orders(self._model.matrix_rows),
            "OBJBCOORD": self._constant,
            **dict.fromkeys(_COORDINATES, self._coordinates),
        }

    def read(self) -> StoredProblem:
        seen: dict[str, int] = {}
        for line in self._lines:
            self._line = line
            name = line.text
            if name == "INT":
                self._source.fail(line, "integer variables cannot be had")
            if name not in self._sections:
                self._source.fail(line, f"unknown section {name[:40]!r}")
            if name in seen:
                self._source.fail(line, f"{name} stands in line {seen[name]} already")
            if name != "VER" and "VER" not in seen:
                self._source.fail(line, "the file must begin with VER")
            seen[name] = line.number
            self._section = name
            self._sections[name]()
        for name in ("VER", "OBJSENSE"):
            if name not in seen:
                self._source.fail(0, f"section {name} is missing")
        return _Builder(self._source, self._model).build()

    def _statements(self) -> Iterator[Line]:
        for line in self._source:
            text = line.text.strip()
            if text and not text.startswith("#"):
                yield Line(line.number, text)

    def _words(self, count: int) -> list[str]:
        """Split the next line, which must have `count` words."""
        section = self._section
        for line in self._lines:
            self._line = line
            words = line.text.split()
            if len(words) != count:
                self._source.fail(
                    line, f"{section}: {count} words expected, {len(words)} found"
                )
            return words
        self._source.fail(len(self._source.lines), f"the file ends within {section}")

    def _integer(
        self, word: str, what: str, low: int = 0, high: int = 2**31 - 1
    ) -> int:
        return self._source.integer(self._line, word, what, low, high)

    def _version(self) -> None:
        self._model.version = self._integer(self._words(1)[0], "the version", 1)
        if self._model.version > _NEWEST:
            self._source.fail(
                self._line, f"version {self._model.version}, 1 to {_NEWEST} can be read"
            )

    def _sense(self) -> None:
        word = self._words(1)[0]
        if word not in ("MIN", "MAX"):
            self._source.fail(self._line, f"{word[:40]!r} is neither MIN nor MAX")
        self._model.maximize = word == "MAX"

    def _constant(self) -> None:
        self._model.offset = self._source.number(
            self._line, self._words(1)[0], "the constant"
        )

    def _powers(self, table: Parameters) -> None:
        count, total = (self._integer(word, "a count") for word in self._words(2))
        for _ in range(count):
            length = self._integer(self._words(1)[0], "the number of parameters", 1)
            parameters = []
            for _ in range(length):
                value = self._source.number(
                    self._line, self._words(1)[0], "a parameter"
                )
                if value <= 0:
                    self._source.fail(self._line, f"parameter {value}, must be > 0")
                parameters.append(value)
            table.append(parameters)
        if sum(map(len, table)) != total:
            self._source.fail(
                self._line, f"{sum(map(len, table))} parameters, {total} announced"
            )

    def _product(self, what: str) -> tuple[int, list[Block]]:
        """Read the cones of variables or constraints."""
        total, count = (self._integer(word, "a count") for word in self._words(2))
        head = self._line
        self._source.believe(head, total, what)
        blocks: list[Block] = []
        for _ in range(count):
            name, size = self._words(2)
            block = self._block(name, self._integer(size, "the size of a cone"))
            blocks.append(block)
        rows = sum(block.size for block in blocks)
        if rows != total:
            self._source.fail(head, f"{total} {what}, but cones of {rows} rows follow")
        return total, blocks

    def _block(self, name: str, size: int) -> Block:
        parameters: list[float] = []
        if name.startswith("@"):
            index, _, name = name[1:].partition(":")
            tables = {"POW": self._model.powers, "POW*": self._model.dual_powers}
            if name not in tables:
                self._source.fail(self._line, f"unknown cone {name[:40]!r}")
            table = tables[name]
            number = self._integer(index, "the number of the power cone")
            if number >= len(table):
                self._source.fail(
                    self._line, f"power cone {number} of {len(table)} in {name}CONES"
                )
            parameters = table[number]
        elif name in ("POW", "POW*") or name not in CONES:
            self._source.fail(self._line, f"unknown cone {name[:40]!r}")
        fault = CONES[name].fault(size, parameters)
        if fault:
            self._source.fail(self._line, f"{name}: {fault}")
        return Block(CONES[name], size, parameters)

    def _variables(self) -> None:
        self._model.variables, self._model.variable_cones = self._product("variables")

    def _constraints(self) -> None:
        self._model.rows, self._model.row_cones = self._product("constraints")

    def _orders(self, orders: list[int]) -> None:
        count = self._integer(self._words(1)[0], "a count")
        for _ in range(count):
            orders.append(self._integer(self._words(1)[0], "the order of a matrix", 1))
        self._source.believe(
            self._line, sum(svec_length(orders)), "entries of matrices"
        )

    def _limits(self, name: str, what: str) -> int:
        """Return how many there are of what an index counts."""
        model = self._model
        counts = {
            "variable": ("VAR", model.variables or 0),
            "constraint": ("CON", model.rows or 0),
            "matrix variable": ("PSDVAR", len(model.matrix_variables)),
            "matrix constraint": ("PSDCON", len(model.matrix_rows)),
        }
        section, count = counts[what]
        if count == 0:
            self._source.fail(
                self._line, f"{name}: no {what} is known, {section} comes before it"
            )
        return count

    def _coordinates(self) -> None:
        name = self._section
        kinds = _COORDINATES[name]
        count = self._integer(self._words(1)[0], "the number of entries")
        entries = self._model.entries.setdefault(name, Entries(self._source))
        for _ in range(count):
            words = self._words(len(kinds) + 1)
            place: list[int] = []
            order = 0
            for kind, word in zip(kinds, words, strict=False):
                inside = kind in ("row", "column")
                limit = order if inside else self._limits(name, kind)
                index = self._integer(word, f"the {kind}", 0, limit - 1)
                if kind == "matrix variable":
                    order = self._model.matrix_variables[index]
                elif kind == "matrix constraint":
                    order = self._model.matrix_rows[index]
                place.append(index)
            if kinds[-1] == "column":
                place[-2:] = [max(place[-2:]), min(place[-2:])]
            value = self._source.number(self._line, words[-1], "the value")
            entries.add(self._line, tuple(place), value)


class _Builder:
    """From the sections to A x + s = b with s in K."""

    def __init__(self, source: Source, model: _Model) -> None:
        self._model = model
        self._scalars = model.variables or 0
        self._rows = model.rows or 0
        self._orders = np.array(model.matrix_variables, dtype=np.int64)
        self._row_orders = np.array(model.matrix_rows, dtype=np.int64)
        self._variable_starts = self._starts(self._scalars, model.matrix_variables)
        self._row_starts = self._starts(self._rows, model.matrix_rows)
        self._n = int(self._variable_starts[-1])
        self._m = int(self._row_starts[-1])
        source.believe(0, self._n + self._m, "rows and columns")
        if self._n == 0:
            source.fail(0, "there are no variables")

    @staticmethod
    def _starts(first: int, orders: list[int]) -> _Index:
        lengths = [first, *svec_length(orders)]
        return np.cumsum(np.array(lengths, dtype=np.int64))

    def _entries(self, name: str) -> tuple[list[_Index], NDArray[np.float64]]:
        entries = self._model.entries.get(name)
        count = len(_COORDINATES[name])
        if entries is None:
            return [np.zeros(0, dtype=np.int64)] * count, np.zeros(0)
        return entries.columns(count)

    def _matrix_entry(
        self, starts: _Index, orders: _Index, which: _Index, i: _Index, j: _Index
    ) -> _Index:
        found: _Index = starts[which] + svec_rows(orders[which], i, j)
        return found

    def _objective(self) -> NDArray[np.float64]:
        c = np.zeros(self._n)
        (variable,), values = self._entries("OBJACOORD")
        c[variable] = values
        (which, i, j), values = self._entries("OBJFCOORD")
        at = self._matrix_entry(self._variable_starts, self._orders, which, i, j)
        c[at] = _scaled(values, i, j)
        return -c if self._model.maximize else c

    def _affine(self) -> tuple[sp.csc_matrix, NDArray[np.float64]]:
        """Return the expressions of CON and PSDCON: E x + h."""
        (rows_a, columns_a), values_a = self._entries("ACOORD")
        (rows_f, which, i, j), values_f = self._entries("FCOORD")
        columns_f = self._matrix_entry(self._variable_starts, self._orders, which, i, j)
        values_f = _scaled(values_f, i, j)
        (which, columns_h, i, j), values_h = self._entries("HCOORD")
        rows_h = self._matrix_entry(self._row_starts, self._row_orders, which, i, j)
        values_h = _scaled(values_h, i, j)
        e = sp.csc_matrix(
            (
                np.concatenate([values_a, values_f, values_h]),
                (
                    np.concatenate([rows_a, rows_f, rows_h]),
                    np.concatenate([columns_a, columns_f, columns_h]),
                ),
            ),
            shape=(self._m, self._n),
        )
        h = np.zeros(self._m)
        (rows,), values = self._entries("BCOORD")
        h[rows] = values
        (which, i, j), values = self._entries("DCOORD")
        at = self._matrix_entry(self._row_starts, self._row_orders, which, i, j)
        h[at] = _scaled(values, i, j)
        return e, h

    def build(self) -> StoredProblem:
        model = self._model
        e, h = self._affine()
        matrix = CONES["PSD"]
        blocks = [
            *model.row_cones,
            *(Block(matrix, n * (n + 1) // 2, [n]) for n in model.matrix_rows),
            *model.variable_cones,
            *(Block(matrix, n * (n + 1) // 2, [n]) for n in model.matrix_variables),
        ]
        chosen, cone = assemble(blocks)
        whole = sp.vstack([e, sp.identity(self._n)], format="csc")
        a = sp.csc_matrix(-(chosen @ whole))
        a.sort_indices()
        b = np.asarray(chosen @ np.concatenate([h, np.zeros(self._n)]))
        return StoredProblem(
            {"A": a, "b": b, "c": self._objective()},
            cone,
            {},
            offset=model.offset,
            maximize=bool(model.maximize),
        )


def _scaled(values: NDArray[np.float64], i: _Index, j: _Index) -> NDArray[np.float64]:
    """Entries of symmetric matrices, each given once, as they count in a product."""
    found: NDArray[np.float64] = np.where(i == j, 1.0, np.sqrt(2.0)) * values
    return found
