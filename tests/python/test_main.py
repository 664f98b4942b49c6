# SPDX-License-Identifier: MIT
"""The command line and the files that it reads."""

from __future__ import annotations

import json
import subprocess
import sys

import makers
import numpy as np
import pytest

import scs
from scs import __main__ as command
from scs import _npz, _progress

pytestmark = pytest.mark.thread_unsafe(reason="prints to the streams of the process")


def test_one_file_prints_report_and_table(stored, capsys):
    assert command.main([str(stored / "HS118.npz")]) == 0
    text = capsys.readouterr().out
    assert f"scs {scs.__version__}" in text
    assert "pri res" in text
    table = text[text.index("problem ") :]
    assert "HS118" in table
    assert "664.8" in table
    assert " solved " in table


def test_several_files_print_progress_and_totals(stored, capsys):
    names = ["HS118", "lpi_bgdbg1", "QAFIRO"]
    assert command.main([str(stored / f"{name}.npz") for name in names]) == 0
    captured = capsys.readouterr()
    assert "pri res" not in captured.out
    assert "3 of 3 solved or certified" in captured.out
    for count, name in enumerate(names, 1):
        assert name in captured.out
        assert f"[{count}/3]" in captured.err


def test_folder_is_searched(stored, tmp_path, capsys):
    (tmp_path / "inner").mkdir()
    for name in ("HS118", "QAFIRO"):
        (tmp_path / "inner" / f"{name}.npz").write_bytes(
            (stored / f"{name}.npz").read_bytes()
        )
    assert command.main([str(tmp_path), "--eps", "1e-3"]) == 0
    assert "2 of 2" in capsys.readouterr().out


def test_json_is_one_object_a_line(stored, capsys):
    paths = [str(stored / f"{name}.npz") for name in ("HS118", "lpi_bgdbg1")]
    assert command.main([*paths, "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["status"] for row in rows] == ["solved", "infeasible"]
    assert rows[0]["objective"] == pytest.approx(664.82, rel=1e-3)
    assert rows[1]["res_pri"] is None
    assert rows[1]["pobj"] == "inf"
    assert rows[0]["aa_stats"]["iter"] >= 0


def test_settings_and_eps_reach_the_solver(stored, capsys):
    path = str(stored / "QAFIRO.npz")

    def iterations(*words):
        code = command.main([path, "--json", *words])
        return code, json.loads(capsys.readouterr().out)["iter"]

    loose, tight = iterations("--eps", "1e3"), iterations("--eps", "1e-9")
    assert loose[0] == tight[0] == 0
    assert loose[1] < tight[1]
    assert iterations("--settings", "max_iters=3", "eps_abs=1e-9") == (1, 3)
    assert iterations("--settings", "normalize=false", "scale=0.5")[0] == 0
    assert iterations("--set", "max_iters=7", "--set", "max_iters=3") == (1, 3)
    assert iterations("--settings=max_iters=3", "--eps", "1e-9") == (1, 3)


@pytest.mark.parametrize(
    "words",
    [
        "{one} {two} --settings max_iters=3",
        "--settings max_iters=3 verbose=no {one} {two}",
        "--set max_iters=3 {one} --set verbose=off {two}",
        "--set max_iters=3 -- {one} {two}",
        "{one} --eps 1e-9 {two} --set max_iters=3",
    ],
)
def test_files_and_settings_come_in_any_order(stored, capsys, words):
    one, two = (stored / f"{name}.npz" for name in ("HS118", "QAFIRO"))
    line = [word.format(one=one, two=two) for word in words.split()]
    assert command.main(["--json", *line]) == 1
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert [row["file"] for row in rows] == [str(one), str(two)]
    assert [row["iter"] for row in rows] == [3, 3]


def test_a_file_may_look_like_a_setting(stored, tmp_path, monkeypatch, capsys):
    (tmp_path / "a=b.npz").write_bytes((stored / "QAFIRO.npz").read_bytes())
    monkeypatch.chdir(tmp_path)
    assert command.main(["a=b.npz", "--set", "verbose=no"]) == 0
    assert command.main(["--set", "verbose=no", "--", "a=b.npz"]) == 0
    assert capsys.readouterr().out.count(" solved ") == 2


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["{stored}/nothing.npz"], "no such file"),
        (
            ["{stored}/HS118.npz", "--set", "verbose=maybe"],
            "true or false, not 'maybe'",
        ),
        (["{stored}/HS118.npz", "--set", "max_iters=many"], "max_iters: 'str'"),
        (["{stored}/HS118.npz", "--settings", "alpha=9"], "alpha must be in (0, 2)"),
        (["{stored}/HS118.npz", "--settings", "foo=9"], "foo"),
        (["{stored}/HS118.npz", "--settings", "max_iters=2.5"], "integer"),
        (["{stored}/HS118.npz", "--settings", "linear_solver=bad"], "LinearSolver"),
        (["{stored}/README.md"], "not a problem file"),
        (["{empty}"], "no problem file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_mistakes(stored, tmp_path, capsys, words, text):
    words = [word.format(stored=stored, empty=tmp_path) for word in words]
    assert command.main(words) == 2
    assert text in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ([], "which problem?"),
        (["--set", "max_iters=3"], "which problem?"),
        (["--set", "alpha"], "'alpha' is neither KEY=VALUE nor a file"),
        (["--set", "max_iters=3", "missing.npz"], "'missing.npz' is neither"),
        (["--set", "=3"], "'=3' is neither"),
        (["--set"], "expected at least one argument"),
    ],
)
def test_usage_errors(capsys, words, text):
    with pytest.raises(SystemExit) as caught:
        command.main(words)
    assert caught.value.code == 2
    error = capsys.readouterr().err
    assert "usage" in error
    assert text in error


