# SPDX-License-Identifier: MIT
"""Solve a real problem, then a neighbour of it from where the first one ended.

blend is a linear program of the netlib collection: mix ingredients into products that
keep their quality limits, at the lowest cost.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

import scs

PROBLEM = Path(__file__).resolve().parents[1] / "tests/data/problems/blend.npz"


def load(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the (data, cone) that scs.SCS takes."""
    with np.load(path) as stored:
        a = sp.csc_matrix(
            (stored["A_data"], stored["A_indices"], stored["A_indptr"]),
            shape=stored["A_shape"],
        )
        data = {"A": a, "b": stored["b"], "c": stored["c"]}
        return data, json.loads(str(stored["cone"]))


def main() -> None:
    data, cone = load(PROBLEM)
    solver = scs.SCS(data, cone, eps_abs=1e-6, eps_rel=1e-6)
    first = solver.solve()
    amounts = first["x"]
    used = np.flatnonzero(amounts > 1e-3)
    print(f"\n{first['info']['status']}: cost {first['info']['pobj']:.6f}")
    print(f"{used.size} of {amounts.size} activities are used; the largest are")
    for index in used[np.argsort(-amounts[used])][:5]:
        print(f"    x[{index}] = {amounts[index]:.4f}")

    # One per cent dearer throughout: the same mix, found again from the last answer.
    solver.update(c=1.01 * data["c"])
    second = solver.solve(warm_start=True)
    print(
        f"prices up by 1 %: cost {second['info']['pobj']:.6f} after "
        f"{second['info']['iter']} iterations instead of {first['info']['iter']}"
    )


if __name__ == "__main__":
    main()
