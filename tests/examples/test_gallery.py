# SPDX-License-Identifier: MIT
"""The worked examples run, and their answers are the ones that are known otherwise.

Optimality is judged by verify.py: feasibility, multipliers in the dual cone and the
duality gap, from the data and from the definitions of the cones.
"""

from __future__ import annotations

import numpy as np
import pytest
import scipy.optimize
import verify

import conic
import experiment_design
import logistic
import lovasz_theta
import matrix_completion
import max_cut
import max_entropy
import mpc
import portfolio
import scs

EPS = conic.ACCURATE["eps_abs"]


def test_symmetric_matrices_as_vectors():
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((2, 4, 4))
    x, y = x + x.T, y + y.T
    np.testing.assert_allclose(conic.mat(conic.vec(x), 4), x)
    assert conic.vec(x) @ conic.vec(y) == pytest.approx(np.trace(x @ y))
    for i, j in np.ndindex(4, 4):
        unit = np.zeros((4, 4))
        unit[i, j] = unit[j, i] = 1
        assert np.flatnonzero(conic.vec(unit)).tolist() == [conic.place(i, j, 4)]


# --- portfolio ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def frontier():
    return portfolio.main()


def test_each_portfolio_is_optimal(frontier):
    for cap, result in zip(frontier.caps, frontier.results, strict=True):
        data, cone = portfolio.model(frontier.market, cap)
        verify.check_solution(data, cone, result, portfolio.SETTINGS["eps_abs"])


def test_risk_is_what_the_covariance_says(frontier):
    market = frontier.market
    covariance = market.exposures @ market.exposures.T + np.diag(market.specific**2)
    for cap, result in zip(frontier.caps, frontier.results, strict=True):
        assert np.sqrt(result.x @ covariance @ result.x) == pytest.approx(cap, rel=1e-5)


def test_multiplier_of_the_cap_is_the_slope_of_the_frontier(frontier):
    returns = np.array([-result.info.pobj for result in frontier.results])
    slopes = np.array([result.y[portfolio.CAP_ROW] for result in frontier.results])
    # The frontier is concave: a chord's slope is between those at its ends.
    chords = np.diff(returns) / np.diff(frontier.caps)
    assert np.all(chords <= slopes[:-1] + 1e-4)
    assert np.all(chords >= slopes[1:] - 1e-4)


def test_neighbours_are_good_starts(frontier):
    assert frontier.warm <= frontier.cold


# --- maximum cut ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def cut():
    return max_cut.main()


def test_bound_is_optimal_and_the_cut_keeps_the_guarantee(cut):
    verify.check_solution(*max_cut.model(cut.adjacency), cut.result, EPS)
    bound = cut.result.info.pobj
    assert cut.cuts.max() <= bound + 1e-5
    assert cut.cuts.mean() >= max_cut.GUARANTEE * bound
    across = cut.adjacency[np.not_equal.outer(cut.colours, cut.colours)]
    assert across.sum() / 2 == cut.cuts.max()


def test_gram_matrix_is_of_unit_vectors(cut):
    gram = conic.mat(cut.result.y, len(cut.adjacency))
    np.testing.assert_allclose(np.diag(gram), 1, atol=1e-5)
    assert np.linalg.eigvalsh(gram)[0] > -1e-8


def test_bounds_of_graphs_that_look_the_same_from_every_node():
    # Then the bound is n / 4 times the largest eigenvalue of the Laplacian matrix.
    adjacency = np.zeros((10, 10))
    adjacency[tuple(np.transpose(lovasz_theta.petersen()))] = 1
    adjacency += adjacency.T
    result = scs.solve(*max_cut.model(adjacency), **conic.ACCURATE)
    assert result.info.pobj == pytest.approx(10 / 4 * 5, abs=1e-5)
    tried = max_cut.round_vectors(conic.mat(result.y, 10), planes=500, seed=0)
    cuts = np.sum(tried * (max_cut.laplacian(adjacency) @ tried), axis=0) / 4
    assert cuts.max() == 12  # no cut of Petersen's graph has more


