# SPDX-License-Identifier: MIT
"""Copies and pickles of subclasses and of results, and the names that pickles go by."""

from __future__ import annotations

import copy
import inspect
import pickle
import pickletools
import typing
import weakref

import makers
import numpy as np
import pytest

import scs


class Tagged(scs.SCS):
    """A solver with an attribute, a slot and a method of its own."""

    __slots__ = ("slot",)

    def __init__(self, *args, tag, **settings):
        super().__init__(*args, **settings)
        self.tag = tag
        self.slot = [tag]
        self.itself = self

    def solve(self, *args, **keywords):
        result = super().solve(*args, **keywords)
        result["tag"] = self.tag
        return result


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, lambda solver: pickle.loads(pickle.dumps(solver))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_subclasses_keep_attributes_and_slots(duplicate):
    solver = Tagged(*makers.qp(), tag="mine", **makers.QUIET)
    first = solver.solve()
    twin = duplicate(solver)
    assert type(twin) is Tagged
    assert (twin.tag, twin.slot) == ("mine", ["mine"])
    again = twin.solve()
    assert again["tag"] == "mine"
    assert again.info.iter == 0
    np.testing.assert_allclose(again.x, first.x, atol=1e-6)
    assert repr(twin).startswith(f"<{__name__}.Tagged: 2 variables, ")
    assert repr(copy.copy(scs.SCS(*makers.qp(), **makers.QUIET))).startswith("<scs.SCS")


@pytest.mark.parametrize(
    "duplicate",
    [copy.deepcopy, lambda solver: pickle.loads(pickle.dumps(solver))],
    ids=["deepcopy", "pickle"],
)
def test_attributes_of_deep_copies_are_their_own(duplicate):
    solver = Tagged(*makers.qp(), tag=["mine"], **makers.QUIET)
    twin = duplicate(solver)
    assert twin.itself is twin
    assert twin.tag == ["mine"]
    assert twin.tag is not solver.tag
    assert twin.slot is not solver.slot
    assert copy.copy(solver).tag is solver.tag


class Selective(scs.SCS):
    """A solver that decides what is copied, as any class may."""

    kept = 0
    dropped = 0

    def __getstate__(self):
        return {"_settings": self._settings, "kept": self.kept}

    def __setstate__(self, state):
        self.__dict__.update(state, restored=True)


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, lambda solver: pickle.loads(pickle.dumps(solver))],
    ids=["copy", "deepcopy", "pickle"],
)
def test_subclasses_decide_what_is_copied(duplicate):
    solver = Selective(*makers.qp(), **makers.QUIET)
    solver.kept = 1
    solver.dropped = 1
    twin = duplicate(solver)
    assert (twin.kept, twin.dropped, twin.restored) == (1, 0, True)
    assert twin.solve().info.status == "solved"


def test_a_slot_that_is_empty_stays_so():
    solver = Tagged(*makers.qp(), tag="mine", **makers.QUIET)
    del solver.slot
    assert not hasattr(pickle.loads(pickle.dumps(solver)), "slot")


def test_pickles_name_nothing_private():
    """The files of the package may change; pickles are to be read all the same."""
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    seen: list[scs.Progress] = []
    result = solver.solve(callback=seen.append)
    for thing in (solver, result, result.info, seen[0], scs.LinearSolver.QDLDL):
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            content = pickle.dumps(thing, protocol)
            texts = [
                text
                for _, argument, _ in pickletools.genops(content)
                if isinstance(argument, str)
                for text in argument.split()
            ]
            assert "scs" in texts
            assert not [text for text in texts if text.startswith("scs.")]
            assert type(pickle.loads(content)) is type(thing)


@pytest.mark.parametrize("name", ["SCS", "Result", "Info", "Progress", "LinearSolver"])
def test_classes_are_of_the_package(name):
    kind = getattr(scs, name)
    assert f"{kind.__module__}.{kind.__qualname__}" == f"scs.{name}"


@pytest.mark.parametrize(
    "kind", [scs.SCS, scs.Result, scs.Info, scs.Progress, scs.Settings]
)
def test_hints_of_classes_can_be_read(kind):
    hints = typing.get_type_hints(kind)
    assert hints
    assert not [hint for hint in hints.values() if isinstance(hint, str)]


def test_no_wrong_source_is_shown():
    for kind in (scs.SCS, scs.Result, scs.LinearSolver):
        with pytest.raises(OSError, match=r"could not find|not available"):
            inspect.getsource(kind)
    assert "def solve(" in inspect.getsource(scs.SCS.solve)


def test_copies_of_results_are_results():
    result = scs.solve(*makers.qp(), **makers.QUIET)
    for one in (result.copy(), copy.copy(result)):
        assert type(one) is scs.Result
        assert one is not result
        assert one.x is result.x
    assert type(result.info.copy()) is scs.Info
    deep = copy.deepcopy(result)
    assert deep.x is not result.x
    assert type(deep.info) is scs.Info


def test_solvers_can_be_referred_to_weakly():
    solver = scs.SCS(*makers.qp(), **makers.QUIET)
    reference = weakref.ref(solver)
    assert reference() is solver
    del solver
    assert reference() is None
