# SPDX-License-Identifier: MIT
"""SDPA's sparse format: files written by hand, with answers known by hand."""

from __future__ import annotations

import gzip
import threading
from typing import Any

import numpy as np
import pytest

import scs

EXACT: dict[str, Any] = {"eps_abs": 1e-8, "eps_rel": 1e-8, "verbose": False}

# minimize x_1 + x_2 with [x_1 1; 1 x_2] semidefinite and x_1 >= 3: 3 + 1/3
GOOD = """"a comment
* and another
2 = mDIM
2 = nBLOCK
(2, -1) = bLOCKsTRUCT
{1.0, +1.0}
0 1 1 2 -1.0
1 1 1 1 1.0
2 1 2 2 1.0D+0

1 2 1 1 1.0
0 2 1 1 3.0
"""


@pytest.fixture
def write(tmp_path):
    def to_file(text, name="problem.dat-s"):
        path = tmp_path / f"{threading.get_ident()}-{name}"
        path.write_bytes(
            gzip.compress(text.encode()) if name.endswith("gz") else text.encode()
        )
        return path

    return to_file


@pytest.mark.parametrize("name", ["p.dat-s", "P.DAT-S", "p.dat-s.gz"])
def test_known_optimum(write, name):
    problem = scs.read_data(write(GOOD, name))
    data, cone, settings = problem
    assert cone == {"l": 1, "s": [2]}
    assert settings == {}
    assert problem.name.endswith("-" + name[0])
    solution = scs.SCS(data, cone, **EXACT).solve()
    assert solution["info"]["pobj"] == pytest.approx(10 / 3, abs=1e-5)
    np.testing.assert_allclose(solution["x"], [3, 1 / 3], atol=1e-5)


def test_smallest_eigenvalue_in_any_order_of_blocks(write):
    # maximize t with M - t I semidefinite, beside blocks that do not matter
    random = np.random.default_rng(3)
    m = random.standard_normal((4, 4))
    m = m + m.T
    lines = ["1", "3", "-2 4 1", "-1.0"]
    for i in range(4):
        lines.append(f"1 2 {i + 1} {i + 1} -1.0")
        lines += [f"0 2 {i + 1} {j + 1} {-float(m[i, j])!r}" for j in range(i, 4)]
    lines += ["0 1 1 1 -50", "1 1 1 1 1", "0 1 2 2 -60", "1 1 2 2 1", "0 3 1 1 -7"]
    data, cone, _ = scs.read_data(write("\n".join(lines)))
    assert cone == {"l": 3, "s": [4]}
    np.testing.assert_array_equal(data["b"][:3], [50, 60, 7])
    info = scs.SCS(data, cone, **EXACT).solve()["info"]
    assert -info["pobj"] == pytest.approx(np.linalg.eigvalsh(m)[0], abs=1e-5)


def test_lower_triangle_counts_as_upper(write):
    upper = scs.read_data(write(GOOD))
    lower = scs.read_data(write(GOOD.replace("0 1 1 2", "0 1 2 1")))
    np.testing.assert_array_equal(upper.data["b"], lower.data["b"])


def test_numbers_over_several_lines(write):
    text = GOOD.replace("(2, -1) = bLOCKsTRUCT", "2\n-1").replace("{1.0, +1.0}", "1\n1")
    assert scs.read_data(write(text)).cone == {"l": 1, "s": [2]}


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("2 = mDIM", "x = mDIM", ":3: the number of variables is 'x', must be an int"),
        (
            "2 = mDIM",
            "0 = mDIM",
            ":3: the number of variables is 0, must be at least 1",
        ),
        ("2 = mDIM", "1000000000", ": 1000000000 variables are more"),
        ("2 = mDIM", "9" * 30, ":3: .* must be at most"),
        ("(2, -1)", "(2, 0)", ":5: the size of a block is 0"),
        (
            "(2, -1)",
            "(2000000000, -1)",
            ": .* rows are more than a file of this length",
        ),
        ("(2, -1)", "(2.5, -1)", ":5: the size of a block is '2.5'"),
        ("{1.0, +1.0}", "{1.0, nan}", ":6: an entry of c is nan, must be finite"),
        ("{1.0, +1.0}", "{1.0, what}", ":6: an entry of c is 'what', must be a number"),
        ("0 1 1 2 -1.0", "0 1 1 2", ":7: an entry is five numbers"),
        ("0 1 1 2 -1.0", "0 1 1 2 x", ":7: the value is 'x'"),
        ("0 1 1 2 -1.0", "0 1 1 2 inf", ":7: the value is inf"),
        ("0 1 1 2 -1.0", "3 1 1 2 1", ":7: the matrix is 3, must be at most 2"),
        ("0 1 1 2 -1.0", "0 3 1 2 1", ":7: the block is 3, must be at most 2"),
        ("0 1 1 2 -1.0", "0 1 0 2 1", ":7: the row is 0, must be at least 1"),
        ("0 1 1 2 -1.0", "0 1 1 3 1", ":7: the column is 3, must be at most 2"),
        ("0 1 1 2 -1.0", "1 1 1 1 1", ":8: the same entry as in line 7"),
        ("(2, -1)", "(2, -2)\n1 1\n0 2 1 2 1", ":7: block 2 is diagonal"),
        ("0 1 1 2 -1.0", "*INTEGER", ":7: integer variables"),
    ],
)
def test_mistakes(write, old, new, text):
    with pytest.raises(scs.InvalidProblem, match=r"problem\.dat-s" + text):
        scs.read_data(write(GOOD.replace(old, new)))


def test_files_that_end_early(write):
    for size in range(len(GOOD)):
        path = write(GOOD[:size])
        try:
            scs.read_data(path)
        except ValueError as error:
            assert str(path) in str(error)  # noqa: PT017
    with pytest.raises(ValueError, match="ends before the number of variables"):
        scs.read_data(write(""))
    with pytest.raises(ValueError, match="ends before an entry of c"):
        scs.read_data(write("2\n1\n1\n3"))
    path = write("", "cut.dat-s.gz")
    path.write_bytes(gzip.compress(GOOD.encode())[:-9])
    with pytest.raises(ValueError, match=r"cut\.dat-s\.gz: "):
        scs.read_data(path)
