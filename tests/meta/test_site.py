# SPDX-License-Identifier: MIT
"""The built site; `make docs` builds it and then runs this."""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "build/docs"

pytest.importorskip("sphinx", reason="needs the group docs")


def plain(formula: str) -> str:
    """The translation without spaces and the outermost element."""
    sys.path.insert(0, str(ROOT / "docs/_ext"))
    mathml = importlib.import_module("mathml")
    text = re.sub(
        r">\s+|\s+<", lambda m: m[0].strip(), mathml.translate(formula, False)
    )
    return re.sub(r"^<math[^>]*>|</math>$", "", text)


@pytest.mark.parametrize(
    ("formula", "braced"),
    [
        (r"\tfrac12 x", r"\tfrac{1}{2} x"),
        (r"\frac1{n} x^10", r"\frac{1}{n} x^{1}0"),
        (r"\sqrt2 y", r"\sqrt{2} y"),
        (r"\dot p_k", r"\dot{p}{}_{k}"),
        (r"a, \dots, b", r"a, \ldots, b"),
    ],
)
def test_arguments_without_braces_are_what_tex_makes_of_them(
    formula: str, braced: str
) -> None:
    assert plain(formula) == plain(braced)


def test_a_half_is_a_half() -> None:
    half = r"<mfrac[^>]*><mn>1</mn><mn>2</mn></mfrac><mi>x</mi>"
    assert re.fullmatch(half, plain(r"\tfrac12 x"))


def test_arrays_are_tables_with_columns_on_the_left() -> None:
    text = plain(r"\begin{array}{ll} a & b \\ c & d \end{array}")
    assert text.startswith('<mtable class="left">')
    assert text.count("<mtr>") == 2
    assert text.count("<mtd>") == 4


def test_what_cannot_be_drawn_is_an_error() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        plain(r"\nonsense x")


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    if not (SITE / "index.html").exists():
        pytest.skip("make docs has not been run")
    return {
        path.relative_to(SITE).as_posix(): path.read_text(encoding="utf-8")
        for path in SITE.rglob("*.html")
    }


def test_every_page_is_there(pages: dict[str, str]) -> None:
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix(".html").as_posix()
        assert name in pages
        # and can be reached from every other one
        assert f'href="{name}"' in pages["index.html"] or name == "index.html"


def test_pages_need_no_network(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        loaded = re.findall(r"<(?:script|img|iframe)\b[^>]*\bsrc=\"([^\"]*)", text)
        loaded += re.findall(r"<link\b[^>]*\bhref=\"([^\"]*)", text)
        assert loaded
        assert not [one for one in loaded if "//" in one], name


def test_formulae_are_drawn(pages: dict[str, str]) -> None:
    for name in ("problem.html", "algorithm.html", "cones.html"):
        assert pages[name].count("<math") > 50
        assert "\\frac" not in pages[name]
        assert "$" not in re.sub(r"<pre>.*?</pre>|<script.*?</script>", "", pages[name])


def test_references_are_filled(pages: dict[str, str]) -> None:
    assert pages["api-python.html"].count('<dt class="sig') > 15
    assert 'id="scs.SCS.solve"' in pages["api-python.html"]
    assert 'id="scs-init"' in pages["api-c.html"]
    assert 'id="solver"' in pages["api-cpp.html"]
    for name in ("api-c.html", "api-cpp.html"):
        assert "header:" not in pages[name]
