# SPDX-License-Identifier: MIT
"""Where the scripts of the gallery are, and what judges their answers."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "examples" / "gallery"

# Examples import their neighbours; verify.py and membership.py know the cones.
sys.path[:0] = [str(GALLERY), str(ROOT / "tests" / "python")]
