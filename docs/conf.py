# SPDX-License-Identifier: MIT
"""The documentation site; `make docs` builds it into build/docs."""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
sys.path.insert(0, str(DOCS / "_ext"))
VERSION_HEADER = DOCS.parent / "scs_source/include/scs_version.h"

project = "scs"
author = "the scs developers"
copyright = "the scs developers, MIT licence"
release = re.findall(r'"(\d+\.\d+\.\d+)', VERSION_HEADER.read_text())[0]
version = release

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "mathml",  # the rest are our own, in _ext
    "header_pages",
    "pages",
]
exclude_patterns = ["_ext", "_static"]
nitpicky = True

myst_enable_extensions = ["dollarmath", "attrs_inline"]
myst_heading_anchors = 3

html_math_renderer = "mathml"
html_theme = "furo"
html_title = f"scs {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
default_role = "py:obj"
pygments_style = "friendly"
pygments_dark_style = "monokai"

autodoc_typehints = "none"  # the docstrings say it with shapes
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True
# Names of the standard library, NumPy and SciPy are on other sites, which a build
# without a network cannot ask; private ones have no page.
nitpick_ignore_regex = [(r"py:.*", r"(?!scs\b).*|scs\._.*")]
