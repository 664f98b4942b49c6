# SPDX-License-Identifier: MIT
"""These tests need CVXPY, qpsolvers and diffcp: `make test-cvxpy` has them."""

from __future__ import annotations

import warnings
from importlib.util import find_spec

# Where CVXPY is missing, none of the folder is collected; its users miss the others.
collect_ignore_glob = [] if find_spec("cvxpy") else ["test_*.py"]

if not collect_ignore_glob:
    # What they warn of while they are imported is not for this package to mend.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import diffcp  # noqa: F401
