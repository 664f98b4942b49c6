# SPDX-License-Identifier: MIT
"""MPS and QPS through HiGHS."""

from __future__ import annotations

import gzip
import sys
import threading
from typing import Any

import numpy as np
import pytest

import scs

EXACT: dict[str, Any] = {"eps_abs": 1e-8, "eps_rel": 1e-8, "verbose": False}

# minimize (x - 1)^2 + (y - 2)^2 - xy - z = x^2 + y^2 - xy - 2x - 4y - z + 5 with
# 1 <= x + y <= 3, y + z = 3, x in [0, 4], y free, z >= 0
QPS = """NAME          TEST
ROWS
 N  OBJ
 L  C1
 E  C2
COLUMNS
    X         OBJ      -2.0   C1        1.0
    Y         OBJ      -4.0   C1        1.0
    Y         C2        1.0
    Z         OBJ      -1.0   C2        1.0
RHS
    RHS       OBJ      -5.0   C1        3.0
    RHS       C2        3.0
RANGES
    RNG       C1        2.0
BOUNDS
 UP BND       X         4.0
 FR BND       Y
QUADOBJ
    X         X         2.0
    X         Y        -1.0
    Y         Y         2.0
ENDATA
"""


@pytest.fixture
def write(tmp_path):
    def to_file(text, name="problem.qps"):
        path = tmp_path / f"{threading.get_ident()}-{name}"
        content = text.encode()
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
        return path

    return to_file


@pytest.mark.parametrize("name", ["p.qps", "p.mps", "P.MPS", "p.qps.gz"])
def test_known_optimum(write, name):
    pytest.importorskip("highspy")
    problem = scs.read_data(write(QPS, name))
    data, cone, _ = problem
    assert cone == {"z": 1, "l": 5}
    assert problem.offset == 5
    assert problem.name.endswith("-" + name[0])
    np.testing.assert_array_equal(
        data["P"].toarray(), [[2, -1, 0], [0, 2, 0], [0, 0, 0]]
    )
    np.testing.assert_array_equal(
        data["A"].toarray(),
        [[0, 1, 1], [1, 1, 0], [1, 0, 0], [-1, -1, 0], [-1, 0, 0], [0, 0, -1]],
    )
    np.testing.assert_array_equal(data["b"], [3, 3, 4, -1, 0, 0])
    # With z = 3 - y: x^2 + y^2 - xy - 2x - 3y + 2 with x + y <= 3; at x = 3 - y this is
    # 3y^2 - 10y + 5, least at y = 5/3, where the multiplier is positive.
    solution = scs.SCS(data, cone, **EXACT).solve()
    np.testing.assert_allclose(solution["x"], [4 / 3, 5 / 3, 4 / 3], atol=1e-5)
    assert problem.objective(solution.info.pobj) == pytest.approx(-10 / 3, abs=1e-5)


def test_maximum(write):
    pytest.importorskip("highspy")
    text = QPS.replace("ROWS", "OBJSENSE\n    MAX\nROWS")
    text = text[: text.index("QUADOBJ")] + "ENDATA\n"
    problem = scs.read_data(write(text))
    assert problem.maximize
    assert "P" not in problem.data
    np.testing.assert_array_equal(problem.data["c"], [2, 4, 1])
    # maximize -2x - 4y - z + 5 with z = 3 - y: -2x - 3y + 2, so y = 1 - x, x = 4
    solution = scs.SCS(problem.data, problem.cone, **EXACT).solve()
    assert problem.objective(solution.info.pobj) == pytest.approx(3, abs=1e-5)


def test_mistakes(write):
    pytest.importorskip("highspy")
    with pytest.raises(scs.InvalidProblem, match=r"problem\.qps: HiGHS cannot read"):
        scs.read_data(write(QPS.replace(" L  C1", " ?  C1")))
    with pytest.raises(scs.InvalidProblem, match=r"problem\.qps: HiGHS cannot read"):
        scs.read_data(write("garbage\n"))
    integer = QPS.replace(" UP BND       X ", " UI BND       X ")
    with pytest.raises(scs.InvalidProblem, match="integer variables"):
        scs.read_data(write(integer))
    with pytest.raises(FileNotFoundError):
        scs.read_data("missing.mps")
    path = write(QPS, "cut.mps.gz")
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(scs.InvalidProblem, match=r"cut\.mps\.gz"):
        scs.read_data(path)


@pytest.mark.thread_unsafe(reason="hides a module from the whole process")
def test_without_the_library(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    with pytest.raises(ImportError, match=r"problem\.qps .*pip install scs\[mps\]"):
        scs.read_data(write(QPS))