# --- Lovasz's number ------------------------------------------------------------------


@pytest.fixture(scope="module")
def theta():
    return lovasz_theta.main()


def test_theta_of_cycles_and_of_the_petersen_graph(theta):
    assert theta.cycles[5].info.pobj == pytest.approx(np.sqrt(5), abs=1e-6)
    assert theta.petersen.info.pobj == pytest.approx(4, abs=1e-6)
    for n, result in theta.cycles.items():
        known = n * np.cos(np.pi / n) / (1 + np.cos(np.pi / n))
        assert result.info.pobj == pytest.approx(known, abs=1e-5)
        model = lovasz_theta.model(n, lovasz_theta.cycle(n))
        verify.check_solution(*model, result, EPS)


def test_multiplier_is_a_certificate(theta):
    x = conic.mat(theta.petersen.y, 10)
    assert np.trace(x) == pytest.approx(1, abs=1e-6)
    assert max(abs(x[edge]) for edge in lovasz_theta.petersen()) < 1e-6
    assert x.sum() == pytest.approx(4, abs=1e-5)


def test_umbrella_has_right_angles_between_neighbours(theta):
    ribs = theta.ribs
    np.testing.assert_allclose(np.linalg.norm(ribs, axis=0), 1)
    for i, j in lovasz_theta.cycle(5):
        assert ribs[:, i] @ ribs[:, j] == pytest.approx(0, abs=1e-5)
    np.testing.assert_allclose(ribs[2] ** 2, 1 / np.sqrt(5), atol=1e-5)


# --- logistic regression --------------------------------------------------------------


@pytest.fixture(scope="module")
def path():
    return logistic.main()


def test_path_is_optimal(path):
    for penalty, result in zip(path.penalties, path.results, strict=True):
        verify.check_solution(*logistic.model(path.margins, penalty), result, EPS)


def test_gradient_of_the_loss_balances_the_penalty(path):
    for penalty, weights in zip(path.penalties, path.weights, strict=True):
        no = 1 / (1 + np.exp(path.margins @ weights))
        pull = path.margins.T @ no / len(path.margins)
        assert np.abs(pull).max() <= penalty + 1e-5
        used = np.abs(weights) > 1e-4
        np.testing.assert_allclose(
            pull[used], penalty * np.sign(weights[used]), atol=1e-5
        )


def test_smooth_solver_of_scipy_finds_the_same_weights(path):
    count = path.margins.shape[1]

    def objective(parts, penalty):
        margins = path.margins @ (parts[:count] - parts[count:])
        no = 1 / (1 + np.exp(margins))
        pull = -path.margins.T @ no / len(margins)
        value = np.logaddexp(0, -margins).mean() + penalty * parts.sum()
        return value, np.concatenate([pull, -pull]) + penalty

    for k in (4, 12, 24):
        found = scipy.optimize.minimize(
            objective,
            np.zeros(2 * count),
            args=(path.penalties[k],),
            jac=True,
            bounds=[(0, None)] * (2 * count),
            options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 5000},
        )
        parts = found.x
        assert path.results[k].info.pobj == pytest.approx(found.fun, abs=1e-6)
        np.testing.assert_allclose(
            path.weights[k], parts[:count] - parts[count:], atol=1e-3
        )


def test_relevant_features_come_first(path):
    first = np.argmax(np.abs(path.weights) > 1e-3, axis=0)
    first[np.abs(path.weights).max(axis=0) <= 1e-3] = len(path.weights)
    assert first[path.planted != 0].max() < np.median(first[path.planted == 0])


# --- design of experiments ------------------------------------------------------------


@pytest.fixture(scope="module")
def design():
    return experiment_design.main()


def test_design_obeys_the_equivalence_theorem(design):
    rows = experiment_design.regressors(design.settings)
    verify.check_solution(*experiment_design.model(rows), design.result, EPS)
    coefficients = experiment_design.DEGREE + 1
    assert design.variance.max() <= coefficients + 1e-3
    assert design.variance[design.shares > 1e-4].min() >= coefficients - 1e-3
    assert design.shares @ design.variance == pytest.approx(coefficients)


