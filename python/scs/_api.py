# SPDX-License-Identifier: MIT
"""The solver class and the function that solves in one call."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any, Literal, Unpack, cast

import numpy as np
from numpy.typing import NDArray

from scs import _attributes, _compat, _core, _describe, _inputs, _libraries, _watch
from scs._enums import LinearSolver
from scs._result import Info, Result
from scs._settings import CoreSettings, Settings, check_names
from scs._watch import Progress


class SCS:
    """A solver for one convex quadratic cone program.

    It solves the primal-dual pair ::

        minimize    1/2 x'Px + c'x          maximize    -1/2 x'Px - b'y
        subject to  Ax + s = b, s in K      subject to  Px + A'y + c = 0, y in K*

    with x of length n and y, s of length m. Construction validates, copies, scales
    and factorises; `solve` may then be called repeatedly, each time starting from the
    last solution, with `update` changing b and c in between.

    Parameters
    ----------
    data : dict
        ``A`` : sparse matrix, shape (m, n).
        ``b`` : ndarray of floats, shape (m,).
        ``c`` : ndarray of floats, shape (n,).
        ``P`` : sparse matrix, shape (n, n), positive semidefinite, optional.
        Only its upper triangle is read, unless all entries off the diagonal
        are below it. Missing or None means zero.
        Other keys are ignored. The arrays are read and copied, never changed.
        CSC matrices with sorted indices are the fast case.
    cone : dict
        What K is a product of. The rows of A, b, s and y follow in the order of this
        table, whatever the order of the dict, and those of one key in the order of its
        list; they add up to m. ``z``, ``l``, ``ep`` and ``ed`` are numbers, the others
        lists, where a number stands for a list of one. ::

            key           value           rows of each   points of the cone
            z             number of rows  1              s = 0
            l             number of rows  1              s >= 0
            bu, bl        k bounds each   1 + k          (t, s): t bl <= s <= t bu
            q             rows k          k              (t, s): |s| <= t
            s             orders k        k (k + 1) / 2  S semidefinite
            cs            orders k        k^2            the same, Hermitian
            ep            how many        3              (x, y, z): y exp(x/y) <= z
            ed            how many        3              dual of ep
            p             powers a        3              (x, y, z): x^a y^(1-a) >= |z|
            d             orders k        2 + k(k+1)/2   (t, v, X): -v logdet(X/v) <= t
            nuc_m, nuc_n  m >= n          1 + m n        (t, X): nuclear norm <= t
            ell1          lengths k       1 + k          (t, x): sum |x_i| <= t
            sl_n, sl_k    n > k           1 + n(n+1)/2   (t, X): sum of the k largest
                                                         eigenvalues <= t

        The bounds of the box are numbers or infinite; there is one box at most. A power
        is in [-1, 1]; -a is the dual cone of a. Symmetric matrices take the rows of
        their lower triangle by columns, entries off the diagonal times sqrt(2);
        Hermitian ones the same, off the diagonal the real and then the imaginary part;
        the others, of m rows and n columns, all entries by columns. ``f`` is an old
        name of ``z``. Keys that are not in the table must have an empty value.
    linear_solver : LinearSolver or str, default LinearSolver.AUTO
        Who solves the linear systems: a member of `LinearSolver` or its value.
    on_concurrent_use : {"wait", "raise"}, default "wait"
        What a call does while another thread is in a call of the same object: wait
        for its turn, or raise `ConcurrencyError`.
    normalize : bool, default True
        Equilibrate the data first, which nearly always pays.
    scale : float, default 0.1
        Weight of the dual rows at the start, positive. A large one favours a small
        primal residual, a small one a small dual residual.
    adaptive_scale : bool, default True
        Adapt the scale while solving.
    adaptive_diag_scale : bool, default True
        Adapt one multiplier for each row as well. Without effect if `adaptive_scale`
        is off.
    rho_x : float, default 1e-6
        Weight of x, positive.
    max_iters : int, default 100000
        Most iterations of one solve, positive.
    eps_abs, eps_rel : float, default 1e-4
        Absolute and relative tolerance of residuals and gap, nonnegative: a residual
        may be ``eps_abs + eps_rel * size``, in the units of the data, with the size
        of its largest term.
    eps_infeas : float, default 1e-7
        Tolerance of certificates of infeasibility and unboundedness, nonnegative; with
        0 none is found.
    alpha : float, default 1.5
        Relaxation of each step, in the open interval (0, 2).
    time_limit_secs : float, default 0
        Most seconds of one solve, nonnegative, construction not included; 0 is no
        limit.
    verbose : bool, default True
        Print a report to ``sys.stdout``.
    acceleration_lookback : int, default 10
        Memory of Anderson acceleration in steps, nonnegative; 0 switches it off.
    acceleration_interval : int, default 5
        Iterations between accelerated steps, positive.
    acceleration_type_1 : int, default 1
        Type-I acceleration if nonzero (among curved cones until a step fails), else
        type II.
    acceleration_regularization : float, default 1e-8
        Regularisation of its least squares, finite: positive relative to their norms,
        negative absolute, 0 none.
    acceleration_relaxation : float, default 1.0
        Mixing parameter, in [0, 2].
    write_data_filename : str or path, optional
        Write the problem, as it was given, to this file, in the binary format of
        scs 3. `scs.read_data` reads it.
    log_csv_filename : str or path, optional
        Write one row of residuals, norms and objectives for each iteration to this
        file, anew at every solve. `scs.plot_convergence` draws it.

    Raises
    ------
    ValueError
        Something is missing, has a wrong shape or an inadmissible value:
        `InvalidProblem`, `InvalidCone`, `InvalidSetting` or the class itself.
    TypeError
        Something has a wrong type; also an unknown setting.
    ImportError
        The backend, or SciPy's LAPACK for a matrix cone, is not to be had
        (`BackendUnavailable`).
    NotImplementedError
        The problem has more rows or entries than 32-bit indices count
        (`NotSupported`).
    MemoryError
        Out of memory (`OutOfMemory`).
    ArithmeticError
        The factorisation broke down (`NumericalError`, a ValueError as well): P is
        not positive semidefinite, or the data are beyond double precision.
    OSError
        A file cannot be written (`FileError`).

    Notes
    -----
    Objects are independent of each other and may run in parallel. One object may be
    used from many threads; calls take turns. While calls run, the GIL is released.
    Solvers can be copied and pickled.

    Examples
    --------
    Minimise ``x0 + x1`` subject to ``x0 >= 1, x1 >= 2``:

    >>> import numpy as np, scipy.sparse as sp, scs
    >>> data = {"A": -sp.eye(2, format="csc"), "b": np.array([-1.0, -2.0]),
    ...         "c": np.ones(2)}
    >>> solver = scs.SCS(data, {"l": 2}, verbose=False)
    >>> solver.solve().x.round(3)
    array([1., 2.])
    >>> solver.update(b=np.array([-3.0, -2.0]))
    >>> solver.solve().x.round(3)
    array([3., 2.])

    """

    _solver: _core.Solver
    _settings: dict[str, Any]  # without the two that are parameters

    def __init__(
        self,
        data: Mapping[str, Any],
        cone: dict[str, Any],
        *,
        linear_solver: LinearSolver | str = LinearSolver.AUTO,
        on_concurrent_use: Literal["wait", "raise"] = "wait",
        **settings: Unpack[CoreSettings],
    ) -> None:
        if hasattr(self, "_solver"):
            raise RuntimeError("Workspace already setup! Construct another solver")
        if hasattr(data, "shape") and not isinstance(data, Mapping):  # A, perhaps
            raise TypeError(
                f"data must be a dict with A, b and c, not {type(data).__name__}"
            )
        if not data or not cone:
            raise _core.InvalidProblem("Missing data or cone information")
        if not isinstance(cone, dict):
            raise TypeError(f"cone must be a dict, not {type(cone).__name__}")
        arrays = _inputs.parse(data)
        if linear_solver is not LinearSolver.AUTO:
            linear_solver = _compat.member(linear_solver)
        self._settings = cast("dict[str, Any]", settings)
        if not _compat.LEGACY_FLAGS.isdisjoint(settings):
            linear_solver = _compat.translate_flags(self._settings, linear_solver)
        if not _core.DEFAULTS.keys() >= settings.keys():
            check_names(settings)
        _libraries.prepare(linear_solver._value_)
        self._solver = _core.Solver(
            *arrays, cone, self._settings, linear_solver._value_, on_concurrent_use
        )

    def solve(
        self,
        warm_start: bool = True,
        x: NDArray[np.floating] | None = None,
        y: NDArray[np.floating] | None = None,
        s: NDArray[np.floating] | None = None,
        *,
        callback: Callable[[Progress], object] | None = None,
        progress: bool = False,
    ) -> Result:
        """Solve the problem as it stands.

        Parameters
        ----------
        warm_start : bool, default True
            Start from the last solution, as far as there is one, or afresh: False
            gives what a newly constructed solver gives.
        x, y, s : ndarray of floats, shapes (n,), (m,), (m,), optional
            Start from these vectors; those not given come from the last solution.
            NaN is read as 0. Not looked at if `warm_start` is False.
        callback : callable, optional
            Called with a `scs.Progress` at every convergence check, which is every 5
            to 25 iterations from 0 on, and for the last iterate at a limit, and runs in
            the thread of the solve. If it returns something true, the solve stops with
            status "interrupted" (``scs.SIGINT``), unless this was the check at which it
            ends anyway. If it raises an exception, the solve stops and the exception
            propagates; the last solution is unchanged.
        progress : bool, default False
            Draw a bar with the residuals on standard error; tqdm has to be installed.

        Returns
        -------
        Result
            ``x``, ``y``, ``s`` and ``info``, as keys and as attributes. Infeasible and
            unbounded problems, limits and interruptions are outcomes, not errors:
            see ``info["status_val"]``.

        Raises
        ------
        ValueError
            A start vector is not a 1-D array of floats of the right length, or holds
            infinities; the last solution is then unchanged.
        TypeError
            `warm_start` or `progress` is not a bool, or `callback` cannot be called.
        ConcurrencyError
            Another call is running and the solver was made with
            ``on_concurrent_use="raise"``, or this one comes from `callback` or from
            the report of the same solver.
        ImportError
            `progress` is True and tqdm is not installed.
        ArithmeticError
            The computation broke down (`NumericalError`, a ValueError as well): P is
            not positive semidefinite, or numbers overflow. The next solve starts
            afresh.
        RuntimeError
            The library of the linear solver failed, a GPU's for example
            (`BackendFailed`).
        OSError
            The file `log_csv_filename`, which is opened anew, cannot be written
            (`FileError`).
        KeyboardInterrupt
            Ctrl-C while the main thread is in the solve, unless another handler of
            SIGINT is set, whose exception it is then.

        Notes
        -----
        Ctrl-C ends every running solve. Those in other threads, and those whose
        handler raises nothing, return with status ``scs.SIGINT``. When the main
        thread is not in a solve, it gets KeyboardInterrupt as soon as the solves have
        ended, or at once on a second Ctrl-C. Where SIGINT is ignored
        (``signal.SIG_IGN``) or has its default effect (``SIG_DFL``), so it remains.
        Construction and `update` are not cut short; the main thread gets its
        exception after them.

        Examples
        --------
        Stop as soon as no residual is ten times what it may be:

        >>> result = solver.solve(callback=lambda at: at.distance < 10)

        """
        if not (x is None and y is None and s is None):
            x, y, s = _inputs.start_vectors(self._solver, warm_start, x, y, s)
        if callback is None and progress is False:
            x, y, s, info = self._solver.solve(warm_start, x, y, s)
        else:
            x, y, s, info = _watch.solve(
                self._solver,
                (warm_start, x, y, s),
                callback,
                progress,
                self._settings,
            )
        return Result(x=x, y=y, s=s, info=Info(info))

    async def solve_async(
        self,
        warm_start: bool = True,
        x: NDArray[np.floating] | None = None,
        y: NDArray[np.floating] | None = None,
        s: NDArray[np.floating] | None = None,
        *,
        callback: Callable[[Progress], object] | None = None,
        progress: bool = False,
    ) -> Result:
        """Solve in a thread of the event loop's pool, without blocking the loop.

        Parameters, result and exceptions are those of `solve`; `callback` is called
        in that thread. Several awaits on one object take turns.

        If the awaiting task is cancelled, by a timeout for example, the solve stops,
        and CancelledError is raised once it has, which takes an iteration: then the
        solver is free and no thread is left at work. A call that still waits for its
        turn or for a thread gives up waiting, and other calls go on.

        Examples
        --------
        >>> import asyncio
        >>> async def main(solver):
        ...     async with asyncio.timeout(10):
        ...         return await solver.solve_async()

        """
        from scs import _async  # asyncio takes long to import

        if not (x is None and y is None and s is None):
            x, y, s = _inputs.start_vectors(self._solver, warm_start, x, y, s)

        def call(stop: _core.StopSource) -> Result:
            start = (warm_start, x, y, s)
            found = _watch.solve(
                self._solver, start, callback, progress, self._settings, None, stop
            )
            return Result(x=found[0], y=found[1], s=found[2], info=Info(found[3]))

        return await _async.in_thread(call)

    def update(
        self,
        b: NDArray[np.floating] | None = None,
        c: NDArray[np.floating] | None = None,
    ) -> None:
        """Replace b, c or both; the factorisation is kept.

        Parameters
        ----------
        b : ndarray of floats, shape (m,), optional
            New right-hand side. None keeps the old one.
        c : ndarray of floats, shape (n,), optional
            New objective. None keeps the old one.

        Raises
        ------
        TypeError
            An argument is not a 1-D NumPy array of floats.
        ValueError
            It has a wrong length or holds NaN or infinities. Nothing is replaced.
        RuntimeError
            The library of the linear solver failed (`BackendFailed`), or another call
            is running and that is refused (`ConcurrencyError`).

        """
        self._solver.update(
            _inputs.new_vector(b, "b_new"), _inputs.new_vector(c, "c_new")
        )

    def interrupt(self) -> None:
        """Stop the running solve, if there is one, with status ``scs.SIGINT``.

        Returns at once without waiting; may be called from any thread.
        """
        self._solver.interrupt()

    def __copy__(self) -> SCS:
        """Return an independent solver in the same state."""
        twin = self._clone()
        _attributes.give(twin, _attributes.of(self))
        twin._settings = dict(self._settings)
        return twin

    def __deepcopy__(self, memo: dict[int, Any]) -> SCS:
        twin = memo[id(self)] = self._clone()
        _attributes.give(twin, copy.deepcopy(_attributes.of(self), memo))
        return twin

    def _clone(self) -> SCS:
        twin = object.__new__(type(self))
        twin._solver = self._solver.clone()
        return twin

    def __reduce__(self) -> tuple[Any, ...]:
        """Return what pickle needs.

        That is the problem with its updates, the settings and the last solution. So
        the copy solves afresh to the bit as this object does, and warm-starts from
        the same point. Not in it: the names of files to write, and what solves have
        learnt besides (the adapted scale and the statistics of the acceleration). If
        a call is running in another thread, this waits for its end.
        """
        # Attributes apart from the arguments, because they may refer to the solver.
        return _restore, (type(self), 1, *self._solver.state()), _attributes.of(self)

    def __repr__(self) -> str:
        kind = type(self)
        name = f"{kind.__module__}.{kind.__qualname__}"
        if not hasattr(self, "_solver"):  # debuggers look while __init__ runs, too
            return f"<{name}: not constructed>"
        return f"<{name}: {_describe.solver(self._solver)}>"


def _restore(
    cls: type[SCS],
    version: int,
    arguments: tuple[Any, ...],
    updates: tuple[Any, Any, Any, Any],
    last: tuple[Any, Any, Any] | None,
) -> SCS:
    """Make a solver, without attributes, from what `SCS.__reduce__` returned."""
    if version != 1:
        raise ValueError(f"a solver pickled by a later version of scs ({version})")
    solver = object.__new__(cls)
    _libraries.prepare(arguments[12])
    solver._solver = _core.Solver(*(*arguments, True))
    if updates[0] is not None or updates[1] is not None:
        solver._solver.update_matrices(*updates[:2])
    if updates[2] is not None or updates[3] is not None:
        solver._solver.update(*updates[2:])
    if last is not None:
        solver._solver.set_start(*last)
    return solver


def solve(
    data: Mapping[str, Any],
    cone: dict[str, Any],
    *,
    callback: Callable[[Progress], object] | None = None,
    progress: bool = False,
    **settings: Unpack[Settings],
) -> Result:
    """Construct a solver and solve: ``SCS(data, cone, **settings).solve()``.

    It minimises ``1/2 x'Px + c'x`` subject to ``Ax + s = b`` with s in the cone.

    Parameters
    ----------
    data : dict
        ``A`` (sparse, m by n), ``b`` (m), ``c`` (n), optionally ``P`` (sparse, n by n),
        as for `SCS`; may also hold start vectors ``x`` (n), ``y`` (m), ``s`` (m).
    cone : dict
        What s is in, by the rows of A: ``{"z": equations, "l": inequalities, ...}``.
        The keys are those of `SCS`, which has the table.
    callback : callable, optional
        Called with a `scs.Progress` at every convergence check; a true value stops
        the solve. See `SCS.solve`.
    progress : bool, default False
        Draw a bar with the residuals on standard error, by tqdm.
    **settings
        As for `SCS`: ``eps_abs``, ``eps_rel``, ``max_iters``, ``time_limit_secs``,
        ``verbose``, ``linear_solver`` and the others.

    Returns
    -------
    Result
        ``x``, ``y``, ``s`` and ``info``, as keys and as attributes. Look at
        ``info.status`` first: that the problem is infeasible or unbounded, or that a
        limit was reached, is no error.

    Raises
    ------
    ValueError, TypeError, ImportError, NotImplementedError
        As `SCS` and `SCS.solve` do; also `MemoryError`, `ArithmeticError`, `OSError`.

    Examples
    --------
    >>> import numpy as np, scipy.sparse as sp, scs
    >>> data = {"A": -sp.eye(2, format="csc"), "b": np.array([-1.0, -2.0]),
    ...         "c": np.ones(2)}
    >>> scs.solve(data, {"l": 2}, verbose=False).x.round(3)
    array([1., 2.])

    """
    since = _core.signals()  # Ctrl-C during the construction counts as well
    solver = SCS(data, cone, **settings)
    held = solver._solver
    x, y, s = _inputs.start_vectors(
        held, True, data.get("x"), data.get("y"), data.get("s")
    )
    if callback is None and progress is False:
        x, y, s, info = held.solve(True, x, y, s, None, since)
    else:
        x, y, s, info = _watch.solve(
            held, (True, x, y, s), callback, progress, solver._settings, since
        )
    return Result(x=x, y=y, s=s, info=Info(info))
