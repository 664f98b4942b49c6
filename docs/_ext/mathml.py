# SPDX-License-Identifier: MIT
"""Formulae as MathML, which every browser of today draws by itself.

The translation is that of docutils. So a page needs no script, no fonts from elsewhere
and no network, and a formula that cannot be translated is a warning of the build.
"""

from __future__ import annotations

import re

from docutils import nodes
from docutils.utils.math import MathError, latex2mathml
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

ARRAY = re.compile(r"\\begin\{array\}\{l+\}(.*?)\\end\{array\}", re.DOTALL)
# An argument without braces is one digit: docutils takes all that follow. The index of
# a letter with an accent is beside it: docutils puts it below.
BRACES = (
    (re.compile(r"(\\[td]?frac) *(\d)"), r"\1{\2}"),
    (re.compile(r"(\\[td]?frac\{[^{}]*\}) *(\d)"), r"\1{\2}"),
    (re.compile(r"(\\sqrt|[_^]) *(\d)"), r"\1{\2}"),
    (re.compile(r"(\\(?:dot|bar|hat|tilde|vec)) *(\\[A-Za-z]+|\w)_"), r"\1{\2}{}_"),
)


def translate(formula: str, block: bool) -> str:
    """Return a `math` element; raises MathError for what docutils does not know."""
    text = re.sub(r"\\dots(?![a-z])", r"\\ldots", formula)
    for pattern, braced in BRACES:
        text = pattern.sub(braced, text)
    # Arrays with columns on the left are what pages use; docutils has none of any kind.
    text, arrays = ARRAY.subn(r"\\begin{aligned}\1\\end{aligned}", text)
    found = str(latex2mathml.tex2mathml(text, as_block=block))
    return found.replace('class="ams-align"', 'class="left"') if arrays else found


def _visit(translator: HTML5Translator, node: nodes.Element, block: bool) -> None:
    formula = node.astext()
    try:
        body = translate(formula, block)
    except MathError as error:
        logger.warning("cannot draw %r: %s", formula, error, location=node)
        body = translator.encode(formula)
    if block:
        translator.body.append(f'<div class="math">{body}</div>\n')
    else:
        translator.body.append(body)
    raise nodes.SkipNode


def visit_math(translator: HTML5Translator, node: nodes.Element) -> None:
    _visit(translator, node, block=False)


def visit_math_block(translator: HTML5Translator, node: nodes.Element) -> None:
    _visit(translator, node, block=True)


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_html_math_renderer("mathml", (visit_math, None), (visit_math_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
