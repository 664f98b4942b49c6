# SPDX-License-Identifier: MIT
"""The families of made problems: sizes, sameness, kinds, and the files."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scsbench import families
from scsbench.cli import main
from scsbench.cones import distances
from scsbench.families import GROUPS, KNOWN, generate, instances
from scsbench.family import Family
from scsbench.judge import Tolerances, judge, kind_of_status
from scsbench.known import read_known
from scsbench.problems import load, problem_name
from scsbench.standard_form import Program

FAMILIES = [
    pytest.param(family, id=f"{group}-{family.name}")
    for group, families in GROUPS.items()
    for family in families
]


def arrays(program: Program) -> list[np.ndarray]:
    found = [program.b, program.c]
    for matrix in (program.a, program.p):
        if matrix is not None:
            found += [matrix.data, matrix.indices, matrix.indptr]
    return found


def test_names_are_unique() -> None:
    names = [name for name, _, _ in instances()]
    assert len(set(names)) == len(names) > 100
    families = [family.name for group in GROUPS.values() for family in group]
    assert len(families) > 40
    # the same name in two groups would give both the same numbers
    shared = {name for name in families if families.count(name) > 1}
    assert shared <= {"random", "portfolio"}


@pytest.mark.parametrize("family", FAMILIES)
def test_dimensions_agree(family: Family) -> None:
    program = family.instance(family.tiny)
    m, n = program.a.shape
    assert program.b.shape == (m,)
    assert program.c.shape == (n,)
    assert all(np.all(np.isfinite(array)) for array in arrays(program))
    # raises unless the rows of the cone are those of b
    distances(program.cone, program.b, dual=False)
    assert np.all(np.diff(program.a.tocsc().indptr) > 0) or program.p is not None
    if program.p is not None:
        assert program.p.shape == (n, n)
        assert np.all(program.p.tocoo().row <= program.p.tocoo().col)
        full = program.p.toarray()
        full = full + np.triu(full, 1).T
        assert np.linalg.eigvalsh(full)[0] >= -1e-9 * np.linalg.norm(full)
    assert (family.make.__doc__ or "").strip()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_seed_is_a_problem(family: Family) -> None:
    first, again = (family.instance(family.tiny, 3) for _ in range(2))
    for left, right in zip(arrays(first), arrays(again), strict=True):
        np.testing.assert_array_equal(left, right)
    assert first.cone == again.cone
    other = arrays(family.instance(family.tiny, 4))
    assert any(
        left.shape != right.shape or np.any(left != right)
        for left, right in zip(arrays(first), other, strict=True)
    )


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize("family", FAMILIES)
def test_tiny_ones_are_of_their_kind(family: Family, seed: int, tmp_path: Path) -> None:
    scs = pytest.importorskip("scs")
    program = family.instance(family.tiny, seed)
    answer = scs.SCS(
        program.data(), program.cone, verbose=False, eps_abs=1e-6, eps_rel=1e-6
    ).solve()
    assert kind_of_status(answer["info"]["status_val"]) == family.kind
    path = tmp_path / "made" / "problem.npz"
    program.save(path)
    x, y, s = (np.asarray(answer[key]) for key in "xys")
    verdict = judge(load(path), family.kind, x, y, s, Tolerances(eps=1e-6))
    assert verdict.confirmed, verdict.reason


def test_files_are_what_was_made(tmp_path: Path) -> None:
    for name in ("portfolio", "max_cut", "geometric", "qp_infeasible"):
        (family,) = [
            one
            for group, families in GROUPS.items()
            for one in families
            if one.name == name and group != "made_socp"
        ]
        program = family.instance(family.tiny)
        path = tmp_path / "made" / f"{name}.npz"
        program.save(path, "where from")
        problem = load(path)
        assert problem.name == problem_name(path) == f"made/{name}"
        x = np.arange(problem.a.cols, dtype=float)
        np.testing.assert_allclose(problem.a.times(x), program.a @ x)
        assert (problem.p is None) == (program.p is None)
        if program.p is not None:
            full = program.p + program.p.T
            full.setdiag(program.p.diagonal())
            np.testing.assert_allclose(problem.p_times(x), full @ x)
        assert problem.cone == program.cone
        np.testing.assert_array_equal(problem.b, program.b)
        np.testing.assert_array_equal(problem.c, program.c)


def test_the_command_writes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = {
        group: tuple(replace(one, sizes=(one.tiny, one.tiny + 1)) for one in made[:2])
        for group, made in GROUPS.items()
    }
    monkeypatch.setattr(families, "GROUPS", few)
    out = tmp_path / "made"
    assert main(["generate", "--out", str(out), "--seeds", "2"]) == 0
    count = 2 * 2 * 2 * len(GROUPS)
    assert f"{count} problems" in capsys.readouterr().out
    files = sorted(out.rglob("*.npz"))
    assert len(files) == count
    assert {path.parent.name for path in files} == set(GROUPS)
    known = read_known(out / KNOWN)
    names = {problem_name(path) for path in files}
    assert set(known) == {name for name in names if "certificates" in name}
    assert generate(out, 1, first=7)[0].stem.endswith("-7")
