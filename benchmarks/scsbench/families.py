# SPDX-License-Identifier: MIT
"""All families of generated problems, and how a collection of them is written.

They are a second collection: rules chosen on the public sets are judged on these, which
have other makes and sizes. Nothing is downloaded, and the same command gives the
same problems.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from scsbench import (
    families_certificates,
    families_control,
    families_design,
    families_exp,
    families_fitting,
    families_lp,
    families_qp,
    families_sdp,
    families_socp,
)
from scsbench.family import Family
from scsbench.judge import SOLVED

# A group is a folder and so a line of the tables.
GROUPS: dict[str, tuple[Family, ...]] = {
    "made_qp": families_qp.FAMILIES + families_control.FAMILIES,
    "made_lp": families_lp.FAMILIES + families_fitting.FAMILIES,
    "made_socp": families_socp.FAMILIES,
    "made_sdp": families_sdp.FAMILIES + families_design.FAMILIES,
    "made_exp": families_exp.EXP_FAMILIES,
    "made_pow": families_exp.POW_FAMILIES,
    "made_certificates": families_certificates.FAMILIES
    + families_lp.INFEASIBLE_FAMILIES
    + families_control.INFEASIBLE_FAMILIES,
}
KNOWN = "known.csv"


def instances(seed: int = 0) -> Iterator[tuple[str, Family, int]]:
    """Yield every problem of the collection: its name, family and size."""
    for group, families in GROUPS.items():
        for family in families:
            for size in family.sizes:
                yield f"{group}/{family.name}-{size}-{seed}", family, size


def generate(out: Path, seeds: int = 1, first: int = 0) -> list[Path]:
    """Write the collection under ``out``, for each of ``seeds`` from ``first`` on.

    Beside the folders of the groups stands a list of what kind each problem is, for
    ``--known`` of the commands that compare. Returns the problem files.
    """
    written = []
    rows = []
    for seed in range(first, first + seeds):
        for name, family, size in instances(seed):
            path = out / f"{name}.npz"
            text = (family.make.__doc__ or "").split("\n")[0]
            family.instance(size, seed).save(path, text)
            written.append(path)
            if family.kind != SOLVED:
                rows.append((name, "", "infeasible", f"{family.kind} by construction"))
    with (out / KNOWN).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("problem", "objective", "confidence", "how"))
        writer.writerows(rows)
    return written
