"""Markdown to blocks of prose: paragraphs, headings, list items and table cells, each with its place; no code, no quotes.

A line scanner and not a Markdown parser, since a parser gives lines where a finding needs columns, and takes longer than all
the detectors together. It keeps every character's place: what is no prose is blanked, never cut out.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Kind(enum.StrEnum):
    """What a sentence stands in."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    CELL = "cell"


class Block(NamedTuple):
    """A stretch of prose: ``text`` is as long as the source from ``offset`` on, with what is no prose blanked."""

    kind: Kind
    section: str
    offset: int
    text: str


_LINE = re.compile(
    r"[ \t\r\n]*\n|[^\n]*\n|[^\n]+"
)  # blank lines as one; not splitlines(), which knows ends of lines that no editor counts
_FRONT_MATTER = re.compile(
    r"\ufeff?(?:---[ \t]*\r?\n(?:.*?\r?\n)??(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?:.*?\r?\n)??\+\+\+)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_FENCE = re.compile(r"[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?(`{3,}|~{3,})([^\n]*)")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")
_ALERT = re.compile(r"[ \t]*>[ \t]*\[!\w+\]")  # a call-out is the author's own voice, any other quote somebody else's
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]+|$)")
_UNDERLINE = re.compile(r"[ \t]{0,3}(?:=+|-+)[ \t]*\r?$")
_RULE = re.compile(r"[ \t]{0,3}(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})\r?$")
_MARKER = re.compile(r"([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$")
_DEFINITION = re.compile(r"[ \t]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S")
_RAW = re.compile(r"[ \t]*<(pre|script|style|code)\b", re.IGNORECASE)
# A line of a hand-written timeline, or one with a label of its own, begins a statement even without a blank line above it.
_FRESH = re.compile(r"[ \t]*(?:\[?\d{1,2}[:.]\d{2}\b|\[?\d{4}-\d\d-\d\d\b|\*\*[^*\n]{1,60}(?:\*\*[ \t]*:|:[ \t]*\*\*))")
_CELL = re.compile(r"(?:\\\||[^|]){3,}")  # in fewer characters nobody is blamed
_INDENT_OF_CODE = 4


def blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of prose of a Markdown text, in their order."""
    return _Scanner(text).run()


def paragraphs(text: str) -> Iterator[Block]:
    """Yield the paragraphs of plain text: what blank lines part."""
    for match in re.finditer(r"\S[^\n]*(?:\n[ \t\r]*\S[^\n]*)*", text):
        yield Block(Kind.PARAGRAPH, "", match.start(), match.group())


@dataclass(slots=True)
class _Scanner:
    """Walks over the lines once and collects those that belong together."""

    text: str
    section: str = ""
    kind: Kind = Kind.PARAGRAPH
    start: int = 0
    lines: list[str] = field(default_factory=list)
    indent: int = 0  # column of the content of the list item around
    quoted: bool = False
    until: re.Pattern[str] | None = None  # what ends the raw stretch that the scanner is in

    def run(self) -> Iterator[Block]:
        front = _FRONT_MATTER.match(self.text)
        offset = front.end() if front else 0
        for line in _LINE.finditer(self.text, offset):
            yield from self._line(line.start(), line.group())
        yield from self._close()

    def _line(self, offset: int, line: str) -> Iterator[Block]:
        if self.until is not None:
            if self.until.search(line):
                self.until = None
            return
        if not line.strip():
            self.quoted = False
            yield from self._close()
        elif self._opens_raw(line):
            yield from self._close()
        elif (quote := _QUOTE.match(line)) or self.quoted:
            yield from self._quote(offset, line, quote)
        else:
            yield from self._prose(offset, line)

    def _opens_raw(self, line: str) -> bool:
        """Whether code or a comment begins here; says what will end it."""
        if fence := _FENCE.match(line):
            if fence[1][0] == "`" and "`" in fence[2]:
                return False
            self.until = re.compile(rf"^[ \t>]*{fence[1][0]}{{{len(fence[1])},}}[ \t]*\r?$", re.MULTILINE)
            return True
        if raw := _RAW.match(line):
            end = re.compile(rf"</{raw[1]}>", re.IGNORECASE)
            self.until = None if end.search(line) else end
            return True
        if line.lstrip().startswith("<!--"):
            self.until = None if "-->" in line else re.compile("-->")
            return True
        return False

    def _quote(self, offset: int, line: str, quote: re.Match[str] | None) -> Iterator[Block]:
        if quote and _ALERT.match(line):
            self.quoted = False
            yield from self._close()
            self._open(Kind.PARAGRAPH, offset, " " * len(line))
        elif quote and not self.quoted and self.lines and self.lines[0].isspace():
            self.lines.append(" " * quote.end() + line[quote.end() :])
        else:
            self.quoted = True
            yield from self._close()

    def _prose(self, offset: int, line: str) -> Iterator[Block]:
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
        if heading := _HEADING.match(line):
            yield from self._close()
            yield from self._heading(offset + heading.end(), line[heading.end() :].rstrip().rstrip("#"))
        elif self._is_table(line):
            yield from self._close()
            yield from self._cells(offset, line)
        elif self.lines and self.kind is Kind.PARAGRAPH and _UNDERLINE.match(line):
            yield from self._underlined()
        elif _TABLE_RULE.match(line) and "|" in line and self.lines:
            yield from self._table_head()
        elif _RULE.match(line) or _DEFINITION.match(line):
            yield from self._close()
        elif (marker := _MARKER.match(line)) and (self.indent or indent < _INDENT_OF_CODE):
            yield from self._close()
            self.indent = len(marker[0].expandtabs(4))
            self._open(Kind.ITEM, offset + marker.end(), line[marker.end() :])
        elif not self.lines and indent >= self._content(indent) + _INDENT_OF_CODE:
            return
        elif self.lines and not _FRESH.match(line):
            self.lines.append(line)
        else:
            yield from self._close()
            self._open(Kind.ITEM if self.indent else Kind.PARAGRAPH, offset, line)

    def _content(self, indent: int) -> int:
        """Return the column at which the content of the list item around begins, once a line is indented by ``indent``."""
        self.indent = min(self.indent, indent)
        return self.indent

    def _is_table(self, line: str) -> bool:
        return line.lstrip().startswith("|") or (self.kind is Kind.CELL and not self.lines and "|" in line)

    def _cells(self, offset: int, line: str) -> Iterator[Block]:
        self.kind = Kind.CELL
        if not _TABLE_RULE.match(line):
            for cell in _CELL.finditer(line):
                if cell.group().strip():
                    yield Block(Kind.CELL, self.section, offset + cell.start(), cell.group())

    def _table_head(self) -> Iterator[Block]:
        """Take the paragraph so far for the head of a table whose rows begin without a bar."""
        offset, text, self.lines = self.start, "".join(self.lines), []
        yield from self._cells(offset, text)

    def _underlined(self) -> Iterator[Block]:
        offset, text, self.lines = self.start, "".join(self.lines), []
        yield from self._heading(offset, text)

    def _heading(self, offset: int, text: str) -> Iterator[Block]:
        self.indent = 0
        self.section = " ".join(re.sub(r"[*_`#]", "", text).split()).lower()
        yield Block(Kind.HEADING, self.section, offset, text)

    def _open(self, kind: Kind, offset: int, line: str) -> None:
        self.kind, self.start, self.lines = kind, offset, [line]

    def _close(self) -> Iterator[Block]:
        text, self.lines = "".join(self.lines), []
        if text and not text.isspace():
            yield Block(self.kind, self.section, self.start, text)
        self.kind = Kind.PARAGRAPH
