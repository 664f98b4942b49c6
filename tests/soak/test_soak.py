# SPDX-License-Identifier: MIT
"""The soak finds what it is for; seconds of it, and made-up memory."""

from __future__ import annotations

import threading

import pytest
import soak

MIB = 2**20

pytestmark = pytest.mark.thread_unsafe(reason="starts processes")


def report(memory, failures=()):
    return {"done": {"solve": 3}, "memory": memory, "failures": list(failures)}


def test_seconds_of_it(capsys, monkeypatch):
    monkeypatch.setattr(soak, "BYTES", 2**30)  # the warm-up takes longer than this
    assert soak.main(["--minutes=0.05", "--processes=2", "--threads=2"]) == 0
    printed = capsys.readouterr().out
    assert "process 1:" in printed
    assert printed.endswith("memory flat, answers right\n")


def test_a_warm_up_is_forgiven_and_a_leak_is_not():
    level = [50 * MIB + min(i, 20) * MIB for i in range(100)]
    assert soak.is_flat(level)
    leaking = [70 * MIB + i * MIB // 10 for i in range(100)]
    assert not soak.is_flat(leaking)
    assert soak.verdict([report(level)])[1]
    text, good = soak.verdict([report(level), report(leaking)])
    assert not good
    assert "process 1: 3 actions" in text
    assert "GROWS" in text


def test_a_leak_is_seen(monkeypatch):
    kept = []

    def leak(self, rng):
        kept.append(bytearray(4 * MIB))  # zeros are pages once they are written
        kept[-1][:] = b"x" * len(kept[-1])
        threading.Event().wait(0.02)

    monkeypatch.setattr(soak.Soak, "solve_afresh", leak)
    found = soak.work(4.0, 1, 0)
    assert found["failures"] == []
    assert not soak.is_flat(found["memory"])


def test_a_wrong_answer_is_reported(monkeypatch):
    made = soak.Soak.__init__

    def wrong(self):
        made(self)
        self.answers = [b"another" for _ in self.answers]

    monkeypatch.setattr(soak.Soak, "__init__", wrong)
    found = soak.work(30.0, 2, 0)
    assert found["failures"][0].startswith("solve_afresh: AssertionError")
    text, good = soak.verdict([found])
    assert not good
    assert "solve_afresh: AssertionError" in text
