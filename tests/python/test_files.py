# SPDX-License-Identifier: MIT
"""The files that the solver writes: the problem, and the log of a solve."""

from __future__ import annotations

import struct

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs

SETTINGS = ["write_data_filename", "log_csv_filename"]


def _ints(*numbers):
    return struct.pack(f"<{len(numbers)}i", *numbers)


def _floats(*numbers):
    return struct.pack(f"<{len(numbers)}d", *numbers)


def _matrix(matrix):
    return b"".join(
        [
            _ints(*matrix.shape, *matrix.indptr),
            _floats(*matrix.data),
            _ints(*matrix.indices),
        ]
    )


def _expected(data, cone, settings):
    """Lay out the file as the format says, by hand."""
    version = scs.__version__.split("+")[0].encode()
    bl, bu = cone.get("bl", []), cone.get("bu", [])
    q, p = cone.get("q", []), cone.get("p", [])
    a, upper = data["A"], data.get("P")
    parts = [
        struct.pack("<III", 4, 8, len(version)),
        version,
        _ints(cone.get("z", 0), cone.get("l", 0), len(bl) + 1 if len(bl) else 0),
        _floats(*bl, *bu),
        _ints(len(q), *q, 0, cone.get("ep", 0), cone.get("ed", 0), len(p)),
        _floats(*p),
        _ints(*a.shape),
        _floats(*data["b"], *data["c"]),
        _matrix(a),
        _ints(upper is not None),
        b"" if upper is None else _matrix(sp.triu(upper, format="csc")),
        _ints(1),
        _floats(0.1, 1e-6),
        _ints(settings.get("max_iters", 100000)),
        _floats(1e-4, 1e-4, 1e-7, settings.get("alpha", 1.5)),
        _ints(0, 0, 10, 5, 1),
        _floats(1e-8, 1.0),
        _ints(1),
        struct.pack("<II", 0x53435345, 2),
        _ints(0, 0, 0, len(cone.get("ell1", [])), *cone.get("ell1", []), 0),
        _floats(settings.get("time_limit_secs", 0.0)),
        _ints(1),
    ]
    return b"".join(parts)


def _with_every_cone():
    cone = {
        "z": 1,
        "l": 2,
        "bl": [-1.0, -np.inf],
        "bu": [1.0, np.inf],
        "q": [3, 1],
        "ep": 1,
        "ed": 1,
        "p": [0.25, -0.5],
        "ell1": [2],
    }
    rows = 1 + 2 + 3 + 4 + 6 + 6 + 3
    entries = np.random.default_rng(0).standard_normal((rows, 4))
    entries[np.abs(entries) < 0.5] = 0.0
    data = {
        "A": sp.csc_matrix(entries),
        "P": sp.csc_matrix(np.diag([1.0, 2.0, 3.0, 4.0])),
        "b": np.abs(entries).sum(axis=1),
        "c": np.ones(4),
    }
    return data, cone


PROBLEMS = {
    "lp": makers.lp,
    "qp": makers.qp,
    "socp": makers.socp,
    "box": lambda: makers.boxed([-1.0, -np.inf], [np.inf, 2.0], [1.0, -1.0]),
    "every cone": _with_every_cone,
}


@pytest.mark.parametrize("name", PROBLEMS)
@pytest.mark.parametrize(
    "settings", [{}, {"max_iters": 7, "alpha": 1.25, "time_limit_secs": 2.5}]
)
def test_problem_file(name, settings, folder):
    path = folder() / "problem.scs"
    data, cone = PROBLEMS[name]()
    scs.SCS(data, cone, verbose=False, write_data_filename=str(path), **settings)
    assert path.read_bytes() == _expected(data, cone, settings)


def test_the_problem_is_written_once(folder):
    path = folder() / "problem.scs"
    data, cone = makers.qp()
    solver = scs.SCS(data, cone, verbose=False, write_data_filename=str(path))
    path.unlink()
    solver.solve()
    solver.update(b=data["b"], c=data["c"])
    solver.solve()
    assert not path.exists()


