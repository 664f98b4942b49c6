# SPDX-License-Identifier: MIT
"""The progress bar: what it says, and what is left on the screen after it."""

from __future__ import annotations

import asyncio
import io
import re
import sys
import threading

import makers
import pytest

import scs
from scs import _core, _progress

tqdm = pytest.importorskip("tqdm.auto").tqdm

pytestmark = pytest.mark.thread_unsafe(reason="sys.stderr belongs to the process")


def _solver(**settings):
    data, cone = makers.random_solvable(81, 15, 3, 25, 3, [5])[:2]
    return scs.SCS(data, cone, **{**makers.TIGHT, **settings})


def _endless(**settings):
    data, cone, known = makers.endless()
    return scs.SCS(data, cone, **{**known, **settings})


def _last_line(text):
    """What a terminal shows in the end in the line of the bar."""
    assert text.endswith("\n")
    return text.rstrip("\n").split("\n")[-1].split("\r")[-1].rstrip()


def _at(**values):
    fields = dict.fromkeys(scs.Progress.__match_args__, 1.0)
    return scs.Progress(**{**fields, "iter": 25, **values})


def test_bar_ends_with_how_the_solve_has_ended(capsys):
    info = _solver().solve(progress=True).info
    out, err = capsys.readouterr()
    assert out == ""
    line = _last_line(err)
    assert line.startswith("100%|")
    for text in (
        f"solved: iter {info.iter} ",
        f"primal {info.res_pri:.1e}",
        f"dual {info.res_dual:.1e}",
        f"gap {info.gap:.1e}",
    ):
        assert text in line
    assert "\n" not in err.rstrip("\n")  # one bar, one line


def test_bar_of_a_longer_solve_is_redrawn_now_and_then(capsys):
    solver = _endless(time_limit_secs=0.7)
    result = solver.solve(progress=True)
    assert result.info.status == "solved (inaccurate - reached time_limit_secs)"
    frames = [f for f in capsys.readouterr().err.split("\r") if "iter" in f]
    assert 3 <= len(frames) <= 12
    shares = [int(frame.partition("%")[0]) for frame in frames]
    assert shares == sorted(shares)  # of the time
    assert shares[0] == 0
    assert 50 < shares[-1] < 100
    assert result.info.status in frames[-1]


@pytest.mark.parametrize(
    ("make", "status"),
    [(makers.infeasible, "infeasible"), (makers.unbounded, "unbounded")],
)
def test_bar_of_a_certificate(make, status, capsys):
    scs.solve(*make(), progress=True, **makers.QUIET)
    line = _last_line(capsys.readouterr().err)
    assert re.search(rf"^100%.*{status}: iter \d+  0.0 s$", line), line
    assert "nan" not in line


def test_bar_of_a_warm_start_that_needs_no_iteration(capsys):
    solver = _solver()
    solver.solve()
    assert solver.solve(progress=True).info.iter == 0
    assert "solved: iter 0 " in _last_line(capsys.readouterr().err)


def test_bar_and_callback_go_together(capsys):
    seen = []
    result = _endless().solve(
        progress=True, callback=lambda at: seen.append(at) or at.iter >= 75
    )
    assert result.info.status == "interrupted"
    assert makers.are_checks(seen)
    assert seen[-1].iter == 75
    assert re.search(r"interrupted: iter \d+ ", _last_line(capsys.readouterr().err))


def test_bar_and_report_do_not_disturb_each_other(capsys):
    def comparable(text):
        return re.sub(r"[\d.]+e[-+]\d+s?\n|\d\.\d+e[-+]\d+s", "time ", text)

    _solver(verbose=True).solve()
    plain = capsys.readouterr().out
    _solver(verbose=True).solve(progress=True)
    out, err = capsys.readouterr()
    # tqdm clears the line of its bar on both streams, as they may be one terminal.
    cleaned = re.sub(r"\r *\r|\r", "", out)
    assert comparable(cleaned) == comparable(plain)
    assert "solved" in _last_line(err)


