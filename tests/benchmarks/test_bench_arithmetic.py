# SPDX-License-Identifier: MIT
"""The arithmetic of comparisons, on numbers worked out by hand."""

import math

import pytest

from scsbench.arithmetic import (
    Pair,
    clock,
    lin_sys_ratio,
    pairs,
    penalised_iterations,
    penalised_time,
    shifted_geometric_mean,
    summarise,
)
from scsbench.compare import compare
from scsbench.judge import INFEASIBLE, SOLVED
from scsbench.known import Known
from scsbench.records import Header, Result, Run


def result(
    problem: str = "lp/one",
    *,
    confirmed: bool = True,
    iterations: int | None = 100,
    time: float | None = 1.0,
    kind: str = SOLVED,
    objective: float | None = 1.0,
) -> Result:
    return Result(
        problem=problem,
        kind=kind,
        status=kind if confirmed else f"{kind} (inaccurate)",
        confirmed=confirmed,
        iterations=iterations,
        setup_s=None if time is None else 0.25 * time,
        solve_s=None if time is None else 0.75 * time,
        lin_sys_s=None if time is None else 0.5 * time,
        objective=objective,
        digest=f"{objective}",
    )


def run(*results: Result, limit: float = 60.0, path: str = "run.jsonl") -> Run:
    header = Header(python="python", eps=1e-4, time_limit=limit)
    return Run(header, {one.problem: one for one in results}, path)


def test_shifted_geometric_mean() -> None:
    assert shifted_geometric_mean([4.0, 9.0], 0.0) == pytest.approx(6.0)
    # sqrt((0 + 10) (30 + 10)) - 10
    assert shifted_geometric_mean([0.0, 30.0], 10.0) == pytest.approx(10.0)
    assert shifted_geometric_mean([7.0], 3.0) == pytest.approx(7.0)
    assert math.isnan(shifted_geometric_mean([], 1.0))


def test_failures_cost_the_time_limit() -> None:
    assert penalised_time(result(), 60.0, 1.5) == 1.5
    assert penalised_time(result(confirmed=False), 60.0, 1.5) == 60.0
    assert penalised_time(result(confirmed=False), 60.0, 75.0) == 60.0
    assert penalised_time(result(), 60.0, None) == 60.0


@pytest.mark.parametrize(
    ("base", "other", "expected"),
    [
        (result(iterations=50), result(iterations=80), (50.0, 80.0)),
        # giving up after 10 iterations counts as the other's 50
        (result(iterations=50), result(iterations=10, confirmed=False), (50.0, 50.0)),
        (result(iterations=50), result(iterations=90, confirmed=False), (50.0, 90.0)),
        (
            result(iterations=30, confirmed=False),
            result(iterations=90, confirmed=False),
            (90.0, 90.0),
        ),
        # a crash has no count at all
        (result(iterations=50), result(iterations=None, confirmed=False), (50.0, 50.0)),
    ],
)
def test_failures_cost_the_larger_count(
    base: Result, other: Result, expected: tuple[float, float]
) -> None:
    assert penalised_iterations(Pair(base, other, 60.0, 60.0)) == expected


def test_no_counts_no_iterations() -> None:
    nothing = result(iterations=None, confirmed=False)
    assert penalised_iterations(Pair(nothing, nothing, 60.0, 60.0)) is None


def test_clocks_read_different_times() -> None:
    one = result(time=2.0)
    one.cpu_s, one.info_setup_s, one.info_solve_s = 1.5, 0.25, 0.5
    assert [clock(name)(one) for name in ("wall", "cpu", "info")] == [2.0, 1.5, 0.75]
    crashed = result(time=None)
    assert [clock(name)(crashed) for name in ("wall", "cpu", "info")] == [None] * 3


