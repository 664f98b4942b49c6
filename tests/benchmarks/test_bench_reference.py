# SPDX-License-Identifier: MIT
"""The reference's environment: made once, made again if it was cut."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from scsbench import reference

pytestmark = pytest.mark.thread_unsafe  # patches the module


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[str]]:
    seen: list[Sequence[str]] = []

    def record(*command: str) -> None:
        seen.append(command)
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(reference, "_run", record)
    return seen


def test_environment_is_made_once(
    commands: list[Sequence[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    python = reference.resolve("reference")
    assert Path(python).is_relative_to(tmp_path / "scsbench")
    assert commands[0][:3] == (sys.executable, "-m", "venv")
    assert f"scs=={reference.REFERENCE_VERSION}" in commands[1]
    assert commands[1][0] == python
    assert reference.resolve("reference") == python
    assert len(commands) == 2


def test_cut_installation_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, commands: list[Sequence[str]]
) -> None:
    def cut(*command: str) -> None:
        if "pip" in command:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reference, "_run", cut)
        with pytest.raises(KeyboardInterrupt):
            reference.reference_python(folder=tmp_path)
    reference.reference_python(folder=tmp_path)
    assert len(commands) == 2


def test_other_interpreters_are_left_alone(commands: list[Sequence[str]]) -> None:
    assert reference.resolve("some/python") == "some/python"
    assert not commands
