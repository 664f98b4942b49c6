# SPDX-License-Identifier: MIT
"""Calls the projections of the C library through cone_probe (tests/support)."""

from __future__ import annotations

import ctypes
from pathlib import Path
from types import TracebackType
from typing import Any

import membership
import numpy as np

INT = ctypes.c_int32
INTS = ctypes.POINTER(INT)
FLOATS = ctypes.POINTER(ctypes.c_double)


class ConeStruct(ctypes.Structure):
    """The ScsCone of scs.h, member for member; cone_probe compares the sizes."""

    _fields_ = [
        ("z", INT),
        ("l", INT),
        ("bu", FLOATS),
        ("bl", FLOATS),
        ("bsize", INT),
        ("q", INTS),
        ("qsize", INT),
        ("s", INTS),
        ("ssize", INT),
        ("cs", INTS),
        ("cssize", INT),
        ("ep", INT),
        ("ed", INT),
        ("p", FLOATS),
        ("psize", INT),
        ("d", INTS),
        ("dsize", INT),
        ("nuc_m", INTS),
        ("nuc_n", INTS),
        ("nucsize", INT),
        ("ell1", INTS),
        ("ell1_size", INT),
        ("sl_n", INTS),
        ("sl_k", INTS),
        ("sl_size", INT),
    ]


SCALARS = {"z", "l", "ep", "ed"}
SIZES = {
    **{"q": "qsize", "s": "ssize", "cs": "cssize", "p": "psize", "d": "dsize"},
    **{"nuc_m": "nucsize", "ell1": "ell1_size", "sl_n": "sl_size"},
}


def _struct(cone: dict[str, Any]) -> ConeStruct:
    struct = ConeStruct()
    for key, value in cone.items():
        if key in SCALARS:
            setattr(struct, key, value)
            continue
        number = ctypes.c_double if key in ("bl", "bu", "p") else INT
        setattr(struct, key, (number * len(value))(*value))
        if key in SIZES:
            setattr(struct, SIZES[key], len(value))
    if "bl" in cone:
        struct.bsize = len(cone["bl"]) + 1
    return struct


class Projection:
    """The projections onto one cone and its dual, with what the cone remembers."""

    def __init__(self, library: ctypes.CDLL, cone: dict[str, Any]) -> None:
        self._library = library
        self.cone = cone
        self.rows = membership.rows(cone)
        self._text = ctypes.create_string_buffer(256)
        struct = _struct(cone)
        self._probe = library.cone_probe_open(
            ctypes.byref(struct), ctypes.sizeof(struct), self.rows, self._text, 256
        )
        if not self._probe:
            raise ValueError(self._text.value.decode())

    def __enter__(self) -> Projection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._library.cone_probe_close(self._probe)

    def dual(
        self, w: np.ndarray, r: np.ndarray | float = 1.0, cold: bool = False
    ) -> np.ndarray:
        """Nearest points of the dual cone to the rows of w, in the metric r."""
        y = np.array(w, dtype=float, order="C")
        assert y.shape[-1] == self.rows
        metric = np.ascontiguousarray(np.broadcast_to(np.asarray(r, float), y.shape))
        code = self._library.cone_probe_project(
            self._probe,
            y.ctypes.data_as(FLOATS),
            metric.ctypes.data_as(FLOATS),
            y.size // self.rows if self.rows else 0,
            int(cold),
            self._text,
            256,
        )
        if code:
            raise ArithmeticError(self._text.value.decode())
        return y

    def primal(self, w: np.ndarray, cold: bool = False) -> np.ndarray:
        """Nearest points of the cone itself: w plus those of the dual to -w."""
        return w + self.dual(-np.asarray(w), cold=cold)


class Library:
    """The shared library cone_probe."""

    def __init__(self, path: Path) -> None:
        self._library = ctypes.CDLL(str(path))
        self._library.cone_probe_open.restype = ctypes.c_void_p
        self._library.cone_probe_open.argtypes = [
            *(ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64),
            *(ctypes.c_char_p, ctypes.c_size_t),
        ]
        self._library.cone_probe_project.restype = ctypes.c_int
        self._library.cone_probe_project.argtypes = [
            *(ctypes.c_void_p, FLOATS, FLOATS, ctypes.c_int64, ctypes.c_int),
            *(ctypes.c_char_p, ctypes.c_size_t),
        ]
        self._library.cone_probe_close.restype = None
        self._library.cone_probe_close.argtypes = [ctypes.c_void_p]

    def open(self, cone: dict[str, Any]) -> Projection:
        """Return the projections onto a cone, given as the package takes it."""
        return Projection(self._library, cone)
