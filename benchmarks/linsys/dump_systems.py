# SPDX-License-Identifier: MIT
"""Write the linear systems of stored problems for bench_linsys.

    python dump_systems.py OUT_FOLDER PROBLEM.npz...

A file holds the int64s m, n, nnz(A), nnz(P); then A and P (upper triangle) as int32
column starts (n + 1), int32 rows and double values; then r, n + m doubles. The matrices
are equilibrated and r is the metric of the first iteration.
"""

import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp


def load(path):
    """Return (A, P) of a problem file, P by its upper triangle."""
    z = np.load(path, allow_pickle=False)
    m, n = z["A_shape"]
    a = sp.csc_matrix((z["A_data"], z["A_indices"], z["A_indptr"]), shape=(m, n))
    p = sp.csc_matrix((n, n))
    if "P_data" in z:
        p = sp.csc_matrix((z["P_data"], z["P_indices"], z["P_indptr"]), shape=(n, n))
    return a, p


def equilibrate(a, p, passes=10):
    """Ruiz scaling by infinity norms; cones do not matter here."""
    for _ in range(passes):
        full = abs(p) + abs(p).T
        columns = np.maximum(
            abs(a).max(axis=0).toarray().ravel(), full.max(axis=0).toarray().ravel()
        )
        rows = abs(a).max(axis=1).toarray().ravel()
        e = 1 / np.sqrt(np.where(columns > 0, columns, 1))
        d = 1 / np.sqrt(np.where(rows > 0, rows, 1))
        a = sp.diags(d) @ a @ sp.diags(e)
        p = sp.diags(e) @ p @ sp.diags(e)
    return sp.csc_matrix(a), sp.csc_matrix(p)


def dump(path, folder):
    """Write one system."""
    a, p = equilibrate(*load(path))
    p = sp.csc_matrix(sp.triu(p))
    a.sort_indices()
    p.sort_indices()
    m, n = a.shape
    r = np.concatenate([np.full(n, 1e-6), np.full(m, 10.0)])
    with open(Path(folder) / (Path(path).stem + ".sys"), "wb") as out:
        np.array([m, n, a.nnz, p.nnz], dtype=np.int64).tofile(out)
        for matrix in (a, p):
            matrix.indptr.astype(np.int32).tofile(out)
            matrix.indices.astype(np.int32).tofile(out)
            matrix.data.astype(np.float64).tofile(out)
        r.tofile(out)


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        dump(name, sys.argv[1])
