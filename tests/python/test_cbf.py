# SPDX-License-Identifier: MIT
"""The Conic Benchmark Format: every cone and section, answers known by hand."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

import scs

EXACT: dict[str, Any] = {"eps_abs": 1e-8, "eps_rel": 1e-8, "verbose": False}


@pytest.fixture
def read(tmp_path):
    def from_text(text):
        path = tmp_path / f"{threading.get_ident()}-problem.cbf"
        path.write_text(text)
        return scs.read_data(path)

    return from_text


def _file(*sections, sense="MIN", version=3):
    head = f"# a comment\nVER\n{version}\n\nOBJSENSE\n{sense}\n\n"
    return head + "\n\n".join(s.replace("; ", "\n") for s in sections) + "\n"


def _check(problem, optimum, cone):
    assert problem.cone == cone
    solution = scs.SCS(problem.data, problem.cone, **EXACT).solve()
    info = solution["info"]
    assert info["status"] == "solved"
    assert problem.objective(info["pobj"]) == pytest.approx(optimum, abs=1e-5)
    return solution


# maximize 2 x + y + 10 with x <= 4 - y, y = 1, x <= 2.5, a free w = x + 1
LINEAR = _file(
    "VAR; 3 3; L+ 1; F 1; F 1",
    "CON; 4 3; L- 1; L= 2; L- 1",
    "OBJACOORD; 2; 0 2.0; 1 1.0",
    "OBJBCOORD; 10.0",
    "ACOORD; 6; 0 0 1.0; 0 1 1.0; 1 1 1.0; 2 0 1; 2 2 -1; 3 0 1",
    "BCOORD; 4; 0 -4.0; 1 -1; 2 1; 3 -2.5",
    sense="MAX",
    version=1,
)

PROBLEMS = {
    "linear": (LINEAR, 16.0, {"z": 2, "l": 3}),
    "free rows and fixed variables": (
        _file(
            "VAR; 3 3; L- 1; L= 1; F 1",
            "CON; 2 2; F 1; L+ 1",
            "OBJACOORD; 2; 0 -1; 2 1",
            "ACOORD; 4; 0 0 1.0; 1 2 1.0; 1 1 1; 1 0 2",
            "BCOORD; 1; 1 -1",
        ),
        1.0,
        {"z": 1, "l": 2},
    ),
    "Q": (
        _file(
            "VAR; 3 1; Q 3",
            "CON; 2 1; L= 2",
            "OBJACOORD; 1; 0 1.0",
            "ACOORD; 2; 0 1 1.0; 1 2 1.0",
            "BCOORD; 2; 0 -3.0; 1 -4.0",
        ),
        5.0,
        {"z": 2, "q": [3]},
    ),
    "QR": (  # 2 x_0 x_1 >= x_2^2 + x_3^2 with x_0 = 1 and x_2 = x_3 = 2
        _file(
            "VAR; 4 1; QR 4",
            "CON; 3 1; L= 3",
            "OBJACOORD; 1; 1 1.0",
            "ACOORD; 3; 0 0 1.0; 1 2 1.0; 2 3 1",
            "BCOORD; 3; 0 -1.0; 1 -2.0; 2 -2.0",
        ),
        4.0,
        {"z": 3, "q": [4]},
    ),
    "EXP": (  # x_0 >= x_1 exp(x_2 / x_1)
        _file(
            "VAR; 3 1; EXP 3",
            "CON; 2 1; L= 2",
            "OBJACOORD; 1; 0 1.0",
            "ACOORD; 2; 0 1 1.0; 1 2 1.0",
            "BCOORD; 2; 0 -2.0; 1 -2.0",
        ),
        2 * np.e,
        {"z": 2, "ep": 1},
    ),
    "EXP*": (  # u >= -w exp(v / w - 1) with w = -1, v = 2, as constraint rows
        _file(
            "VAR; 1 1; F 1",
            "CON; 3 1; EXP* 3",
            "OBJACOORD; 1; 0 1.0",
            "ACOORD; 1; 0 0 1.0",
            "BCOORD; 2; 1 2.0; 2 -1.0",
        ),
        np.exp(-3),
        {"ed": 1},
    ),
    "POW": (  # x^(1/3) y^(2/3) >= |z| with x = 1, y = 8
        _file(
            "POWCONES; 2 4; 2; 5; 5; 2; 1.0; 2.0",
            "VAR; 3 1; @1:POW 3",
            "CON; 2 1; L= 2",
            "OBJACOORD; 1; 2 1.0",
            "ACOORD; 2; 0 0 1.0; 1 1 1.0",
            "BCOORD; 2; 0 -1.0; 1 -8.0",
            sense="MAX",
        ),
        4.0,
        {"z": 2, "p": [1 / 3]},
    ),
    "POW*": (  # (3 u)^(1/3) (3/2 v)^(2/3) >= |w| with u = 1/3, v = 16/3
        _file(
            "POW*CONES; 1 2; 2; 1.0; 2.0",
            "VAR; 3 1; @0:POW* 3",
            "CON; 2 1; L= 2",
            "OBJACOORD; 1; 2 1.0",
            "ACOORD; 2; 0 0 3.0; 1 1 3.0",
            "BCOORD; 2; 0 -1.0; 1 -16.0",
            sense="MAX",
        ),
        4.0,
        {"z": 2, "p": [-1 / 3]},
    ),
    "PSDVAR": (  # trace of X with X_01 = 1
        _file(
            "PSDVAR; 1; 2",
            "CON; 1 1; L= 1",
            "OBJFCOORD; 2; 0 0 0 1.0; 0 1 1 1.0",
            "FCOORD; 1; 0 0 1 0 0.5",
            "BCOORD; 1; 0 -1.0",
        ),
        2.0,
        {"z": 1, "s": [2]},
    ),
    "PSDCON": (  # [x_0 1; 1 x_1] semidefinite
        _file(
            "VAR; 2 1; F 2",
            "PSDCON; 1; 2",
            "OBJACOORD; 2; 0 1; 1 1",
            "HCOORD; 2; 0 0 0 0 1.0; 0 1 1 1 1.0",
            "DCOORD; 1; 0 0 1 1.0",
        ),
        2.0,
        {"s": [2]},
    ),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_known_optimum(name, read):
    _check(read(PROBLEMS[name][0]), *PROBLEMS[name][1:])


def test_variables_keep_their_places(read):
    x = _check(read(LINEAR), *PROBLEMS["linear"][1:])["x"]
    np.testing.assert_allclose(x, [2.5, 1, 3.5], atol=1e-5)


def test_smallest_eigenvalues_by_matrix_variables_and_constraints(read):
    random = np.random.default_rng(5)
    matrices = [m + m.T for m in (random.standard_normal((k, k)) for k in (2, 4))]
    expected = sum(np.linalg.eigvalsh(m)[0] for m in matrices)
    lower = [
        (k, i, j, m[i, j])
        for k, m in enumerate(matrices)
        for i in range(len(m))
        for j in range(i + 1)
    ]
    diagonal = [(k, i) for k, m in enumerate(matrices) for i in range(len(m))]
    # minimize sum <M_k, X_k> with trace X_k = 1
    by_variables = _file(
        "PSDVAR; 2; 2; 4",
        "CON; 2 1; L= 2",
        f"OBJFCOORD; {len(lower)}\n"
        + "\n".join(f"{k} {i} {j} {value!r}" for k, i, j, value in map(_plain, lower)),
        f"FCOORD; {len(diagonal)}\n"
        + "\n".join(f"{k} {k} {i} {i} 1" for k, i in diagonal),
        "BCOORD; 2; 0 -1; 1 -1",
    )
    _check(read(by_variables), expected, {"z": 2, "s": [2, 4]})
    # maximize t_0 + t_1 with M_k - t_k I semidefinite
    by_constraints = _file(
        "VAR; 2 1; F 2",
        "PSDCON; 2; 2; 4",
        "OBJACOORD; 2; 0 1; 1 1",
        f"HCOORD; {len(diagonal)}\n"
        + "\n".join(f"{k} {k} {i} {i} -1" for k, i in diagonal),
        f"DCOORD; {len(lower)}\n"
        + "\n".join(f"{k} {i} {j} {value!r}" for k, i, j, value in map(_plain, lower)),
        sense="MAX",
    )
    _check(read(by_constraints), expected, {"s": [2, 4]})


def _plain(entry):
    return (*entry[:-1], float(entry[-1]))


def test_cones_of_all_kinds_at_once_keep_their_rows(read):
    """Of the point (1, ..., 10) the slacks are what the maps say."""
    text = _file(
        "POWCONES; 1 2; 2; 1; 3",
        "VAR; 10 4; @0:POW 3; EXP 3; QR 3; L- 1",
        "OBJACOORD; 1; 9 1",
    )
    data, cone, _ = read(text)
    assert cone == {"l": 1, "q": [3], "ep": 1, "p": [0.25]}
    slack = data["b"] - data["A"] @ np.arange(1.0, 11.0)
    half = np.sqrt(0.5)
    np.testing.assert_allclose(slack, [-10, 15 * half, -half, 9, 6, 5, 4, 1, 2, 3])
    assert isinstance(data["A"], sp.csc_matrix)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("VER\n1", "VER\n4", ":3: version 4, 1 to 3 can be read"),
        ("VER\n1", "VER\nx", ":3: the version is 'x', must be an integer"),
        ("VER\n1\n", "", ":3: the file must begin with VER"),
        ("OBJSENSE\nMAX\n", "", ": section OBJSENSE is missing"),
        ("MAX", "LARGE", ":6: 'LARGE' is neither MIN nor MAX"),
        ("VAR\n3 3", "WHAT\n3 3", ":8: unknown section 'WHAT'"),
        ("OBJBCOORD\n10.0", "VAR\n0 0", ":25: VAR stands in line 8 already"),
        ("OBJBCOORD\n10.0", "INT\n1\n0", ":25: integer variables"),
        ("VAR\n3 3", "VAR\n4 3", ":9: 4 variables, but cones of 3 rows follow"),
        ("VAR\n3 3", "VAR\n3", ":9: VAR: 2 words expected, 1 found"),
        ("VAR\n3 3", "VAR\n-3 3", ":9: a count is -3, must be at least 0"),
        ("VAR\n3 3\nL+ 1", "VAR\n3 3\nX 1", ":10: unknown cone 'X'"),
        ("VAR\n3 3\nL+ 1", "VAR\n3 3\nPOW 1", ":10: unknown cone 'POW'"),
        ("VAR\n3 3\nL+ 1", "VAR\n3 3\n@0:POW 3", ":10: power cone 0 of 0 in POWCONES"),
        ("VAR\n3 3\nL+ 1", "VAR\n3 3\nEXP 4", ":10: EXP: 4 rows, must be 3"),
        ("VAR\n3 3\nL+ 1", "VAR\n3 3\nQR 1", ":10: QR: 1 rows, must be 2 or more"),
        (
            "VAR\n3 3\nL+ 1",
            "VAR\n1999999999 1\nF 1999999999",
            ":9: .* more than a file",
        ),
        ("0 2.0", "3 2.0", ":22: the variable is 3, must be at most 2"),
        ("0 2.0", "0 two", ":22: the value is 'two', must be a number"),
        ("0 2.0", "0 nan", ":22: the value is nan, must be finite"),
        ("0 2.0", "1 2.0", ":23: the same entry as in line 22"),
        ("0 0 1.0", "4 0 1.0", ":30: the constraint is 4, must be at most 3"),
        ("OBJBCOORD\n10.0", "FCOORD\n1\n0 0 0 0 1", ":27: FCOORD: no matrix variable"),
        ("BCOORD\n4", "BCOORD\n9", ":42: the file ends within BCOORD"),
        ("OBJBCOORD\n10.0", "POWCONES\n1 1\n2\n1\n1", ":29: 2 parameters, 1 announced"),
        ("OBJBCOORD\n10.0", "POWCONES\n1 1\n1\n-1", ":28: parameter -1.0, must be > 0"),
        ("OBJBCOORD\n10.0", "PSDVAR\n1\n90000", ":27: .* more than a file"),
    ],
)
def test_mistakes(read, old, new, text):
    assert old in LINEAR
    with pytest.raises(scs.InvalidProblem, match=r"problem\.cbf" + text):
        read(LINEAR.replace(old, new, 1))


@pytest.mark.parametrize(
    ("cones", "text"),
    [
        ("2; 1; 1", "4 rows and 2 parameters, only power cones of 3 rows"),
        ("3; 1; 1; 1", "4 rows and 3 parameters"),
    ],
)
def test_power_cones_that_we_do_not_have(read, cones, text):
    size = len(cones.split("; ")) - 1
    with pytest.raises(scs.InvalidProblem, match=text):
        read(_file(f"POWCONES; 1 {size}; {cones}", "VAR; 4 1; @0:POW 4"))


@pytest.mark.parametrize("name", PROBLEMS)
def test_files_that_end_early(name, read):
    text = PROBLEMS[name][0]
    for size in range(0, len(text), 2):
        try:
            read(text[:size])
        except ValueError as error:
            assert "problem.cbf" in str(error)  # noqa: PT017
    with pytest.raises(ValueError, match="section VER is missing"):
        read("")
    with pytest.raises(ValueError, match="there are no variables"):
        read(_file())
