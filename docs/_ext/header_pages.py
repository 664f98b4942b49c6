# SPDX-License-Identifier: MIT
"""Pages of reference made from public headers.

A line `<!-- header: PATH -->` of a page, PATH from the root of the tree, becomes the
contents of that header: its opening comment, then under a heading of its own every
declaration followed by what the comment before it says. Comments inside of it stay
where they are. Classes too long for one look are taken apart into their members.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parents[2]
MARKER = re.compile(r"^<!-- header: (\S+) -->$", re.MULTILINE)
LONG_CLASS = 30  # lines

# What says nothing to a reader: export marks, conditions, guards, the C++ cloak of C.
NOISE = re.compile(
    r"\b(SCS_API|SCS_FACADE_API|SCS_MUST_CHECK)\b ?|\[\[nodiscard\]\] ?|"
    r"^\s*#\s*(if|ifdef|ifndef|elif|else|endif|include|error|undef|pragma)\b.*$|"
    r"^#define \w+$|"
    r'^extern "C" \{$|^namespace [\w:]+ \{$|^\} // namespace.*$',
    re.MULTILINE,
)
# In prose: names with an underscore, a capital inside, a member, brackets or an ending.
IDENTIFIER = re.compile(
    r"(`[^`]+`|\b(?!NaN\b)[A-Za-z]\w*(?:_\w+|::\w+|[a-z][A-Z]\w*|->\w+|\(\)|\.h(?:pp)?\b)"
    r"(?:(?:::|\.)\w+)*(?:\(\))?)"
)


def blocks(text: str) -> Iterator[str]:
    """Pieces between empty lines that are in no bracket and no comment."""
    piece: list[str] = []
    depth = 0
    comment = False
    for line in text.splitlines():
        if not line.strip() and depth == 0 and not comment:
            if piece:
                yield "\n".join(piece)
            piece = []
            continue
        piece.append(line)
        bare = re.sub(r'//.*|/\*.*?\*/|"[^"]*"', "", line)
        comment = (comment and "*/" not in bare) or "/*" in bare
        if not comment:
            depth += bare.count("{") - bare.count("}")
    if piece:
        yield "\n".join(piece)


def split_comment(block: str) -> tuple[str, str]:
    """The text of the comment that a block opens with, and the code after it."""
    lines = block.splitlines()
    if lines[0].startswith("/*"):
        last = next(i for i, line in enumerate(lines) if "*/" in line)
        comment = "\n".join(lines[: last + 1]).removeprefix("/*").replace("*/", "")
        comment = re.sub(r"^ \* ?", "", comment, flags=re.MULTILINE)
        first, _, rest = comment.partition("\n")
        # A comment without stars: its later lines are indented by three.
        rest = textwrap.dedent(rest) if rest.startswith("   ") else rest
        return f"{first.strip()}\n{rest}".strip(), "\n".join(lines[last + 1 :])
    count = 0
    while count < len(lines) and lines[count].startswith("//"):
        count += 1
    comment = "\n".join(re.sub(r"^///?<? ?", "", line) for line in lines[:count])
    return comment.strip("\n"), "\n".join(lines[count:])


def _escape(text: str) -> str:
    pieces = IDENTIFIER.split(text)
    for i, piece in enumerate(pieces):
        escaped = re.sub(r"([\\`*_<>\[\]$|~{}#])", r"\\\1", piece)
        pieces[i] = f"`{piece.strip('`')}`" if i % 2 else escaped
    return "".join(pieces)


def prose(comment: str) -> str:
    """A comment as Markdown: paragraphs, lists, and indented lines as they are."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", comment):
        if all(line.startswith("    ") for line in paragraph.splitlines()):
            parts.append(f"```text\n{textwrap.dedent(paragraph)}\n```")
        else:
            parts.append(_escape(paragraph))
    return "\n\n".join(part for part in parts if part.strip())


def name(code: str) -> str:
    """What a declaration declares."""
    bare = re.sub(r"/\*.*?\*/|//[^\n]*", "", code, flags=re.DOTALL).strip()
    patterns = (
        r"^#define (\w+)",
        r"^typedef .*\}\s*(\w+);$",
        r"^typedef [^(]*\(\*(\w+)\)",
        r"^typedef .*?(\w+);",
        r"^(?:template\s*<[^>]*>\s*)?(?:class|struct|enum class|enum)\s+(\w+)",
        r"^using (\w+)",
        r"(~?\w+|operator\W+)\s*\(",
        r"(\w+)\s*[;={]",
    )
    for pattern in patterns:
        if found := re.search(pattern, bare, re.DOTALL):
            return found[1]
    raise ValueError(f"nothing is declared by {code!r}")


def heading(code: str) -> str:
    several = len(re.findall(r"^#define", code, re.MULTILINE)) > 1
    return f"### `{name(code)}`" + " and others" * several


def _members(code: str) -> Iterator[str]:
    """Code and comment of each public member of a class."""
    inside = code[code.index("{") + 1 : code.rindex("}")]
    public = re.split(r"^ *(public|private|protected):\n", inside, flags=re.MULTILINE)
    for access, part in zip(public[1::2], public[2::2], strict=True):
        if access == "public":
            for block in blocks(textwrap.dedent(part)):
                yield from _entry(*split_comment(block))


def _entry(comment: str, code: str) -> Iterator[str]:
    if code.strip():
        shown = re.sub(r"///<? ?", "// ", textwrap.dedent(code)).strip("\n")
        shown = re.sub(r"\n *private:\n.*(?=^\})", "", shown, flags=re.M | re.S)
        yield f"```cpp\n{shown}\n```"
    if comment:
        yield prose(comment)


def page(header: str) -> str:
    """A public header as Markdown, without its name."""
    text = re.sub(r"^(/\*|//) SPDX-License-Identifier.*\n", r"\1\n", header)
    opening, _ = split_comment(next(blocks(text)))
    text = text.split("#ifndef", maxsplit=1)[1]
    text = NOISE.sub("", text.partition("\n")[2])
    parts = [prose(opening)]
    for block in blocks(text):
        comment, code = split_comment(block)
        if code.strip() in ("", "}"):  # the end of extern "C"
            parts += _entry(comment, "")
            continue
        parts.append(heading(code))
        is_class = re.match(r"class \w+", code)
        if is_class and code.count("\n") > LONG_CLASS:
            parts += _entry(comment, "")
            parts += _members(code)
        else:
            parts += _entry(comment, code)
    return "\n\n".join(part for part in parts if part)


def fill(text: str) -> str:
    """A page with its markers replaced."""

    def contents(match: re.Match[str]) -> str:
        path = ROOT / match[1]
        place = match[1].removeprefix("scs_source/").removeprefix("include/")
        text = page(path.read_text(encoding="utf-8"))
        if path.suffix == ".h":
            text = text.replace("```cpp", "```c")
        return f"## {place}\n\n{text}\n"

    return MARKER.sub(contents, text)


def setup(app: Sphinx) -> dict[str, bool]:
    def read(app: Sphinx, docname: str, source: list[str]) -> None:
        for path in MARKER.findall(source[0]):
            app.env.note_dependency(str(ROOT / path), docname=docname)
        source[0] = fill(source[0])

    app.connect("source-read", read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
