# SPDX-License-Identifier: MIT
"""The attributes that a solver has besides what it solves, when it is copied."""

from __future__ import annotations

from typing import Any


def of(solver: object) -> Any:
    """Return the state of a solver for pickle, but for the extension's object in it."""
    state: Any = solver.__getstate__()
    if isinstance(state, tuple) and len(state) == 2:  # a class with slots
        return _without_solver(state[0]), state[1]
    return _without_solver(state)


def give(solver: Any, state: Any) -> None:
    """Do to a new solver what unpickling does with such a state."""
    if hasattr(solver, "__setstate__"):
        solver.__setstate__(state)
        return
    attributes, slots = state if isinstance(state, tuple) else (state, {})
    solver.__dict__.update(attributes)
    for name, value in slots.items():
        setattr(solver, name, value)


def _without_solver(state: Any) -> Any:
    if not isinstance(state, dict):
        return state  # a subclass has a state of its own kind
    return {name: value for name, value in state.items() if name != "_solver"}