def test_summary() -> None:
    base = run(
        result("lp/a", time=0.99, iterations=90),
        result("lp/b", time=0.99, iterations=90),
        result("lp/only-here"),
    )
    other = run(
        result("lp/a", time=0.24, iterations=40),
        result("lp/b", time=0.1, iterations=5, confirmed=False),
    )
    summary = summarise(pairs(base, other), clock("wall"))
    assert summary.problems == 2
    assert summary.confirmed == (2, 1)
    assert summary.time[0] == pytest.approx(0.99)
    # sqrt((0.24 + 0.01) (60 + 0.01)) - 0.01
    assert summary.time[1] == pytest.approx(math.sqrt(0.25 * 60.01) - 0.01)
    assert summary.total_time == pytest.approx((1.98, 60.24))
    # sqrt((40 + 10) (90 + 10)) - 10
    expected = math.sqrt(50.0 * 100.0) - 10.0
    assert summary.iterations == pytest.approx((90.0, expected))
    assert summary.iteration_ratio == pytest.approx(expected / 90.0)
    assert summary.both_time_ratio == pytest.approx(0.24 / 0.99)
    assert summary.both_iteration_ratio == pytest.approx(40.0 / 90.0)


def test_lin_sys_ratio_is_per_iteration() -> None:
    pair = Pair(
        result(time=1.0, iterations=100), result(time=1.0, iterations=50), 60.0, 60.0
    )
    assert lin_sys_ratio([pair, pair]) == pytest.approx(2.0)
    idle = Pair(result(iterations=0), result(), 60.0, 60.0)
    assert lin_sys_ratio([pair, idle]) == pytest.approx(2.0)
    assert math.isnan(lin_sys_ratio([idle]))


def test_report_names_what_differs() -> None:
    base = run(
        result("lp/both"),
        result("lp/a-only"),
        result("lp/b-only", confirmed=False),
        result("lp/none", confirmed=False),
        result("lp/kinds"),
        result("qp/apart", objective=1.0),
        path="a.jsonl",
    )
    other = run(
        result("lp/both"),
        result("lp/a-only", confirmed=False),
        result("lp/b-only"),
        result("lp/none", confirmed=False),
        result("lp/kinds", kind=INFEASIBLE, objective=None),
        result("qp/apart", objective=1.01),
        path="b.jsonl",
    )
    report = compare([base, other])
    lines = report.splitlines()

    def under(heading: str) -> str:
        (start,) = [k for k, line in enumerate(lines) if line.startswith(heading)]
        return lines[start + 1]

    assert "lp/a-only" in under("confirmed by A only")
    assert "lp/b-only" in under("confirmed by B only")
    assert "lp/none" in under("confirmed by neither")
    assert "lp/kinds" in under("confirmed as different kinds")
    assert "qp/apart" in under("objectives more than")
    assert "bit-identical answers: 4 of 6" in report
    (total,) = [line.split() for line in lines if line.startswith("total")]
    assert total[1:4] == ["6", "4", "4"]
    assert any(line.startswith("qp ") for line in lines)


def test_report_against_the_known() -> None:
    known = {
        "lp/right": Known(1.0, (SOLVED,)),
        "lp/off": Known(1.1, (SOLVED,)),
        "lp/kind": Known(None, (INFEASIBLE,)),
        "lp/lost": Known(confirmed=True),
        "lp/absent": Known(5.0, (SOLVED,)),
    }
    one = run(
        result("lp/right"),
        result("lp/off"),
        result("lp/kind"),
        result("lp/lost", confirmed=False),
        result("lp/unheard-of"),
    )
    report = compare([one], known=known)
    section = report[report.index("A against the known") :]
    assert "(3)" in section.splitlines()[0]
    for name in ("lp/off", "lp/kind", "lp/lost"):
        assert name in section
    for name in ("lp/right", "lp/absent", "lp/unheard-of"):
        assert name not in section


def test_different_tolerances_are_pointed_out() -> None:
    base, other = run(result()), run(result(), limit=10.0)
    other.header.eps = 1e-6
    assert compare([base, other]).count("WARNING") == 2
    assert "WARNING" not in compare([base, base])
    assert "no problem in common" in compare([base, run(result("lp/other"))])
