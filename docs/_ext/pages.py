# SPDX-License-Identifier: MIT
"""What the site makes of pages that are also read as plain Markdown.

The tables of contents of the first page name pages in the order in which to read them:
one that is not there (yet) is left out, and one that no table names comes last. Links
to Markdown outside of docs/ are for readers of the tree; here their text is enough.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

TABLE = re.compile(r"(^```\{toctree\}\n(?::[^\n]*\n)*\n?)(.*?)(^```$)", re.M | re.S)
LINK = re.compile(r"\[([^\]\n]+)\]\(((?:\.\./)+[^)#\s]*\.md)(?:#[^)]*)?\)")


def complete(first_page: str, present: set[str]) -> str:
    """The first page with tables of contents of the pages that are present."""
    named = {entry for table in TABLE.findall(first_page) for entry in table[1].split()}
    tables = len(TABLE.findall(first_page))
    seen = 0

    def fill(table: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        entries = [entry for entry in table[2].split() if entry in present]
        if seen == tables:
            entries += sorted(present - named - {"index"})
        return table[1] + "".join(f"{entry}\n" for entry in entries) + table[3]

    return TABLE.sub(fill, first_page)


def without_links_out(text: str, page: Path, root: Path) -> str:
    """A page whose links to Markdown outside of the folder root are their text."""

    def inside(link: re.Match[str]) -> str:
        target = (page.parent / link[2]).resolve()
        return link[0] if target.is_relative_to(root) else link[1]

    return LINK.sub(inside, text)


def setup(app: Sphinx) -> dict[str, bool]:
    root = Path(app.srcdir).resolve()

    def read(app: Sphinx, docname: str, source: list[str]) -> None:
        if docname == app.config.root_doc:
            source[0] = complete(source[0], set(app.env.found_docs))
        page = Path(app.env.doc2path(docname)).resolve()
        source[0] = without_links_out(source[0], page, root)

    app.connect("source-read", read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