def test_version(capsys):
    with pytest.raises(SystemExit) as caught:
        command.main(["--version"])
    assert caught.value.code == 0
    assert scs.__version__ in capsys.readouterr().out


def test_cmake_dir_is_where_the_package_for_cmake_is(capsys, monkeypatch, tmp_path):
    folder = tmp_path / "cmake"
    folder.mkdir()
    (folder / "scs-config.cmake").touch()
    monkeypatch.setattr(scs, "__path__", [str(tmp_path / "elsewhere"), str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        command.main(["--cmake-dir"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"{folder.resolve().as_posix()}\n"


def test_cmake_dir_says_so_if_there_is_none(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(scs, "__path__", [str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        command.main(["--cmake-dir"])
    assert caught.value.code == 2
    assert "not installed" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("max_iters", "3", 3),
        ("max_iters", "1e5", 100000),
        ("max_iters", "2.5", 2.5),
        ("eps_abs", "1e-3", 1e-3),
        ("scale", "3", 3),
        ("verbose", "True", True),
        ("verbose", "off", False),
        ("normalize", "0", False),
        ("adaptive_diag_scale", "1", True),
        ("linear_solver", "qdldl", "qdldl"),
        ("log_csv_filename", "none", None),
        ("log_csv_filename", "7", "7"),
        ("acceleration_regularization", "-1", -1),
        ("unknown", "1", "1"),
    ],
)
def test_words_become_values(key, text, value):
    found = command._value(key, text)
    assert found == value
    assert type(found) is type(value)


def test_as_a_program(stored):
    done = subprocess.run(
        [sys.executable, "-m", "scs", str(stored / "HS118.npz"), "--json"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "solved"


def test_files_round_trip(tmp_path):
    data, cone = makers.random_solvable(51, 5, 1, 4, 2, [3])[:2]
    cone["bl"] = np.array(cone["bl"])
    path = tmp_path / "mine.npz"
    _npz.save(path, data, cone, source="here", offset=2.5)
    problem = _npz.load(path)
    assert (problem.name, problem.source, problem.offset) == ("mine", "here", 2.5)
    assert problem.cone == {**cone, "bl": cone["bl"].tolist()}
    for key in ("A", "P"):
        np.testing.assert_array_equal(problem.data[key].toarray(), data[key].toarray())
    for key in ("b", "c"):
        np.testing.assert_array_equal(problem.data[key], data[key])
    one = scs.solve(problem.data, problem.cone, **makers.QUIET)
    two = scs.solve(data, cone, **makers.QUIET)
    np.testing.assert_array_equal(one["x"], two["x"])


def test_files_without_p_round_trip(tmp_path):
    data, cone = makers.lp()
    _npz.save(tmp_path / "lp.npz", data, cone)
    assert "P" not in _npz.load(tmp_path / "lp.npz").data


def test_broken_files_are_named(tmp_path):
    good = tmp_path / "good.npz"
    _npz.save(good, *makers.lp())
    with np.load(good) as archive:
        fields = {key: archive[key] for key in archive.files}
    path = tmp_path / "broken.npz"
    for key, value in (
        ("cone", np.array("{")),
        ("cone", np.array("[1]")),
        ("A_indptr", np.array([0, 9])),
        ("A_shape", np.array([1])),
    ):
        np.savez(path, **{**fields, key: value})
        with pytest.raises(ValueError, match=r"broken\.npz: "):
            _npz.load(path)
    fields.pop("b")
    np.savez(path, **fields)
    with pytest.raises(ValueError, match=r"broken\.npz: missing b"):
        _npz.load(path)
    np.save(tmp_path / "array.npy", np.ones(3))
    with pytest.raises(ValueError, match=r"array\.npy: not a NumPy archive"):
        _npz.load(tmp_path / "array.npy")


def test_damaged_files_are_value_errors(tmp_path):
    """Whatever the readers of the parts raise; a few bytes do not matter."""
    path = tmp_path / "damaged.npz"
    _npz.save(path, *makers.lp())
    good = path.read_bytes()
    refused = 0
    for position in range(0, len(good), 3):
        bad = bytearray(good)
        bad[position] ^= 0x55
        path.write_bytes(bad)
        text = f"{path}: "
        try:
            _npz.load(path)
        except ValueError as error:
            text = str(error)
            refused += 1
        except MemoryError:
            pass  # a size that is now huge
        assert text.startswith(f"{path}: ")
    assert refused > len(good) // 10
    with pytest.raises(FileNotFoundError):
        _npz.load(tmp_path / "nothing.npz")


def test_bar_on_a_terminal(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with _progress.bar(4) as advance:
        advance("half way")
        advance("there")
    text = capsys.readouterr().err
    assert "2/4" in text
    assert "half way" in text
    assert text.endswith("\n")


def test_bar_of_tqdm(capsys, monkeypatch):
    pytest.importorskip("tqdm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with _progress.bar(2) as advance:
        advance("one")
        advance("two")
    assert "2/2" in capsys.readouterr().err