def test_other_solvers_in_the_callback_report_as_they_are_told(capsys):
    plain = _solver(verbose=True)
    capsys.readouterr()
    plain.solve()
    expected = capsys.readouterr().out.splitlines()
    other = _solver(verbose=True)
    capsys.readouterr()
    found = []

    def callback(at):
        if at.iter == 0:
            other.solve()
            found.append(capsys.readouterr().out.splitlines())

    _solver().solve(progress=True, callback=callback)
    assert [line[:6] for line in found[0]] == [line[:6] for line in expected]
    assert "status:" not in capsys.readouterr().out


def test_the_next_solve_reports_to_the_screen_again(capsys):
    solver = _solver(verbose=True)
    solver.solve(progress=True)
    capsys.readouterr()
    solver.solve()
    out, err = capsys.readouterr()
    assert "status:   solved" in out
    assert err == ""


class Mine(Exception):
    """What a callback of these tests raises."""


@pytest.mark.parametrize("error", [Mine, KeyboardInterrupt])
def test_an_exception_leaves_the_cursor_on_a_new_line(error, capsys):
    solver = _endless(on_concurrent_use="raise")

    def callback(at):
        if at.iter == 50:
            raise error

    for _ in range(2):
        with pytest.raises(error):
            solver.solve(progress=True, callback=callback)
        err = capsys.readouterr().err
        assert "iter 50 " in _last_line(err)
        assert not tqdm._instances
    solver.solve(callback=lambda _: True)
    assert capsys.readouterr().err == ""


def test_ctrl_c_while_the_bar_is_drawn_keeps_no_lock(monkeypatch):
    class Stream(io.StringIO):
        presses = 1

        def write(self, text):
            if "iter 0" in text and self.presses:
                self.presses -= 1
                raise KeyboardInterrupt
            return super().write(text)

    monkeypatch.setattr(sys, "stderr", Stream())
    solver = _endless()
    with pytest.raises(KeyboardInterrupt):
        solver.solve(progress=True)
    free = []

    def take_lock():
        with tqdm.get_lock():
            free.append(True)

    thread = threading.Thread(target=take_lock, daemon=True)
    thread.start()
    thread.join(10)
    assert free == [True]
    assert solver.solve(callback=lambda _: True).info.status == "interrupted"


def test_a_report_that_fails_ends_the_solve_and_the_bar(monkeypatch, capsys):
    class Broken(io.StringIO):
        def write(self, text):
            raise OSError("disk full")

    solver = _solver(verbose=True)
    capsys.readouterr()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", Broken())
        with pytest.raises(OSError, match="disk full"):
            solver.solve(progress=True)
    assert not tqdm._instances
    assert solver.solve().info.status == "solved"


@pytest.mark.parametrize("missing", ["stdout", "stderr"])
def test_without_a_console(missing, monkeypatch):
    solver = _solver(verbose=True)
    monkeypatch.setattr(sys, missing, None)
    assert solver.solve(progress=True).info.status == "solved"


def test_without_tqdm_the_error_says_what_to_install(monkeypatch):
    solver = _solver()
    for name in ("tqdm", "tqdm.auto"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match="python -m pip install tqdm") as caught:
        solver.solve(progress=True)
    assert caught.value.name == "tqdm"
    assert "not solved yet" in repr(solver)
    assert solver.solve().info.status == "solved"


@pytest.mark.parametrize("wrong", [1, 0, None, "yes"])
def test_it_is_switched_by_a_bool(wrong):
    with pytest.raises(TypeError, match="progress must be True or False, not "):
        _solver().solve(progress=wrong)
    with pytest.raises(TypeError, match="progress must be True or False, not "):
        scs.solve(*makers.qp(), progress=wrong, **makers.QUIET)


def test_a_function_in_its_place_is_told_where_to_go():
    with pytest.raises(TypeError, match="give a function as callback"):
        _solver().solve(progress=print)


