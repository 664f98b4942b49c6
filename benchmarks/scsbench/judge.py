# SPDX-License-Identifier: MIT
"""The harness's own opinion of an answer; nothing the solver reports is believed.

An answer claims one of three kinds. With the infinity norm |.|, dist the largest
Euclidean distance of a cone block, and tol = slack * eps:

    solved      |Ax + s - b|         <= tol (1 + max(|Ax|, |s|, |b|))
                |Px + A'y + c|       <= tol (1 + max(|Px|, |A'y|, |c|))
                |x'Px + c'x + b'y|   <= tol (1 + max(x'Px, |c'x|, |b'y|))
                dist(s, K)           <= tol (1 + |s|)
                dist(y, K*)          <= tol (1 + |y|)
    infeasible  b'y < 0, |A'y| <= tol_c (-b'y), dist(y, K*) <= tol_c (-b'y)
    unbounded   c'x < 0, |Px|, |Ax + s| and dist(s, K) <= tol_c (-c'x)

with tol_c = slack * eps_infeas. An infeasibility certificate of quality q proves
only that no feasible x has 1-norm below 1/q (up to the distance of y), and a
problem whose solutions are that large is easily refuted by any small y. A
certificate must therefore also cancel: |A'y| <= 0.01 ||A|'|y||, and likewise
|Ax + s| <= 0.01 ||A||x| + |s|| and |Px| <= 0.01 ||P||x|| (bars inside a norm are
entrywise). Sound certificates of the public collections stay below 1e-5 there, the
refutations of feasible problems that pass the first test at about 0.1.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from scsbench.cones import distances
from scsbench.problems import FloatArray, Problem

# Room for rounding only: the solver tests the same inequalities, in its own scaling.
SLACK = 1.05
EPS = 1e-4
EPS_INFEAS = 1e-7
CANCELLATION = 0.01

SOLVED, INFEASIBLE, UNBOUNDED, FAILED = "solved", "infeasible", "unbounded", "failed"

_KIND_OF_STATUS = {
    1: SOLVED,
    2: SOLVED,
    -2: INFEASIBLE,
    -7: INFEASIBLE,
    -1: UNBOUNDED,
    -6: UNBOUNDED,
}


@dataclass(frozen=True)
class Tolerances:
    """What an answer is held to; see the module text."""

    eps: float = EPS
    eps_infeas: float = EPS_INFEAS
    slack: float = SLACK


@dataclass(frozen=True)
class Verdict:
    """The outcome; measures that do not apply to the claimed kind are None."""

    kind: str
    confirmed: bool
    reason: str = ""
    rel_pri: float | None = None
    rel_dual: float | None = None
    rel_gap: float | None = None
    rel_dist_s: float | None = None
    rel_dist_y: float | None = None
    certificate: float | None = None
    objective: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the fields as a plain dict."""
        return asdict(self)


def kind_of_status(status_val: int) -> str:
    """Map a status number to the kind of answer it claims to be."""
    return _KIND_OF_STATUS.get(status_val, FAILED)


def judge(
    problem: Problem,
    kind: str,
    x: FloatArray,
    y: FloatArray,
    s: FloatArray,
    tolerances: Tolerances | None = None,
) -> Verdict:
    """Check an answer that claims ``kind``; never raises for a bad answer."""
    held_to = tolerances or Tolerances()
    rows, cols = problem.a.rows, problem.a.cols
    for name, vector, length in (("x", x, cols), ("y", y, rows), ("s", s, rows)):
        if vector.shape != (length,):
            return Verdict(kind, False, f"{name} has shape {vector.shape}")
    with np.errstate(over="ignore", invalid="ignore"):
        if kind == SOLVED:
            return _judge_solved(problem, x, y, s, held_to)
        if kind == INFEASIBLE:
            return _judge_infeasible(problem, y, held_to)
        if kind == UNBOUNDED:
            return _judge_unbounded(problem, x, s, held_to)
    return Verdict(kind, False, "claims nothing")


