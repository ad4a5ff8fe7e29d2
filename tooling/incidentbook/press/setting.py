"""Setting: pages with the same headings have the same outline, which is parsed once for all of them.

What differs in pages of one kind is finished HTML, which Markdown hands on as it is, and the title, in which nothing is Markdown.
Both are taken out first and put back afterwards; what remains are headings and blocks of code.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from incidentbook.site import parts
from incidentbook.site.marks import MARK

_TITLE = re.compile(f"# (.*){re.escape(parts.ANCHOR)}")
# Unicode keeps these two for a program's own use: no text that is exchanged holds them.
_OPEN, _SHUT = "\ufdd2", "\ufdd3"
_OPENS = '<a class="headerlink"'
_PERMANENT = re.compile(f"{_OPENS}.*?</a>")
_FIRST = re.compile(rf"(\s*<h1\b(?:(?!</h1>|{_OPENS}).)*){_OPENS}(.*?</a>)", re.DOTALL)
_GAP = re.compile(f"(?:<p>)?{_OPEN}([0-9]+){_SHUT}(?:</p>)?")


class Outline(NamedTuple):
    """An outline as HTML.

    Attributes:
        parts: HTML and numbers of gaps in turn.
        headings: the table of contents as Python-Markdown gives it: level, id, name, children.

    """

    parts: tuple[str, ...]
    headings: tuple[dict[str, Any], ...]

    @classmethod
    def of(cls, html: str, headings: Sequence[dict[str, Any]]) -> Outline:
        """Return the outline of what Markdown made of what `taken` left."""
        return cls(tuple(_GAP.split(sparse(html))), tuple(headings))

    def around(self, pieces: Sequence[str]) -> str:
        """Return the HTML with what was taken out."""
        return "".join(pieces[int(part)] if number % 2 else part for number, part in enumerate(self.parts))


def sparse(html: str) -> str:
    """Return a page with the permanent link of its title alone: a browser gives the other headings theirs (`frame.js`)."""
    title = _FIRST.match(html)
    if title is None:
        return html
    return f"{title[1]}{_OPENS} data-all{title[2]}{_PERMANENT.sub('', html[title.end() :])}"


def taken(content: str) -> tuple[str, list[str]]:
    """Return a page's Markdown with gaps for its title and its finished HTML, and what stood there."""
    pieces: list[str] = []

    def gap(piece: str) -> str:
        pieces.append(piece)
        return f"{_OPEN}{len(pieces) - 1}{_SHUT}"

    first, *rest = content.split("\n")
    title = _TITLE.fullmatch(first)
    lines = [f"# {gap(title[1])}{parts.ANCHOR}" if title else first]
    lines += [f"{MARK}<p>{gap(line[1:])}</p>" if line.startswith(MARK) else line for line in rest]
    return "\n".join(lines), pieces