def _read(path):
    head, *rows = path.read_text().splitlines()
    names = head.split(",")
    assert len(names) == 68
    assert all(row.count(",") == 67 for row in rows)
    table = np.loadtxt(path, delimiter=",", skiprows=1, usecols=range(67), ndmin=2)
    return dict(zip(names, table.T, strict=False))


@pytest.mark.parametrize("name", ["lp", "qp", "socp", "box"])
def test_log(name, folder):
    path = folder() / "log.csv"
    data, cone = PROBLEMS[name]()
    solver = scs.SCS(data, cone, verbose=False, log_csv_filename=str(path))
    for _ in range(2):
        solution = solver.solve()
        info = solution["info"]
        assert info["status"] == "solved"
        log = _read(path)
        assert log["iter"].tolist() == list(range(info["iter"] + 1))
        for key in ("res_pri", "res_dual", "gap", "pobj", "dobj", "scale"):
            assert log[key][-1] == info[key]
        tau = log["tau"][-1]
        for key in ("x", "y", "s"):
            norm = np.linalg.norm(solution[key]) * tau
            assert log[f"{key}_nrm_2"][-1] == pytest.approx(norm, abs=1e-9)
        assert 0 < log["time"][-1] <= info["solve_time"] / 1e3


def test_the_log_changes_nothing(folder):
    data, cone, _ = makers.random_solvable(1, 6, 1, 9, 0, [4])
    plain = scs.solve(data, cone, verbose=False)
    logged = scs.solve(
        data, cone, verbose=False, log_csv_filename=str(folder() / "log.csv")
    )
    assert plain["info"]["iter"] == logged["info"]["iter"]
    for key in ("x", "y", "s"):
        assert np.array_equal(plain[key], logged[key])


def test_infeasible_problems_are_logged(folder):
    path = folder() / "log.csv"
    data, cone = makers.infeasible()
    info = scs.solve(data, cone, verbose=False, log_csv_filename=str(path))["info"]
    log = _read(path)
    assert info["status"] == "infeasible"
    assert log["res_infeas"][-1] == info["res_infeas"]


@pytest.mark.parametrize("name", SETTINGS)
def test_paths_that_cannot_be_opened(name, folder):
    data, cone = makers.qp()
    path = folder() / "missing" / "file"
    with pytest.raises(OSError, match=f"{name}: cannot open .*file'") as caught:
        scs.SCS(data, cone, **{**makers.QUIET, name: str(path)})
    assert type(caught.value) is scs.FileError
    with pytest.raises(scs.FileError, match="cannot open"):
        scs.SCS(data, cone, **{**makers.QUIET, name: str(folder())})


@pytest.mark.parametrize("name", SETTINGS)
def test_a_log_that_can_no_longer_be_opened(name, folder):
    home = folder() / "short-lived"
    home.mkdir(exist_ok=True)  # another round of the same thread has left it
    data, cone = makers.qp()
    path = home / "file"
    solver = scs.SCS(data, cone, **{**makers.QUIET, name: str(path)})
    path.unlink()
    home.rmdir()
    if name == "log_csv_filename":
        with pytest.raises(scs.FileError, match=f"{name}: cannot open"):
            solver.solve()
        home.mkdir()
    assert solver.solve()["info"]["status"] == "solved"


@pytest.mark.parametrize("name", SETTINGS)
@pytest.mark.parametrize("text", ["pr\u00f6blem", "\u554f\u984c"])
def test_file_names_beyond_ascii(name, text, folder):
    data, cone = makers.qp()
    path = folder() / text
    scs.solve(data, cone, **{**makers.QUIET, name: str(path)})
    assert path.stat().st_size > 0
    with pytest.raises(scs.FileError, match=text):
        scs.SCS(data, cone, **{**makers.QUIET, name: str(folder() / "no" / text)})


@pytest.mark.parametrize("name", SETTINGS)
def test_messages_need_no_decodable_name(name, folder):
    data, cone = makers.qp()
    for text in ("\udcff" * 3, "\u554f" * 200):
        path = str(folder() / "no" / text)
        with pytest.raises(scs.FileError, match="cannot open"):
            scs.SCS(data, cone, **{**makers.QUIET, name: path})