def _judge_solved(
    problem: Problem, x: FloatArray, y: FloatArray, s: FloatArray, held_to: Tolerances
) -> Verdict:
    if not all(_finite(vector) for vector in (x, y, s)):
        return Verdict(SOLVED, False, "x, y or s is not finite")
    ax, px = problem.a.times(x), problem.p_times(x)
    aty = problem.a.transpose_times(y)
    quadratic, linear = float(x @ px), float(problem.c @ x)
    dual_linear = float(problem.b @ y)
    measures = {
        "rel_pri": _relative(ax + s - problem.b, ax, s, problem.b),
        "rel_dual": _relative(px + aty + problem.c, px, aty, problem.c),
        "rel_gap": abs(quadratic + linear + dual_linear)
        / (1.0 + max(quadratic, abs(linear), abs(dual_linear))),
        "rel_dist_s": _distance(problem, s, dual=False) / (1.0 + _norm(s)),
        "rel_dist_y": _distance(problem, y, dual=True) / (1.0 + _norm(y)),
    }
    tolerance = held_to.slack * held_to.eps
    # written so that a NaN fails
    failed = [key for key, value in measures.items() if not value <= tolerance]
    reason = ", ".join(f"{key} {measures[key]:.2e}" for key in failed)
    return Verdict(
        SOLVED,
        not failed,
        reason,
        objective=0.5 * quadratic + linear,
        **measures,
    )


def _judge_infeasible(problem: Problem, y: FloatArray, held_to: Tolerances) -> Verdict:
    if not _finite(y):
        return Verdict(INFEASIBLE, False, "y is not finite")
    residual = problem.a.transpose_times(y)
    terms = problem.a.absolute().transpose_times(np.abs(y))
    return _judge_certificate(
        INFEASIBLE,
        -float(problem.b @ y),
        [(residual, terms)],
        _distance(problem, y, dual=True),
        held_to,
    )


def _judge_unbounded(
    problem: Problem, x: FloatArray, s: FloatArray, held_to: Tolerances
) -> Verdict:
    if not (_finite(x) and _finite(s)):
        return Verdict(UNBOUNDED, False, "x or s is not finite")
    residuals = [
        (
            problem.a.times(x) + s,
            problem.a.absolute().times(np.abs(x)) + np.abs(s),
        )
    ]
    if problem.p is not None:
        terms = problem.p.absolute().symmetric_times(np.abs(x))
        residuals.append((problem.p_times(x), terms))
    return _judge_certificate(
        UNBOUNDED,
        -float(problem.c @ x),
        residuals,
        _distance(problem, s, dual=False),
        held_to,
    )


def _judge_certificate(
    kind: str,
    gain: float,
    residuals: list[tuple[FloatArray, FloatArray]],
    distance: float,
    held_to: Tolerances,
) -> Verdict:
    """Judge pairs of a residual that should vanish and the size of its terms."""
    if not gain > 0.0:
        return Verdict(kind, False, f"certificate gains nothing ({gain:.2e})")
    largest = max(_norm(residual) for residual, _ in residuals)
    quality = max(largest, distance) / gain
    reason = ""
    if not quality <= held_to.slack * held_to.eps_infeas:
        reason = f"certificate {quality:.2e}"
    elif any(
        _norm(residual) > CANCELLATION * _norm(terms) for residual, terms in residuals
    ):
        reason = f"certificate {quality:.2e} only because its vector is small"
    return Verdict(kind, not reason, reason, certificate=quality)


def _finite(v: FloatArray) -> bool:
    return bool(np.all(np.isfinite(v)))


def _norm(v: FloatArray) -> float:
    return float(np.max(np.abs(v))) if v.size else 0.0


def _relative(residual: FloatArray, *terms: FloatArray) -> float:
    return _norm(residual) / (1.0 + max(_norm(term) for term in terms))


def _distance(problem: Problem, v: FloatArray, *, dual: bool) -> float:
    return max(distances(problem.cone, v, dual=dual).values(), default=0.0)
