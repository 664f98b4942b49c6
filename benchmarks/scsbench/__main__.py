# SPDX-License-Identifier: MIT
"""Entry of ``python -m scsbench``."""

import sys

from scsbench.cli import main

sys.exit(main())