def test_no_thread_is_started(capsys):
    before = threading.enumerate()
    _solver().solve(progress=True)
    assert threading.enumerate() == before


def test_coroutines_have_one_too(capsys):
    result = asyncio.run(_solver().solve_async(progress=True))
    assert result.info.status == "solved"
    assert "solved" in _last_line(capsys.readouterr().err)


def test_bars_of_several_threads(capsys):
    statuses = []
    threads = [
        threading.Thread(
            target=lambda: statuses.append(_solver().solve(progress=True).info.status)
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == ["solved"] * 4
    assert capsys.readouterr().err.count("solved") >= 4
    assert not tqdm._instances


class Screen(io.StringIO):
    """A terminal, as far as tqdm needs one."""

    def __init__(self):
        super().__init__()
        self._rows = [""]
        self._row = 0
        self._column = 0

    def isatty(self):
        return True

    def write(self, text):
        for token in re.findall(r"\x1b\[A|\r|\n|[^\x1b\r\n]+|.", text):
            if token == "\x1b[A":
                self._row = max(self._row - 1, 0)
            elif token == "\r":
                self._column = 0
            elif token == "\n":
                self._row, self._column = self._row + 1, 0
                if self._row == len(self._rows):
                    self._rows.append("")
            else:
                assert token.isprintable()
                row = self._rows[self._row].ljust(self._column)
                end = self._column + len(token)
                self._rows[self._row] = row[: self._column] + token + row[end:]
                self._column = end
        return len(text)

    @property
    def lines(self):
        return [row.strip() for row in self._rows if row.strip()]


def test_bars_of_several_threads_keep_to_their_lines(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    drawn = threading.Barrier(4, timeout=30)
    ends = [threading.Event() for _ in range(3)]

    def work(end):
        def callback(at):
            if at.iter == 0:
                drawn.wait()
                assert end.wait(30)
            return True

        _endless().solve(progress=True, callback=callback)

    threads = [threading.Thread(target=work, args=(end,)) for end in ends]
    for thread in threads:
        thread.start()
    drawn.wait()
    assert len(screen.lines) == 3
    assert all("| iter 0 " in line for line in screen.lines)
    for over, k in enumerate((1, 0, 2), 1):
        ends[k].set()
        threads[k].join(30)
        assert len(screen.lines) == 3
        assert ["interrupted" in line for line in screen.lines] == [
            *[True] * over,
            *[False] * (3 - over),
        ]
    assert not tqdm._instances


def test_a_bar_of_the_callers_stays_below(monkeypatch):
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    for _ in tqdm(range(3), desc="mine", file=screen):
        _solver().solve(progress=True)
    assert len(screen.lines) == 4
    assert all("solved: iter" in line for line in screen.lines[:3])
    assert "mine" in screen.lines[3]
    assert "3/3" in screen.lines[3]


def test_the_share_is_that_of_the_nearest_end():
    bar = _progress.SolveBar({**_core.DEFAULTS, "max_iters": 1000})
    far = {"res_pri": 1e4, "tol_pri": 1.0}
    assert bar._nearest_end(_at(**far)) == 0.025  # of the iterations
    assert bar._nearest_end(_at(res_pri=1e2)) == 0.5  # half the powers of ten
    assert bar._nearest_end(_at(res_pri=1e2, iter=800)) == 0.8
    assert bar._nearest_end(_at(res_pri=1e8)) == 0.025  # farther than ever
    assert bar._nearest_end(_at(res_pri=1e4)) == 0.5
    assert bar._nearest_end(_at(res_pri=float("nan"))) == 0.025
    assert bar._nearest_end(_at(tol_pri=0.0)) == 0.025
    assert bar._nearest_end(_at(iter=1000)) == 0.99
    timed = _progress.SolveBar({**_core.DEFAULTS, "time_limit_secs": 4.0})
    assert timed._nearest_end(_at(**far)) == 0.25
