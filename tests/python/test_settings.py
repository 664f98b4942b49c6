# SPDX-License-Identifier: MIT
"""Every setting: what it accepts, what it says otherwise, and what it does."""

from __future__ import annotations

import io
import re
import time
from contextlib import redirect_stdout
from typing import Any

import makers
import numpy as np
import pytest
import verify

import scs

BOOLS = ["normalize", "verbose", "adaptive_scale"]

# name: values in range, values out of range, what is said about these
FLOATS = {
    "scale": ([0.1, 1, 1e3], [0, -1, np.inf], "scale must be a positive finite number"),
    "rho_x": ([1e-6, 1], [0, -1e-6, np.inf], "rho_x must be a positive finite number"),
    "eps_abs": (
        [0, 1e-4],
        [-1e-9, np.inf],
        "eps_abs must be a nonnegative finite number",
    ),
    "eps_rel": (
        [0, 1e-4],
        [-1e-9, np.inf],
        "eps_rel must be a nonnegative finite number",
    ),
    "eps_infeas": (
        [0, 1e-7],
        [-1e-9, np.inf],
        "eps_infeas must be a nonnegative finite number",
    ),
    "alpha": ([1e-3, 1, 1.999], [0, 2, -1, 3, np.inf], "alpha must be in (0, 2)"),
    "time_limit_secs": (
        [0, 1e-9, 100],
        [-1, np.inf],
        "time_limit_secs must be a nonnegative finite number (0 disables)",
    ),
    "acceleration_regularization": (
        [0, 1e-8, -1e-8],
        [np.inf, -np.inf],
        "acceleration_regularization must be a finite number",
    ),
    "acceleration_relaxation": (
        [0, 1, 2],
        [-0.1, 2.1, np.inf],
        "acceleration_relaxation must be in [0, 2]",
    ),
}
LOOKBACK = (
    "acceleration_lookback must be nonnegative "
    "(use acceleration_type_1=0 for type-II AA)"
)
INTS = {
    "max_iters": ([1, 10], [0, -1], "max_iters must be positive"),
    "adaptive_diag_scale": (
        [0, 1, True, False],
        [2, -1],
        "adaptive_diag_scale must be 0 (off) or 1 (on)",
    ),
    "acceleration_lookback": (
        [0, 1, 50],
        [-1],
        LOOKBACK,
    ),
    "acceleration_interval": (
        [1, 7],
        [0, -1],
        "acceleration_interval must be positive",
    ),
    "acceleration_type_1": ([0, 1, 5, -3], [], ""),
}


def _cases(table, column):
    return [
        pytest.param(name, value, row[2], id=f"{name}-{value}")
        for name, row in table.items()
        for value in row[column]
    ]


def _solver(**settings):
    return scs.SCS(*makers.qp(), **{"verbose": False, **settings})


@pytest.mark.parametrize(("name", "value", "text"), _cases({**FLOATS, **INTS}, 0))
def test_values_in_range(name, value, text):
    info = _solver(**{"max_iters": 1000, name: value}).solve()["info"]
    assert info["status_val"] in (scs.SOLVED, scs.SOLVED_INACCURATE)


@pytest.mark.parametrize(("name", "value", "text"), _cases({**FLOATS, **INTS}, 1))
def test_values_out_of_range(name, value, text):
    with pytest.raises(ValueError, match=re.escape(text)):
        _solver(**{name: value})


@pytest.mark.parametrize("name", FLOATS)
def test_nan_is_refused(name):
    with pytest.raises(ValueError, match=name):
        _solver(**{name: np.nan})


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64])
def test_floats_are_any_real_numbers(name, kind):
    _solver(**{name: kind(1)})


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize(
    ("value", "text"),
    [("1", "must be real number, not str"), (None, "must be real number, not None")],
)
def test_floats_of_another_type(name, value, text):
    with pytest.raises(TypeError, match=f"{name}: {text}"):
        _solver(**{name: value})


@pytest.mark.parametrize("name", INTS)
@pytest.mark.parametrize("kind", [np.int64, np.int8, bool])
def test_ints_are_anything_with_an_index(name, kind):
    _solver(**{name: kind(1)})


@pytest.mark.parametrize("name", INTS)
@pytest.mark.parametrize("value", [1.0, "1", None, np.float64(1)], ids=repr)
def test_ints_of_another_type(name, value):
    with pytest.raises(TypeError, match=f"{name}: .*integer"):
        _solver(**{name: value})


