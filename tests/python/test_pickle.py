# SPDX-License-Identifier: MIT
"""Pickling and copying of solvers and results."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import threading
from concurrent.futures import ProcessPoolExecutor

import makers
import numpy as np
import pytest

import scs

PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


def problem(seed=81):
    return makers.random_solvable(seed, 15, 3, 25, 3, [5])[:2]


def again(thing, protocol=pickle.HIGHEST_PROTOCOL):
    return pickle.loads(pickle.dumps(thing, protocol))


def same(a, b):
    for key in ("x", "y", "s"):
        np.testing.assert_array_equal(a[key], b[key])
    assert a["info"]["iter"] == b["info"]["iter"]


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_new_solver(protocol):
    solver = scs.SCS(*problem(), **makers.QUIET)
    twin = again(solver, protocol)
    assert repr(twin) == repr(solver)
    same(twin.solve(), solver.solve())


@pytest.mark.parametrize("how", [again, copy.copy, copy.deepcopy])
def test_updates_are_in_it(how):
    data, cone = problem()
    solver = scs.SCS(data, cone, **makers.QUIET)
    solver.update(b=data["b"] + 0.1, c=1.1 * data["c"])
    values = 1.01 * data["A"].data
    solver._solver.update_matrices(None, values)
    same(how(solver).solve(False), solver.solve(False))
    matrix = data["A"].copy()
    matrix.data = values
    changed = {**data, "A": matrix, "b": data["b"] + 0.1, "c": 1.1 * data["c"]}
    fresh = scs.solve(changed, cone, **makers.TIGHT)
    np.testing.assert_allclose(how(solver).solve().x, fresh.x, atol=1e-2)


def test_without_p_and_with_every_vector_cone():
    data, cone = makers.boxed([-1.0, -2.0], [1.0, 2.0], [1.0, -1.0])
    solver = scs.SCS(data, cone, **makers.TIGHT)
    same(again(solver).solve(), solver.solve())
    a = np.zeros((6, 2))
    a[:, 0] = [-1, 0, 0, 0, -1, 0]
    a[:, 1] = [0, -1, 0, -1, 0, 0]
    data["A"] = type(data["A"])(a)
    data["b"] = np.array([0.0, 1.0, 4.0, 0.0, 1.0, 4.0])
    data["c"] = np.array([-1.0, -1.0])
    solver = scs.SCS(data, {"ep": 1, "p": [-0.3]}, **makers.QUIET)
    same(again(solver).solve(), solver.solve())


def test_settings_and_policy_are_in_it():
    data, cone, endless = makers.endless()
    settings = {**endless, "max_iters": 7, "time_limit_secs": 0.0, "alpha": 1.2}
    solver = scs.SCS(data, cone, on_concurrent_use="raise", **settings)
    twin = again(solver)
    assert twin._settings == settings
    assert twin.solve().info.iter == 7
    arguments = twin._solver.state()[0]
    assert arguments[11]["alpha"] == 1.2
    assert arguments[13] == "raise"


def test_the_last_solution_is_in_it():
    solver = scs.SCS(*problem(), adaptive_scale=False, **makers.TIGHT)
    cold = solver.solve()
    twin = again(solver)
    warm = twin.solve()
    assert warm.info.iter < cold.info.iter / 2
    same(warm, solver.solve())  # scale is where it began, so nothing else counts


def test_an_unpickled_solver_prints_what_the_original_would(capsys):
    solver = scs.SCS(*problem())
    solver.solve()
    expected = capsys.readouterr().out
    twin = again(solver)
    assert capsys.readouterr().out == ""
    twin.solve()
    assert "status" in capsys.readouterr().out
    assert "status" in expected


def test_files_are_not_written_again(tmp_path):
    log, dump = tmp_path / "log.csv", tmp_path / "problem"
    solver = scs.SCS(
        *problem(),
        log_csv_filename=str(log),
        write_data_filename=str(dump),
        **makers.QUIET,
    )
    log.unlink()
    dump.unlink()
    again(solver).solve()
    assert not log.exists()
    assert not dump.exists()


class Named(scs.SCS):
    """A subclass with attributes of its own."""

    def __init__(self, name, *args, **settings):
        super().__init__(*args, **settings)
        self.name = name


def test_subclasses():
    twin = again(Named("mine", *problem(), **makers.QUIET))
    assert type(twin) is Named
    assert twin.name == "mine"
    assert twin.solve().info.status == "solved"


def test_what_cannot_be_pickled_is_a_clear_type_error():
    with open(__file__) as stream:
        solver = Named(stream, *problem(), **makers.QUIET)
        with pytest.raises(TypeError, match="TextIOWrapper"):
            pickle.dumps(solver)
    with pytest.raises(TypeError, match="Solver"):
        pickle.dumps(solver._solver)


def test_later_versions_are_refused():
    function, arguments, _ = scs.SCS(*problem(), **makers.QUIET).__reduce__()
    with pytest.raises(ValueError, match="later version"):
        function(arguments[0], 2, *arguments[2:])


def test_pickling_takes_a_turn():
    data, cone, endless = makers.endless()
    solver = scs.SCS(data, cone, on_concurrent_use="raise", **endless)
    running = threading.Event()
    thread = threading.Thread(
        target=lambda: solver.solve(callback=lambda *_: running.set())
    )
    thread.start()
    assert running.wait(30)
    with pytest.raises(scs.ConcurrencyError):
        pickle.dumps(solver)
    solver.interrupt()
    thread.join(30)
    again(solver)


def test_results():
    for make in (problem, makers.infeasible, makers.unbounded):
        result = scs.solve(*make(), **makers.QUIET)
        for twin in (again(result), copy.deepcopy(result), copy.copy(result)):
            assert type(twin) is scs.Result
            assert type(twin.info) is scs.Info
            for key in ("x", "y", "s"):
                np.testing.assert_array_equal(twin[key], result[key])
            assert repr(twin.info) == repr(result.info)
            assert list(twin.info.aa_stats) == list(result.info.aa_stats)
        assert again(result).x.flags.writeable


def test_exceptions_and_enums():
    assert again(scs.LinearSolver.QDLDL) is scs.LinearSolver.QDLDL
    error = again(scs.InvalidProblem("mine"))
    assert type(error) is scs.InvalidProblem
    assert error.args == ("mine",)


def _solve(solver):
    return solver, solver.solve()


@pytest.mark.thread_unsafe(reason="starts processes")
@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_solvers_travel_to_processes_and_back(method):
    solver = scs.SCS(*problem(), **makers.QUIET)
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        back, result = pool.submit(_solve, solver).result()
    same(result, solver.solve())
    assert back.solve().info.status == "solved"
