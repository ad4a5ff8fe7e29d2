"""Another order for the items of a list, each moved whole with its comments. No I/O.

A comment line directly above an item belongs to it, and so does one directly below it that is indented deeper than its dash.
Blank lines stay where they are. Whatever could belong to two things, or to none, makes the move refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import yaml

from incidentbook import source
from incidentbook.document import Document
from incidentbook.edit import Path, apply, end_of
from incidentbook.errors import EditError
from incidentbook.span import Edit

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")


def reorder(document: Document, path: Path, order: Sequence[int]) -> Edit | None:
    """Return the edit that puts the items of the list at ``path`` in ``order``, a permutation of their indexes.

    The result has been read again and holds the same items. None where the list is written on one line (flow style), where a
    comment may belong to something else, and where an anchor and its alias would change places.
    """
    node = document.node(path)
    if not isinstance(node, yaml.SequenceNode) or node.flow_style or sorted(order) != list(range(len(node.value))):
        return None
    moved = [index for index, old in enumerate(order) if index != old]
    try:
        chunks = _chunks(document, node) if moved else None
    except EditError:
        return None
    if not chunks or (moved[0] == 0 and _comment_above(document.text, chunks[0][0])):
        return None
    low, high, text = moved[0], moved[-1], document.text
    parts = [text[slice(*chunks[order[low]])]]
    for before, index in pairwise(range(low, high + 1)):
        parts += [text[chunks[before][1] : chunks[index][0]], text[slice(*chunks[order[index]])]]
    edit = Edit(chunks[low][0], chunks[high][1], "".join(parts))
    return edit if _holds(document, edit, path, order) else None


def _chunks(document: Document, node: yaml.SequenceNode) -> list[tuple[int, int]] | None:
    """Return where each item starts and ends, its comments included and its last line end not; None where that is in doubt."""
    text, column = document.text, node.start_mark.column
    ends = [_line_end(text, end_of(document, item)) for item in node.value]
    starts = [_line_start(text, document.offset(node.start_mark))]
    for index, end in enumerate(ends[:-1]):
        dash = _dash(text, end, document.offset(node.value[index + 1].start_mark), column)
        split = _split(text, end, dash, column) if dash is not None else None
        if split is None:
            return None
        ends[index], start = split
        starts.append(start)
    ends[-1] = _own_comments(text, ends[-1], len(text), column)
    return list(zip(starts, ends, strict=True))


def _split(text: str, end: int, dash: int, column: int) -> tuple[int, int] | None:
    """Return where the item that ends at ``end`` ends with its comments, and where the next begins with its own."""
    own = _own_comments(text, end, dash, column)
    start = dash
    lines = [(line.start(), line.group()) for line in _lines(text, _next_line(text, own), dash)]
    while lines and lines[-1][1].strip():
        start = lines.pop()[0]
    return None if any(line.strip() for _, line in lines) else (own, start)


def _own_comments(text: str, end: int, stop: int, column: int) -> int:
    """Return the end of the comment lines right below ``end`` that are indented deeper than ``column``."""
    for line in _lines(text, _next_line(text, end), stop):
        content = line.group().lstrip(" ")
        if not content.startswith("#") or len(line.group()) - len(content) <= column:
            break
        end = line.start() + len(line.group().rstrip("\r\n"))
    return end


def _dash(text: str, start: int, stop: int, column: int) -> int | None:
    """Return the start of the line between two items on which the dash of the second stands."""
    for line in _lines(text, _next_line(text, start), stop + 1):
        if line.group().startswith(" " * column + "-"):
            return line.start()
    return None


def _comment_above(text: str, start: int) -> bool:
    """Whether the line above is a comment: that of the first item, or of the whole list: nobody can say."""
    above = text[:start].rstrip("\r\n") if text[:start].strip() else ""
    return above[_line_start(above, len(above)) :].lstrip().startswith("#")


def _holds(document: Document, edit: Edit, path: Path, order: Sequence[int]) -> bool:
    """Whether the text that ``edit`` gives reads as the same data with the items in ``order``."""
    read = source.load_front_matter if document.first_line > 1 else source.load
    after, before = read(apply(document.text, [edit])), read(document.text)
    whole = before.value
    for step in path[:-1]:
        whole = whole[step]
    whole[path[-1]] = [whole[path[-1]][index] for index in order]
    return bool(before.value == after.value) and len(after.problems) <= len(before.problems)


def _lines(text: str, start: int, stop: int) -> list[re.Match[str]]:
    found = []
    while start < stop:
        line = _LINE.match(text, start)
        if line is None or line.end() == start:
            break
        found.append(line)
        start = line.end()
    return found


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _line_end(text: str, at: int) -> int:
    """Return where the line that ``at`` is on ends, before its line end: a comment behind an item goes with it."""
    found = re.compile(r"[\r\n]|\Z").search(text, at)
    return found.start() if found else len(text)


def _next_line(text: str, at: int) -> int:
    return at + 2 if text.startswith("\r\n", at) else min(at + 1, len(text))