@pytest.mark.parametrize("name", INTS)
def test_ints_beyond_c(name):
    with pytest.raises(OverflowError, match=name):
        _solver(**{name: 2**70})


@pytest.mark.parametrize("name", BOOLS)
@pytest.mark.parametrize("value", [0, 1, None, "yes", np.bool_(True)], ids=repr)
def test_bools_are_real_bools(name, value):
    kind = "numpy.bool" if isinstance(value, np.bool_) else type(value).__name__
    with pytest.raises(TypeError, match=f"{name} must be bool, not {kind}"):
        _solver(**{name: value})


@pytest.mark.parametrize("name", ["normalize", "adaptive_scale"])
@pytest.mark.parametrize("value", [True, False])
def test_bools(name, value):
    assert _solver(**{name: value}).solve()["info"]["status"] == "solved"


@pytest.mark.parametrize("name", ["foo", "warm_start", "eps", "MAX_ITERS", "x"])
def test_unknown_settings(name):
    with pytest.raises(TypeError, match=f"'{name}' is an invalid keyword argument"):
        _solver(**{name: 1})


@pytest.mark.parametrize("name", ["write_data_filename", "log_csv_filename"])
@pytest.mark.parametrize("value", [b"file", 3], ids=repr)
def test_file_names_are_text(name, value):
    with pytest.raises(TypeError, match="must be a str, a path or None, not"):
        _solver(**{name: value})


@pytest.mark.parametrize("name", ["write_data_filename", "log_csv_filename"])
def test_file_names_hold_no_nul(name):
    with pytest.raises(ValueError, match="embedded null"):
        _solver(**{name: "a\0b"})


@pytest.mark.parametrize("name", ["write_data_filename", "log_csv_filename"])
def test_file_names_of_none_mean_no_file(name):
    _solver(**{name: None})


def test_max_iters_is_obeyed():
    for count in (1, 2, 7):
        data, cone, _ = makers.random_solvable(1, 6, 1, 9, 0, [4])
        result = scs.solve(data, cone, max_iters=count, verbose=False, eps_abs=1e-12)
        info = result["info"]
        assert info["iter"] == count
        assert info["status_val"] == scs.SOLVED_INACCURATE
        assert info["status"] == "solved (inaccurate - reached max_iters)"
        assert np.isfinite(result["x"]).all()


def test_time_limit_is_obeyed():
    data, cone, settings = makers.endless()
    begin = time.monotonic()
    info = scs.solve(data, cone, **{**settings, "time_limit_secs": 0.2})["info"]
    assert 0.1 < time.monotonic() - begin < 5
    assert info["status"] == "solved (inaccurate - reached time_limit_secs)"


@pytest.mark.parametrize("eps", [1e-2, 1e-5, 1e-8])
def test_tolerances_are_obeyed(eps):
    data, cone, value = makers.random_solvable(2, 7, 2, 8, 3, [4])
    result = scs.solve(data, cone, verbose=False, eps_abs=eps, eps_rel=eps)
    verify.check_solution(data, cone, result, eps)
    if eps < 1e-6:
        assert result["info"]["pobj"] == pytest.approx(value, rel=1e-5, abs=1e-5)


def test_zero_tolerances_are_legal():
    info = _solver(eps_abs=0, eps_rel=0, max_iters=50).solve()["info"]
    assert info["status_val"] in (scs.SOLVED, scs.SOLVED_INACCURATE)


def test_eps_infeas_is_obeyed():
    data, cone = makers.infeasible()
    info = scs.solve(data, cone, eps_infeas=0, max_iters=100, verbose=False)["info"]
    assert info["status_val"] in (scs.INFEASIBLE, scs.INFEASIBLE_INACCURATE)


