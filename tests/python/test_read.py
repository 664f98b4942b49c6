# SPDX-License-Identifier: MIT
"""Reading problem files: round trips, files of earlier versions, damaged files."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import makers
import numpy as np
import pytest
import scipy.sparse as sp

import scs
from scs import __main__ as command
from scs import _npz

STORED = Path(__file__).resolve().parents[1] / "data" / "files"

# Every setting that files store, unlike its default.
ODD_SETTINGS: dict[str, Any] = {
    "normalize": False,
    "scale": 0.25,
    "adaptive_scale": False,
    "adaptive_diag_scale": False,
    "rho_x": 1e-5,
    "max_iters": 1234,
    "eps_abs": 1e-3,
    "eps_rel": 2e-3,
    "eps_infeas": 3e-3,
    "alpha": 1.25,
    "time_limit_secs": 17.5,
    "verbose": False,
    "acceleration_lookback": 7,
    "acceleration_interval": 3,
    "acceleration_type_1": False,
    "acceleration_regularization": -1e-9,
    "acceleration_relaxation": 0.75,
}


def _every_cone():
    cone = {
        "z": 1,
        "l": 2,
        "bu": [1.0, np.inf],
        "bl": [-1.0, -np.inf],
        "q": [3, 1],
        "s": [2, 1],
        "cs": [2],
        "ep": 1,
        "ed": 1,
        "p": [0.25, -0.5],
        "d": [2],
        "nuc_m": [3],
        "nuc_n": [2],
        "ell1": [2],
        "sl_n": [3],
        "sl_k": [1],
    }
    return cone, 1 + 2 + 3 + 4 + 3 + 1 + 4 + 6 + 6 + 5 + 7 + 3 + 7


def _data(rows, quadratic):
    entries = np.random.default_rng(rows).standard_normal((rows, 4))
    entries[np.abs(entries) < 0.5] = 0.0
    data = {
        "A": sp.csc_matrix(entries),
        "b": np.abs(entries).sum(axis=1),
        "c": np.ones(4),
    }
    if quadratic:
        data["P"] = sp.csc_matrix(np.eye(4) + 0.5)
    return data


def _same(found, data, cone):
    assert found.cone == cone
    for key in ("b", "c"):
        np.testing.assert_array_equal(found.data[key], data[key])
    for key, expected in (("A", data["A"]), ("P", data.get("P"))):
        assert (key in found.data) == (expected is not None)
        if expected is not None:
            stored = sp.triu(expected) if key == "P" else expected
            assert isinstance(found.data[key], sp.csc_matrix)
            np.testing.assert_array_equal(found.data[key].toarray(), stored.toarray())


@pytest.mark.parametrize("quadratic", [False, True])
def test_round_trip_of_every_cone_and_setting(quadratic, folder):
    path = folder() / "problem.scs"
    cone, rows = _every_cone()
    data = _data(rows, quadratic)
    scs.SCS(data, cone, write_data_filename=str(path), **ODD_SETTINGS)
    found = scs.read_data(path)
    _same(found, data, cone)
    assert found.settings == ODD_SETTINGS
    assert (found.name, found.offset, found.maximize) == ("problem", 0.0, False)


@pytest.mark.parametrize("key", sorted(_every_cone()[0]))
def test_round_trip_of_one_cone(key, folder):
    path = folder() / "one"  # any name will do
    whole, _ = _every_cone()
    pairs = {"bu": "bl", "nuc_m": "nuc_n", "sl_n": "sl_k"}
    pairs |= {second: first for first, second in pairs.items()}
    keys = {key, pairs.get(key, key)}
    cone = {name: value for name, value in whole.items() if name in keys}
    rows = {
        "z": 1,
        "l": 2,
        "q": 4,
        "s": 4,
        "cs": 4,
        "ep": 3,
        "ed": 3,
        "p": 6,
        "d": 5,
        "ell1": 3,
    }.get(key, 3 if key in ("bu", "bl") else 7)
    data = _data(rows, False)
    scs.SCS(data, cone, write_data_filename=str(path), verbose=False)
    found = scs.read_data(str(path))
    _same(found, data, cone)
    assert found.name == "one"


def test_what_is_read_is_solved_alike(folder):
    path = folder() / "problem.scs"
    data, cone, _ = makers.random_solvable(1, 6, 1, 9, 0, [4])
    first = scs.solve(data, cone, verbose=False, write_data_filename=str(path))
    again_data, again_cone, settings = scs.read_data(path)
    again = scs.SCS(again_data, again_cone, **settings).solve()
    assert again["info"]["iter"] == first["info"]["iter"]
    np.testing.assert_array_equal(again["x"], first["x"])


# The files say integers have 8 bytes; README.md beside them says how they were made.
def test_a_file_of_the_reference():
    data, cone, settings = scs.read_data(STORED / "reference_qp.scs")
    assert cone == {"z": 1, "l": 2}
    np.testing.assert_array_equal(data["A"].toarray(), [[1, 1], [-1, 0], [0, -1]])
    np.testing.assert_array_equal(data["P"].toarray(), [[3, -1], [0, 2]])
    np.testing.assert_array_equal(data["b"], [1, 0, 0])
    np.testing.assert_array_equal(data["c"], [-1, -1])
    assert settings["max_iters"] == 777
    assert settings["alpha"] == 1.25
    assert settings["eps_abs"] == 2e-5
    assert settings["eps_rel"] == 1e-4
    assert settings["verbose"] is False
    solution = scs.SCS(data, cone, **settings).solve()
    np.testing.assert_allclose(solution["x"], [3 / 7, 4 / 7], atol=1e-3)


_CONES = {
    "z": 1,
    "l": 2,
    "bl": [-1.0, -np.inf],
    "bu": [1.0, np.inf],
    "q": [3, 1],
    "s": [2],
    "ep": 1,
    "ed": 1,
    "p": [0.25, -0.5],
}


def test_cones_of_the_reference():
    data, cone, settings = scs.read_data(STORED / "reference_cones.scs")
    assert cone == {**_CONES, "cs": [2]}
    assert data["A"].shape == (29, 3)
    np.testing.assert_array_equal(data["c"], np.ones(3))
    np.testing.assert_allclose(
        data["b"], np.round(np.abs(data["A"]).sum(axis=1).A1 + 1, 2)
    )
    assert settings["time_limit_secs"] == 2.5
    assert settings["adaptive_scale"] is False
    assert settings["adaptive_diag_scale"] is False


def test_a_file_of_3_2():
    data, cone, settings = scs.read_data(STORED / "scs_3_2.scs")
    assert cone == _CONES
    assert data["A"].shape == (25, 3)
    assert settings["acceleration_interval"] == 10  # the default of then, stored
    assert settings["adaptive_scale"] is False
    for name in (
        "time_limit_secs",
        "adaptive_diag_scale",
        "acceleration_type_1",
        "acceleration_regularization",
        "acceleration_relaxation",
    ):
        assert settings[name] == scs._core.DEFAULTS[name]


def test_damage_is_refused_or_harmless(folder):
    whole = (STORED / "reference_cones.scs").read_bytes()
    path = folder() / "broken.scs"
    for size in range(0, len(whole), 5):
        path.write_bytes(whole[:size])
        with pytest.raises(ValueError, match=r"broken\.scs: "):
            scs.read_data(path)
    random = np.random.default_rng(0)
    for place in random.integers(0, len(whole), 400):
        changed = bytearray(whole)
        changed[place] ^= 1 << random.integers(8)
        path.write_bytes(changed)
        try:
            scs.read_data(path)
        except ValueError as error:
            assert "broken.scs: " in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("change", "kind", "text"),
    [
        (lambda b: b"\x05" + b[1:], scs.InvalidProblem, "width of integers is 5"),
        (lambda b: b + b"xyz", scs.InvalidProblem, "3 bytes follow"),
        (lambda b: b[:-1], scs.InvalidProblem, "adaptive_diag_scale"),
        (lambda b: b[:17] + b"\x07" + b[18:], scs.InvalidCone, "add up to"),
        (
            lambda b: b[:33] + b"\xff" * 8 + b[41:],
            scs.InvalidProblem,
            "bsize is -1, must not be negative",
        ),
        (
            lambda b: b[:33] + b"\xff" * 7 + b"\x7f" + b[41:],
            scs.InvalidProblem,
            "too large|too early",
        ),
    ],
)
def test_sentences(change, kind, text, folder):
    path = folder() / "broken.scs"
    path.write_bytes(change((STORED / "reference_qp.scs").read_bytes()))
    with pytest.raises(kind, match=text):
        scs.read_data(path)


def test_paths(folder):
    content = (STORED / "reference_qp.scs").read_bytes()
    path = folder() / "pr\u00f6blem \u554f\u984c.scs"
    path.write_bytes(content)
    for given in (path, str(path), bytes(path)):
        assert scs.read_data(given).cone == {"z": 1, "l": 2}
    with pytest.raises(scs.FileError, match=r"cannot open .*missing"):
        scs.read_data(folder() / "missing")
    with pytest.raises(OSError, match="cannot"):
        scs.read_data(folder())
    with pytest.raises(TypeError):
        scs.read_data(3)  # type: ignore[arg-type]
    with pytest.raises((ValueError, OSError), match="null"):
        scs.read_data("a\0b")


def test_archives(folder):
    path = folder() / "lp.NPZ"
    data, cone = makers.lp()
    with path.open("wb") as file:
        _npz.save(file, data, cone, name="mine", offset=2.5)
    found = scs.read_data(path)
    _same(found, data, cone)
    assert (found.name, found.offset, found.settings) == ("mine", 2.5, {})
    assert found.objective(1.0) == 3.5


def test_copies_and_pickles():
    problem = scs.read_data(STORED / "reference_qp.scs")
    again = pickle.loads(pickle.dumps(problem))
    assert type(again) is type(problem)
    assert again.name == "reference_qp"
    assert again.cone == problem.cone
    assert again.settings == problem.settings


@pytest.mark.thread_unsafe(reason="prints to the streams of the process")
def test_command_line(capsys, folder):
    path = str(STORED / "reference_qp.scs")

    def run(path, *words):
        code = command.main([path, "--json", *words])
        return code, json.loads(capsys.readouterr().out)

    code, row = run(path)
    assert (code, row["status"], row["problem"]) == (0, "solved", "reference_qp")
    # The settings of the file, and those of the command line before them.
    short = str(folder() / "short.scs")
    scs.SCS(*makers.qp(), verbose=False, max_iters=3, write_data_filename=short)
    assert run(short)[1]["iter"] == 3
    assert run(short, "--settings", "max_iters=3")[1]["iter"] == 3
    assert command.main([str(STORED), "--json"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 3
