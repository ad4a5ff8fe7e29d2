"""The computed parts of a post-mortem: where each stands between two comments, and how it is replaced. No computing, no I/O.

A part stands between ``<!-- computed timeline -->`` and ``<!-- /computed timeline -->``, each on a line of its own. All else is
what people wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from incidentbook.errors import EditError
from incidentbook.frozen import frozen

_MARK = re.compile(
    r"^[ \t]*<!--[ \t]*(?P<end>/?)computed[ \t]+(?P<name>[a-z][a-z-]*)[ \t]*-->[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE
)


@frozen
class Part:
    """A computed part; ``start`` and ``end`` are the offsets of what stands between its comments.

    Attributes:
        begins: the offset of the comment before it.
        ends: the offset behind the comment after it.

    """

    name: str
    begins: int
    start: int
    end: int
    ends: int


@frozen
class Stray:
    """A comment that opens or closes no part: its offset, and what is wrong."""

    at: int
    said: str


def scan(text: str) -> tuple[list[Part], list[Stray]]:
    """Return the parts of a text in their order, and the comments that have no partner."""
    parts: list[Part] = []
    strays: list[Stray] = []
    opened: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        if not mark["end"]:
            if opened is not None:
                strays.append(_unclosed(opened))
            opened = mark
        elif opened is not None and opened["name"] == mark["name"]:
            parts.append(Part(mark["name"], opened.start(), opened.end(), mark.start(), mark.end()))
            opened = None
        else:
            strays.append(Stray(mark.start(), f"nothing opens the computed part {mark['name']!r} that ends here"))
    if opened is not None:
        strays.append(_unclosed(opened))
    return parts, strays


def replaced(text: str, make: Callable[[str], str | None]) -> str:
    """Return the text with every part made anew, and every other character as it was.

    Args:
        text: Markdown.
        make: returns what stands in the part of a name, whose lines end in a line feed; None leaves a part as it is.

    Raises:
        EditError: a comment has no partner, so nobody can say what people wrote.

    """
    parts, strays = scan(text)
    if strays:
        line = text.count("\n", 0, strays[0].at) + 1
        raise EditError(f"line {line}: {strays[0].said}", hint="Put the comment's partner back, or take it away too.")
    pieces, reached = [], 0
    for part in parts:
        made = make(part.name)
        if made is not None:
            pieces += [text[reached : part.start], made.replace("\n", _line_end(text, part))]
            reached = part.end
    return "".join([*pieces, text[reached:]])


def without(text: str) -> str:
    """Return what people wrote: the text without its computed parts."""
    return "".join(_kept(text))


def _kept(text: str) -> Iterator[str]:
    reached = 0
    for part in scan(text)[0]:
        yield text[reached : part.begins]
        reached = part.ends
    yield text[reached:]


def _line_end(text: str, part: Part) -> str:
    """Return how the line of the comment before a part ends: so do the lines of the part."""
    opening = text[part.begins : part.start]
    return opening[len(opening.rstrip("\r\n")) :]


def _unclosed(mark: re.Match[str]) -> Stray:
    return Stray(mark.start(), f"the computed part {mark['name']!r} that begins here has no end")
