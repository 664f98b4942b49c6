# SPDX-License-Identifier: MIT
"""What a family of generated problems is, and how an instance gets its randomness."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scsbench.judge import SOLVED
from scsbench.standard_form import Program

Make = Callable[[np.random.Generator, int], Program]


@dataclass(frozen=True)
class Family:
    """Problems of one make: ``make(rng, size)``, for each of ``sizes``.

    ``tiny`` is a size for tests, ``kind`` what every instance is by construction.
    The docstring of ``make`` says where the family comes from.
    """

    name: str
    make: Make
    tiny: int
    sizes: tuple[int, ...]
    kind: str = SOLVED

    def instance(self, size: int, seed: int = 0) -> Program:
        """Return one problem, the same for the same arguments."""
        name = zlib.crc32(self.name.encode())
        return self.make(np.random.default_rng([name, size, seed]), size)
