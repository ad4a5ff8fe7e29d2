"""The comments of a file: where each stands, and which lines it speaks of. What they say is read by `suppressions`.

In YAML a comment is what libyaml's scanner passes over between two tokens, so a `#` inside a text is none. In Markdown it is what
a CommonMark parser takes for HTML, so one that is shown in a fence or between backticks is none.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from incidentbook import markdown
from incidentbook.compose import MAX_CHARACTERS
from incidentbook.document import BREAK, Document
from incidentbook.frozen import frozen
from incidentbook.rules import links
from incidentbook.span import Span

_IN_YAML = re.compile("(?<![^\\s\ufeff])#[^\r\n]*")
_CANDIDATE = re.compile(r"<!--\s*inc:")
_BLANK = " \t\r\n"
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(?=#)")
_LEAVES = ("paragraph_open", "heading_open", "fence", "code_block", "html_block")


@frozen
class Comment:
    """A comment.

    Attributes:
        start: the 0-based offset of its ``#`` or ``<!--`` in the file's text.
        end: the offset behind it.
        first: the first line that it speaks of: its own, or where it has the line to itself what stands below.
        last: the last of them, which is before ``first`` where nothing stands below.

    """

    start: int
    end: int
    first: int
    last: int


class Lines:
    """The lines of a text, counted from 1; a byte-order mark belongs to none.

    Attributes:
        whole: the text itself.

    """

    def __init__(self, text: str) -> None:
        self.whole = text
        self._starts = [text.startswith("\ufeff"), *(found.end() for found in BREAK.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def start(self, line: int) -> int:
        """Return the offset at which ``line`` starts; of the line behind the last one, where the text ends."""
        return int(self._starts[line - 1]) if line <= len(self) else len(self.whole)

    def text(self, line: int) -> str:
        """Return a line without its end."""
        return self.whole[self.start(line) : self.start(line + 1)].rstrip("\r\n")

    def of(self, offset: int) -> int:
        """Return the line on which the character at ``offset`` stands."""
        return max(bisect.bisect_right(self._starts, offset), 1)

    def span(self, start: int, end: int) -> Span:
        """Return the lines and columns of the characters ``start`` to ``end``."""
        line, end_line = self.of(start), self.of(end)
        return Span(line, start - self.start(line) + 1, end_line, end - self.start(end_line) + 1)


@dataclass(slots=True)
class _Part:
    """One language of a file.

    Attributes:
        first: the first of its lines.
        last: the last of them.
        frame: characters beside blanks that do not make a line a line with something on it.
        found: its comments as offsets, in their order.
        whole: first and last lines of what one comment speaks of as a whole, in their order.

    """

    first: int
    last: int
    frame: str = ""
    found: list[tuple[int, int]] = field(default_factory=list)
    whole: list[tuple[int, int]] = field(default_factory=list)

    def comments(self, lines: Lines) -> Iterator[Comment]:
        """Yield the comments with the lines that they speak of."""
        rows = [(lines.of(start), lines.of(end - 1)) for start, end in self.found]
        alone = self._alone(lines)
        silent = alone | {line for first, last in rows for line in range(first + 1, last + 1)}
        below = self._below(lines, silent) if alone else {}
        beside = [] if self.frame else self.whole  # the lines of a Markdown paragraph can carry comments of their own
        starts, ends = dict(beside), {end: start for start, end in beside}
        for (start, end), (first, last) in zip(self.found, rows, strict=True):
            if first not in alone:
                yield Comment(start, end, ends.get(first, first), max(starts.get(first, first), last))
            elif last + 1 in below:
                target = below[last + 1]
                yield Comment(start, end, target, self._end_of(target))
            else:
                yield Comment(start, end, first, first - 1)

    def _alone(self, lines: Lines) -> set[int]:
        """Return the lines on which comments begin and beside which nothing stands."""
        alone, at = set(), 0
        for line, comments in itertools.groupby(self.found, key=lambda found: lines.of(found[0])):
            at, rest = max(at, lines.start(line)), []
            for start, end in comments:
                rest.append(lines.whole[at:start])
                at = end
            rest.append(lines.whole[at : lines.start(lines.of(at) + 1)])
            if not "".join(rest).strip(_BLANK + self.frame):
                alone.add(line)
        return alone

    def _below(self, lines: Lines, silent: set[int]) -> dict[int, int]:
        """Return for each line the first at or below it on which something stands that is no comment."""
        found: dict[int, int] = {}
        target = 0
        for line in range(self.last, self.first - 1, -1):
            if line not in silent and lines.text(line).strip(_BLANK + self.frame):
                target = line
            if target:
                found[line] = target
        return found

    def _end_of(self, line: int) -> int:
        """Return the last line of the stretch in which ``line`` is."""
        index = bisect.bisect_right(self.whole, line, key=lambda stretch: stretch[0]) - 1
        return max(line, self.whole[index][1]) if index >= 0 else line


def of(document: Document, lines: Lines) -> list[Comment]:
    """Return the comments of a file in their order; of a part that nobody can read, those before the place where it breaks."""
    parts = [_yaml(document, lines)]
    if _CANDIDATE.search(document.body) and len(document.body) <= MAX_CHARACTERS:
        parts.append(_markdown(document, lines))
    return [comment for part in parts for comment in part.comments(lines)]


def _yaml(document: Document, lines: Lines) -> _Part:
    text, shift, stop = document.text, document.yaml_offset, document.yaml_end
    part = _Part(document.first_line, lines.of(stop - 1))
    if stop - shift > MAX_CHARACTERS:
        return part
    seen = shift
    try:
        for token in yaml.scan(text[shift:stop], Loader=yaml.CSafeLoader):
            start, end = token.start_mark.index + shift, token.end_mark.index + shift
            part.found += [match.span() for match in _IN_YAML.finditer(text, seen, start)]
            seen = max(seen, end)
            if isinstance(token, yaml.ScalarToken):
                header = _HEADER.match(text, start)
                part.found += [match.span() for match in [header and _IN_YAML.match(text, header.end())] if match]
                if token.end_mark.line > token.start_mark.line:
                    part.whole.append((lines.of(start), lines.of(end - 1)))
    except (yaml.YAMLError, UnicodeEncodeError):  # `syntax` says so
        pass
    return part


def _markdown(document: Document, lines: Lines) -> _Part:
    above = document.body_line - 1
    part = _Part(document.body_line, len(lines), ">")
    for token in markdown.frame(document.body):
        if token.map is None:
            continue
        first, last = token.map[0] + above + 1, token.map[1] + above
        if token.type in _LEAVES:
            part.whole.append((first, last))
        if token.type == "html_block":
            part.found += _html_comments(lines.whole, lines.start(first), lines.start(last + 1))
        elif token.type == "inline":
            genuine = [child.content for child in token.children or () if child.type == "html_inline"]
            if any(content.startswith("<!--") for content in genuine):
                part.found += _in_paragraph(token.content, genuine, first, lines)
    return part


def _html_comments(text: str, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, int]]:
    while (start := text.find("<!--", start, stop)) >= 0 and (end := text.find("-->", start + 4, stop)) >= 0:
        yield start, end + 3
        start = end + 3


def _in_paragraph(content: str, genuine: list[str], first: int, lines: Lines) -> Iterator[tuple[int, int]]:
    """Yield the offsets in the file of the comments of a paragraph, whose lines begin on line ``first`` of the file.

    The parser gives no columns. It takes the indentation away and whatever leads to the paragraph (`> `), and nothing else.
    """
    rows = Lines(content)
    for start, end in _html_comments(links.without_code(content)):
        if content[start:end] not in genuine:
            continue
        found = []
        for offset in (start, end):
            row = rows.of(offset)
            indent = lines.text(first + row - 1).find(rows.text(row))
            found.append(lines.start(first + row - 1) + max(indent, 0) + offset - rows.start(row))
        yield found[0], found[1]
