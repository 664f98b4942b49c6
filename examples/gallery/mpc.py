# SPDX-License-Identifier: MIT
"""Model predictive control of a crane: move the load, but never let it swing too far.

Four times a second the controller measures the state, plans the next ten seconds by
a quadratic program, applies the first force of the plan and forgets the rest. From one
program to the next only the measured state changes, which is part of b: one
solver keeps its factorisation, and the last plan is a good start for the next.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import scipy.linalg
import scipy.sparse as sp

import picture
import scs
from conic import Array, Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

STEP, HORIZON, STEPS = 0.25, 40, 80  # seconds, steps planned, steps driven
TROLLEY, LOAD, ROPE, GRAVITY = 1.0, 0.5, 5.0, 9.81  # tonnes, metres, m/s^2
FORCE, SPEED, SWING = 1.0, 1.0, np.deg2rad(3)  # limits: kN, m/s, rad
START = np.array([-8.0, 0, 0, 0])  # metres before the target, m/s, rad, rad/s
Q, R = np.diag([1.0, 1, 50, 100]), np.array([[2.0]])  # weights of state and force


class Drive(NamedTuple):
    states: Array  # one more row than there are forces
    forces: Array
    iterations: list[int]
    seconds: list[float]


def dynamics() -> tuple[Array, Array]:
    """Return A and B of x+ = A x + B u for a force that is held during a step."""
    pull = LOAD * GRAVITY / TROLLEY  # of the hanging load on the trolley
    swing = [0, 0, -(pull + GRAVITY) / ROPE, 0]
    rates = np.array([[0, 1, 0, 0], [0, 0, pull, 0], [0, 0, 0, 1], swing])
    push = np.array([[0], [1 / TROLLEY], [0], [-1 / (TROLLEY * ROPE)]])
    both = scipy.linalg.expm(STEP * np.block([[rates, push], [np.zeros((1, 5))]]))
    return both[:4, :4], both[:4, 4:]


def endless_cost() -> tuple[Array, Array]:
    """Return P and K of the cost x'Px of driving on for ever by u = -K x, unlimited."""
    a, b = dynamics()
    p = np.asarray(scipy.linalg.solve_discrete_are(a, b, Q, R))
    return p, np.linalg.solve(R + b.T @ p @ b, b.T @ p @ a)


def model(state: Array) -> Problem:
    """Plan: variables (u_0, x_1, u_1, x_2, ..), the endless cost for the last state.

    Equations x_1 - B u_0 = A x_0, x_2 - A x_1 - B u_1 = 0 and so on; a box cone with
    one row each for force, speed and swing, and a first row that is the number 1.
    """
    a, b = dynamics()
    last, _ = endless_cost()
    width = 5 * HORIZON
    step = sp.kron(sp.eye_array(HORIZON), np.hstack([-b, np.eye(4)]))
    before = sp.kron(sp.eye_array(HORIZON, k=-1), np.hstack([np.zeros((4, 1)), a]))
    limited = sp.kron(sp.eye_array(HORIZON), np.eye(5)[[0, 2, 3]])
    rows = [step - before, sp.csc_array((1, width)), -limited]
    costs = [R, Q] * (HORIZON - 1) + [R, last]
    data = {
        "P": sp.block_diag(costs, format="csc"),
        "A": sp.vstack(rows, format="csc"),
        "b": np.r_[a @ state, np.zeros(4 * HORIZON - 4), 1, np.zeros(3 * HORIZON)],
        "c": np.zeros(width),
    }
    bound = np.tile([FORCE, SPEED, SWING], HORIZON)
    return data, {"z": 4 * HORIZON, "bl": -bound, "bu": bound}


def drive(start: Array, steps: int) -> Drive:
    """Close the loop: measure, update, solve, apply the first force."""
    a, b = dynamics()
    data, cone = model(start)
    solver = scs.SCS(data, cone, verbose=False, eps_abs=1e-6, eps_rel=1e-6)
    states, forces, iterations, seconds = [start], [], [], []
    for _ in range(steps):
        begin = time.perf_counter()
        data["b"][:4] = a @ states[-1]
        solver.update(b=data["b"])
        plan = solver.solve()
        seconds.append(time.perf_counter() - begin)
        iterations.append(plan.info.iter)
        forces.append(plan.x[0])
        states.append(a @ states[-1] + b[:, 0] * forces[-1])
    return Drive(np.array(states), np.array(forces), iterations, seconds)


def drive_by_clipping(start: Array, steps: int) -> Drive:
    """Drive by the best unlimited law, its force cut off at the limit."""
    a, b = dynamics()
    _, gain = endless_cost()
    states, forces = [start], []
    for _ in range(steps):
        forces.append(float(np.clip(-gain[0] @ states[-1], -FORCE, FORCE)))
        states.append(a @ states[-1] + b[:, 0] * forces[-1])
    return Drive(np.array(states), np.array(forces), [], [])


def main() -> Drive:
    """Move the load of a crane by eight metres."""
    found = drive(START, STEPS)
    position, speed, swing, _ = np.abs(found.states).T
    print(f"largest force {np.abs(found.forces).max():.4f} kN of {FORCE}")
    print(f"largest speed {speed.max():.4f} m/s of {SPEED}")
    print(f"largest swing {np.rad2deg(swing.max()):.4f} degrees of 3")
    print(f"{1000 * position[-1]:.2f} mm from the target after {STEP * STEPS:.0f} s")
    print(
        f"update and solve: {1000 * np.median(found.seconds):.2f} ms, "
        f"{np.median(found.iterations):.0f} iterations (medians)"
    )
    return found


def draw(found: Drive, figure: Figure) -> None:
    figure.set_size_inches(7.2, 4)
    (place, speed), (swing, force) = figure.subplots(2, 2, sharex=True)
    times = STEP * np.arange(STEPS + 1)
    for run, colour, label in (
        (drive_by_clipping(START, STEPS), picture.ORANGE, "clipped linear law"),
        (found, picture.BLUE, "predictive control"),
    ):
        place.plot(times, run.states[:, 0] - START[0], color=colour, label=label)
        speed.plot(times, run.states[:, 1], color=colour)
        swing.plot(times, np.rad2deg(run.states[:, 2]), color=colour)
        force.step(times[:-1], run.forces, color=colour, where="post")
    for axes, limit in ((speed, SPEED), (swing, np.rad2deg(SWING)), (force, FORCE)):
        for value in (-limit, limit):
            axes.axhline(value, color=picture.GREY, ls="--", lw=1)
    place.set(ylabel="position (m)")
    speed.set(ylabel="speed (m/s)")
    swing.set(ylabel="swing (degrees)", xlabel="time (s)")
    force.set(ylabel="force (kN)", xlabel="time (s)")
    place.legend(loc="lower right")


if __name__ == "__main__":
    picture.run(main, draw)
