# SPDX-License-Identifier: MIT
"""What reading a file gives."""

from __future__ import annotations

from typing import Any, NamedTuple


class _Parts(NamedTuple):
    data: dict[str, Any]
    cone: dict[str, Any]
    settings: dict[str, Any]


class StoredProblem(_Parts):
    """A problem from a file: a tuple ``(data, cone, settings)`` that knows a bit more.

    Parameters
    ----------
    data, cone : dict
        As `scs.SCS` takes them.
    settings : dict
        The settings that the file states, as keyword arguments of `scs.SCS`.
    name : str, optional
        What the file calls the problem.
    offset : float, optional
        Constant of the objective.
    maximize : bool, optional
        The file asks for a maximum, so ``c`` and ``P`` have the opposite sign of what
        is in the file.

    """

    name: str
    offset: float
    maximize: bool

    def __new__(
        cls,
        data: dict[str, Any],
        cone: dict[str, Any],
        settings: dict[str, Any],
        *,
        name: str = "",
        offset: float = 0.0,
        maximize: bool = False,
    ) -> StoredProblem:
        """Make one."""
        self = super().__new__(cls, data, cone, settings)
        self.name = name
        self.offset = offset
        self.maximize = maximize
        return self

    def objective(self, value: float) -> float:
        """Turn an objective of the solver into that of the file.

        Parameters
        ----------
        value : float
            For example ``solution.info.pobj``.

        Returns
        -------
        float
            The value with the file's sense and constant.

        """
        return (-value if self.maximize else value) + self.offset
