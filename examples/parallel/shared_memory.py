# SPDX-License-Identifier: MIT
"""multiprocessing.shared_memory: many processes read one copy of the matrices.

The arrays in shared memory go into the solver as they are; what is copied is what every
solver copies, once, for itself.
"""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.shared_memory import SharedMemory
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

import scs
import workload

Vector = NDArray[Any]

# Name of the block, then (offset, length, dtype) of each array.
Layout = tuple[str, dict[str, tuple[int, int, str]]]


def publish(arrays: dict[str, Vector]) -> tuple[SharedMemory, Layout]:
    """Copy arrays into one block of shared memory, each at a multiple of 64 bytes."""
    places, size = {}, 0
    for name, array in arrays.items():
        places[name] = (size, array.size, array.dtype.str)
        size += -(-array.nbytes // 64) * 64
    block = SharedMemory(create=True, size=size)
    for name, array in arrays.items():
        view(block, places[name])[:] = array
    return block, (block.name, places)


def view(block: SharedMemory, place: tuple[int, int, str]) -> Vector:
    offset, length, dtype = place
    return np.ndarray(length, dtype, buffer=block.buf, offset=offset)


def problem_in(block: SharedMemory, layout: Layout, n: int) -> dict[str, Any]:
    """Return a data dict whose arrays lie in the block."""
    part = {name: view(block, place) for name, place in layout[1].items()}
    a = sp.csc_array((part["Ax"], part["Ai"], part["Ap"]), shape=(part["b"].size, n))
    p = sp.csc_array((part["Px"], part["Pi"], part["Pp"]), shape=(n, n))
    assert np.shares_memory(a.data, part["Ax"])
    return {"A": a, "P": p, "b": part["b"], "c": part["c"]}


def solve_share(layout: Layout, n: int, factors: list[float]) -> list[float]:
    """Attach, solve for several objectives, detach."""
    block = SharedMemory(name=layout[0])
    try:
        data = problem_in(block, layout, n)
        cone = {"l": data["b"].size}
        values = []
        for factor in factors:
            changed = {**data, "c": factor * data["c"]}
            values.append(float(scs.solve(changed, cone, verbose=False).info.pobj))
        del data, changed  # views must be gone before the block is
        return values
    finally:
        block.close()


if __name__ == "__main__":
    jobs = workload.arguments()
    n = jobs[0][1]
    data, cone = workload.problem(*jobs[0])
    factors = [1 + 0.01 * i for i in range(len(jobs))]
    count = os.cpu_count() or 1
    a, p = data["A"], data["P"]
    index = np.int32
    block, layout = publish(
        {
            "Ax": a.data,
            "Ai": a.indices.astype(index),
            "Ap": a.indptr.astype(index),
            "Px": p.data,
            "Pi": p.indices.astype(index),
            "Pp": p.indptr.astype(index),
            "b": data["b"],
            "c": data["c"],
        }
    )
    try:
        expected = workload.timed(
            "one after the other", lambda: solve_share(layout, n, factors)
        )
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            list(pool.map(workload.solve, jobs[:count]))  # starts the processes

            def in_processes() -> list[float]:
                shares = [factors[i::count] for i in range(count)]
                futures = [pool.submit(solve_share, layout, n, s) for s in shares]
                values = [0.0] * len(factors)
                for i, future in enumerate(futures):
                    values[i::count] = future.result()
                return values

            workload.compare(
                expected, f"{count} processes, one shared memory", in_processes
            )
    finally:
        block.close()
        block.unlink()
