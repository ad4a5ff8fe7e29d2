"""The links of a text, in Markdown and in HTML, and where a relative one leads in the repository. Pure: no file is looked at."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from incidentbook.frozen import frozen
from incidentbook.rules.passages import Passage

_INLINE = re.compile(r"\]\([ \t]*<?(?P<target>[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?=[\s)>])")
_DEFINITION = re.compile(r"^[ ]{0,3}\[(?!\^)[^\]\n]{1,200}\]:[ \t]*<?(?P<target>[^\s<>]+)", re.MULTILINE)
_ATTRIBUTE = re.compile(r"<[a-z][^<>\n]{0,500}?\b(?:href|src)[ \t]*=[ \t]*[\"']?(?P<target>[^\s\"'<>]+)", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|file:", re.IGNORECASE)
_FENCED = re.compile(
    r"^[ \t]*(?P<fence>`{3,}(?!`)|~{3,}(?!~))[^\n]*\n.*?(?:^[ \t]*(?P=fence)[ \t]*$|\Z)", re.MULTILINE | re.DOTALL
)
_TICKS = re.compile("`+")


@frozen
class Link:
    """A link: its target as written, and where that stands in the text (0-based, end exclusive)."""

    target: str
    start: int
    end: int

    @property
    def is_internal(self) -> bool:
        """Whether it means a file beside this one: neither an address nor a heading of the same page."""
        return bool(self.target) and not self.target.startswith("#") and not _SCHEME.match(self.target)

    @property
    def is_local(self) -> bool:
        """Whether it means a file of the machine on which it was written."""
        return _DRIVE.match(self.target) is not None or self.target.startswith("~/")


def links(text: str) -> Iterator[Link]:
    """Yield the links of ``text`` in their order; what stands in code is none."""
    if "](" not in text and "]:" not in text and "<" not in text:
        return
    prose = without_code(text)
    matches = [match for pattern in (_INLINE, _DEFINITION, _ATTRIBUTE) for match in pattern.finditer(prose)]
    for match in sorted(matches, key=lambda match: match.start("target")):
        yield Link(match["target"], *match.span("target"))


def resolved(passage: Passage, link: Link) -> str:
    """Return the path that an internal link means, relative to the root; it begins with ``..`` where it leaves the repository."""
    path = unquote(re.split(r"[?#]", link.target, maxsplit=1)[0])
    base = "" if path.startswith("/") else posixpath.dirname(passage.entry.path)
    return posixpath.normpath(posixpath.join(base, path.lstrip("/")))


def without_code(text: str) -> str:
    """Return ``text``, as long as it was, with blanks for code."""
    if "`" not in text and "~~~" not in text:
        return text
    text = _FENCED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return "\n".join(_without_spans(line) if line.count("`") > 1 else line for line in text.split("\n"))


def _without_spans(line: str) -> str:
    """Return ``line`` with blanks for what stands between two runs of as many backticks.

    By hand, since a pattern that looks for the second run from every first one takes a minute for a line of a megabyte.
    """
    runs = [match.span() for match in _TICKS.finditer(line)]
    last = {end - start: index for index, (start, end) in enumerate(runs)}
    shown, done, index = [], 0, 0
    while index < len(runs):
        start, length = runs[index][0], runs[index][1] - runs[index][0]
        index += 1
        if last[length] >= index:
            while runs[index][1] - runs[index][0] != length:
                index += 1
            shown += [line[done:start], " " * (runs[index][1] - start)]
            done = runs[index][1]
            index += 1
    return "".join((*shown, line[done:]))