def test_design_is_the_known_one(design):
    # Guest: the ends and the roots of the derivative of Legendre's polynomial, evenly.
    places, shares = np.transpose(design.support)
    known = np.array([-1, -1 / np.sqrt(5), 1 / np.sqrt(5), 1])
    np.testing.assert_allclose(places, known, atol=3e-3)
    np.testing.assert_allclose(shares, 1 / 4, atol=2e-3)


# --- matrix completion ----------------------------------------------------------------


@pytest.fixture(scope="module")
def completion():
    return matrix_completion.main()


def test_planted_table_comes_back(completion):
    assert matrix_completion.relative_error(completion.found, completion.planted) < 1e-4
    known = completion.known
    np.testing.assert_allclose(
        completion.found[known], completion.planted[known], atol=1e-6
    )
    assert completion.errors[0.1] > 0.1  # fewer entries than degrees of freedom
    assert max(completion.errors[share] for share in (0.5, 0.6, 0.7)) < 1e-4


def test_multiplier_proves_that_no_completion_has_less(completion):
    model = matrix_completion.model(completion.planted, completion.known)
    verify.check_solution(*model, completion.result, EPS)
    y = completion.result.y[1:].reshape(completion.planted.shape, order="F")
    assert np.linalg.norm(y, 2) <= 1 + 1e-6
    assert np.abs(y[~completion.known]).max() < 1e-6
    norm = np.linalg.norm(completion.planted, "nuc")
    assert -np.sum(y * completion.planted) == pytest.approx(norm, rel=1e-5)


# --- model predictive control ---------------------------------------------------------


@pytest.fixture(scope="module")
def driven():
    return mpc.main()


def test_limits_hold_and_the_load_arrives(driven):
    position, speed, swing, _ = np.abs(driven.states).T
    assert np.abs(driven.forces).max() <= mpc.FORCE + 1e-5
    assert speed.max() <= mpc.SPEED + 1e-5
    assert swing.max() <= mpc.SWING + 1e-5
    assert swing.max() >= mpc.SWING - 1e-5  # the limit is what makes it hard
    assert position[-1] < 0.02


def test_the_linear_law_breaks_a_limit():
    swing = mpc.drive_by_clipping(mpc.START, mpc.STEPS).states[:, 2]
    assert np.abs(swing).max() > 1.2 * mpc.SWING


def test_plans_are_optimal(driven):
    for state in driven.states[::20]:
        data, cone = mpc.model(state)
        result = scs.solve(data, cone, verbose=False, eps_abs=1e-6, eps_rel=1e-6)
        verify.check_solution(data, cone, result, 1e-6)


def test_without_active_limits_it_is_the_linear_law():
    start = mpc.START / 100
    near = mpc.drive(start, 10)
    clipped = mpc.drive_by_clipping(start, 10)
    np.testing.assert_allclose(near.forces, clipped.forces, atol=1e-5)


# --- maximum entropy ------------------------------------------------------------------


@pytest.fixture(scope="module")
def dice():
    return max_entropy.main()


def test_dice_are_those_of_the_formula(dice):
    for k, mean in enumerate(dice.means):
        verify.check_solution(*max_entropy.model(mean), dice.results[k], EPS)
        beta, chances = max_entropy.boltzmann(mean)
        np.testing.assert_allclose(dice.chances[k], chances, atol=1e-5)
        assert dice.betas[k] == pytest.approx(beta, abs=1e-4)
        entropy = -np.sum(chances * np.log(chances))
        assert dice.entropies[k] == pytest.approx(entropy, abs=1e-6)


def test_fair_die_has_most_entropy(dice):
    k = int(dice.entropies.argmax())
    assert dice.means[k] == pytest.approx(3.5)
    assert dice.entropies[k] == pytest.approx(np.log(6), abs=1e-6)