@pytest.mark.parametrize(
    "settings",
    [
        {"normalize": False},
        {"scale": 10.0},
        {"scale": 1e-3},
        {"adaptive_scale": False},
        {"adaptive_diag_scale": 0},
        {"rho_x": 1e-3},
        {"alpha": 1.0},
        {"alpha": 1.9},
        {"acceleration_lookback": 0},
        {"acceleration_lookback": 3},
        {"acceleration_interval": 1},
        {"acceleration_type_1": 0},
        {"acceleration_regularization": 0},
        {"acceleration_regularization": -1e-10},
        {"acceleration_relaxation": 0.5},
    ],
    ids=str,
)
def test_answers_do_not_depend_on_the_path(settings):
    data, cone, value = makers.random_solvable(5, 6, 1, 10, 2, [3])
    result = scs.solve(
        data, cone, verbose=False, eps_abs=1e-7, eps_rel=1e-7, **settings
    )
    verify.check_solution(data, cone, result, 1e-7)
    assert result["info"]["pobj"] == pytest.approx(value, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(
    "settings",
    [
        {"normalize": False},
        {"scale": 10.0},
        {"rho_x": 1e-2},
        {"alpha": 1.0},
        {"acceleration_lookback": 0},
        {"acceleration_interval": 2},
        {"acceleration_type_1": 0},
        {"acceleration_relaxation": 0.5},
        {"acceleration_regularization": -1e-2},
    ],
    ids=str,
)
def test_settings_reach_the_solver(settings):
    # Among curved cones type I may become type II at once.
    curved = [] if "acceleration_type_1" in settings else [5]
    data, cone, _ = makers.random_solvable(7, 10, 2, 20, 0, curved)
    # Acceleration takes steps once its memory is full; a new metric would empty it.
    fixed: dict[str, Any] = {**makers.QUIET, "max_iters": 300}
    fixed |= {"adaptive_scale": False, "eps_abs": 0.0, "eps_rel": 0.0}
    one = scs.solve(data, cone, **fixed)
    two = scs.solve(data, cone, **fixed, **settings)
    assert not np.array_equal(one["x"], two["x"])


def test_scale_is_updated_only_if_adaptive():
    data, cone = makers.random_solvable(9, 20, 5, 40, 0, [6])[:2]
    settings: dict[str, Any] = {**makers.TIGHT, "scale": 1e3}
    adaptive = scs.solve(data, cone, **settings)["info"]
    fixed = scs.solve(data, cone, adaptive_scale=False, max_iters=500, **settings)[
        "info"
    ]
    assert adaptive["scale_updates"] > 0
    assert fixed["scale_updates"] == 0
    assert fixed["scale"] == 1e3


def test_statistics_are_zero_without_acceleration():
    data, cone = makers.random_solvable(9, 10, 2, 20, 0, [6])[:2]
    info = scs.solve(data, cone, acceleration_lookback=0, verbose=False)["info"]
    statistics = dict(info["aa_stats"])
    norm = statistics.pop("last_aa_norm")
    assert norm == 0 or np.isnan(norm)
    assert not any(statistics.values())
    assert info["accepted_accel_steps"] == info["rejected_accel_steps"] == 0
    info = scs.solve(data, cone, verbose=False, eps_abs=1e-8)["info"]
    assert info["aa_stats"]["iter"] > 0


@pytest.mark.parametrize("choice", ["qdldl", "auto", *list(scs.LinearSolver)[:2]])
def test_linear_solver_takes_members_and_values(choice):
    assert _solver(linear_solver=choice).solve()["info"]["status"] == "solved"


@pytest.mark.parametrize("choice", ["bad", "QDLDL", ""])
def test_unknown_linear_solver(choice):
    text = f"'{choice}' is not a valid LinearSolver; there are auto, qdldl, "
    with pytest.raises(ValueError, match=text):
        _solver(linear_solver=choice)


@pytest.mark.parametrize("choice", [None, 3])
def test_linear_solver_of_another_type(choice):
    with pytest.raises(KeyError, match=f"linear_solver must be .*, not {choice}"):
        _solver(linear_solver=choice)


@pytest.mark.parametrize("choice", ["mkl", "cudss", "accelerate", "gpu_indirect"])
def test_missing_backend_is_an_import_error(choice):
    reason = None
    try:
        _solver(linear_solver=choice)
    except ImportError as error:
        reason = str(error)
    if reason is None:
        pytest.skip(f"{choice} is available here")
    assert choice in reason.lower()


@pytest.mark.parametrize("value", ["never", "", None, True], ids=repr)
def test_unknown_way_of_concurrent_use(value):
    with pytest.raises((ValueError, TypeError), match="on_concurrent_use"):
        _solver(on_concurrent_use=value)


@pytest.mark.thread_unsafe(reason="sys.stdout belongs to the process")
def test_verbose_is_the_default_and_prints_the_settings():
    text = io.StringIO()
    with redirect_stdout(text):
        scs.SCS(*makers.qp(), alpha=1.25, max_iters=77)
    assert "1.25" in text.getvalue()
    assert "77" in text.getvalue()


def test_settings_are_kept_without_the_backend():
    solver = scs.SCS(*makers.qp(), linear_solver="qdldl", verbose=False, alpha=1.0)
    assert solver._settings == {"verbose": False, "alpha": 1.0}
