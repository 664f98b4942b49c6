# SPDX-License-Identifier: MIT
"""Optimal control over a horizon: quadratic programs with the structure of a chain."""

from __future__ import annotations

import numpy as np
import scipy.linalg
import scipy.sparse as sp

from scsbench.family import Family
from scsbench.judge import INFEASIBLE
from scsbench.problems import FloatArray
from scsbench.standard_form import Builder, Program, blocks

HORIZON = 10


def optimal_control(rng: np.random.Generator, states: int) -> Program:
    """A random linear system to be brought to rest within bounds.

    Stellato et al. (2020), "OSQP", appendix A.3: n states, n / 2 inputs, 10 steps, the
    cost of the last state from the Riccati equation.
    """
    inputs = states // 2
    a = np.eye(states) + rng.normal(0, 0.1, (states, states))
    a *= min(1.0, 1.0 / float(np.max(np.abs(np.linalg.eigvals(a)))))
    b = rng.standard_normal((states, inputs))
    weights = np.where(rng.uniform(size=states) < 0.7, rng.uniform(0, 10, states), 0)
    cost, input_cost = np.diag(weights), 0.1 * np.eye(inputs)
    last = scipy.linalg.solve_discrete_are(
        a, b, cost + 1e-6 * np.eye(states), input_cost
    )
    bounds = rng.uniform(1, 2, states)
    start = rng.uniform(-0.5, 0.5, states) * bounds
    model, dynamics = _chain(a, b, HORIZON)
    model.equal(dynamics, np.r_[a @ start, np.zeros((HORIZON - 1) * states)])
    limits = np.r_[
        np.tile(bounds, HORIZON), np.repeat(rng.uniform(0.1, 1.0), HORIZON * inputs)
    ]
    eye = sp.eye_array(model.variables)
    model.at_most(eye, limits)
    model.at_least(eye, -limits)
    hessian = sp.block_diag([cost] * (HORIZON - 1) + [last] + [input_cost] * HORIZON)
    return model.build(np.zeros(model.variables), hessian)


def _chain(a: FloatArray, b: FloatArray, steps: int) -> tuple[Builder, sp.csr_array]:
    """Return a model of states then inputs, and x_{k+1} - A x_k - B u_k for all k."""
    states, inputs = b.shape
    eye = sp.eye_array(steps)
    before = sp.eye_array(steps, k=-1)
    dynamics = blocks(
        [[sp.kron(eye, np.eye(states)) - sp.kron(before, a), -sp.kron(eye, b)]]
    )
    return Builder(steps * (states + inputs)), dynamics


def _masses(count: int) -> tuple[FloatArray, FloatArray]:
    """Return masses between springs, pushed apart by pairs, sampled at 0.5 s."""
    stiffness = 2 * np.eye(count) - np.eye(count, k=1) - np.eye(count, k=-1)
    forces = np.eye(count)[:, ::2] - np.eye(count, k=-1)[:, ::2]
    width = forces.shape[1]
    continuous = np.zeros((2 * count + width, 2 * count + width))
    continuous[:count, count : 2 * count] = np.eye(count)
    continuous[count : 2 * count, :count] = -stiffness
    continuous[count : 2 * count, 2 * count :] = forces
    sampled = scipy.linalg.expm(0.5 * continuous)
    return sampled[: 2 * count, : 2 * count], sampled[: 2 * count, 2 * count :]


def _spring_chain(start: FloatArray, wall: float, pull: float) -> Program:
    masses, steps = start.size // 2, 30
    a, b = _masses(masses)
    model, dynamics = _chain(a, b, steps)
    model.equal(dynamics, np.r_[a @ start, np.zeros((steps - 1) * 2 * masses)])
    states, inputs = b.shape
    limits = np.r_[np.full(steps * states, wall), np.full(steps * inputs, pull)]
    model.between(sp.eye_array(model.variables), -limits, limits)
    diagonal = np.r_[np.ones(steps * states), np.full(steps * inputs, 0.1)]
    return model.build(np.zeros(model.variables), sp.diags_array(diagonal))


def spring_chain(rng: np.random.Generator, masses: int) -> Program:
    """Masses in a chain of springs, displacements and forces in a box cone.

    Wang, Boyd (2010), "Fast model predictive control using online optimization",
    section V-A; 30 steps, hardly damped.
    """
    return _spring_chain(np.r_[rng.uniform(-1, 1, masses), np.zeros(masses)], 1.5, 0.5)


def broken_chain(rng: np.random.Generator, masses: int) -> Program:
    """The chain of `spring_chain`, moving all together towards the wall of its box.

    Nothing but the springs at the ends can turn it, and of at least ten masses the
    middle ones are too far from them.
    """
    start = np.r_[rng.uniform(2.9, 3.1, masses), np.full(masses, 0.5)]
    return _spring_chain(start, 4.0, 0.05)


FAMILIES = (
    Family("control", optimal_control, 4, (10, 30, 80)),
    Family("chain", spring_chain, 2, (4, 12, 40)),
)
INFEASIBLE_FAMILIES = (
    Family("chain_infeasible", broken_chain, 10, (10, 30), kind=INFEASIBLE),
)
