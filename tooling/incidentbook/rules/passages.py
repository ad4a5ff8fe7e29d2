"""The texts of a file: what somebody wrote in it, by its key path, and where each of its characters stands in the source."""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import yaml

from incidentbook.document import Document
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.rules import KeyPath, Place
from incidentbook.span import Span


@frozen
class Passage:
    """One text of a file.

    Attributes:
        entry: the file.
        path: the keys that lead to it; empty for the Markdown below the front matter, and for data that is nothing but a text.
        text: the text itself, as a reader of the data sees it.

    """

    entry: Entry[Any]
    path: KeyPath
    text: str

    def place(self, start: int, end: int) -> Place:
        """Return where ``text[start:end]`` stands in the file; the whole value where escapes hide it."""
        document = self.entry.document
        if not self.path and self.text == document.body:
            shift = len(document.text) - len(document.body)
            return Place(self.entry, span=span_at(document.text, shift + start, shift + end))
        node = document.node(self.path)
        found = _in_source(document, node, self.text, start, end) if node is not None else None
        return Place(self.entry, self.path, span=span_at(document.text, *found) if found else None)


def body(entry: Entry[Any]) -> Iterator[Passage]:
    """Yield the Markdown below the front matter, where there is any."""
    if entry.document.body.strip():
        yield Passage(entry, (), entry.document.body)


def every(entry: Entry[Any]) -> Iterator[Passage]:
    """Yield every text of a file: each value of its data, in their order, and the Markdown below."""
    for path, text in _leaves(entry.document.value, ()):
        yield Passage(entry, path, text)
    yield from body(entry)


def span_at(text: str, start: int, end: int) -> Span:
    """Return the lines and columns of the characters ``start`` to ``end`` (0-based, end exclusive) of a file's text."""
    (line, column), (end_line, end_column) = _position(text, start), _position(text, end)
    return Span(line, column, end_line, end_column)


def offset_of(text: str, line: int, column: int) -> int:
    """Return the 0-based offset of a 1-based line and column of ``text``."""
    return _line_starts(text)[line - 1] + column - 1


def path_at(document: Document, offset: int) -> KeyPath:
    """Return the keys that lead to the value around ``offset`` of the file's text; empty for comments, keys and a body."""
    path: list[str | int] = []
    node = document.root
    while node is not None and not isinstance(node, yaml.ScalarNode):
        pairs = (
            [(key.value, value) for key, value in node.value]
            if isinstance(node, yaml.MappingNode)
            else list(enumerate(node.value))
        )
        around = [
            (step, value)
            for step, value in pairs
            if document.offset(value.start_mark) <= offset < document.offset(value.end_mark)
        ]
        if not around:
            return ()
        path.append(around[0][0])
        node = around[0][1]
    return tuple(path)


def _leaves(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))


def _position(text: str, offset: int) -> tuple[int, int]:
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


@functools.lru_cache(maxsize=2)
def _line_starts(text: str) -> Sequence[int]:
    return (0, *(match.end() for match in re.finditer("\n", text)))


def _in_source(document: Document, node: yaml.Node, value: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the offsets in the file of ``value[start:end]``: its words, however YAML has folded and quoted them."""
    words = value[start:end].split()
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word).replace("'", "''?").replace('"', r'\\?"') for word in words)
    number = bisect_left(_occurrences(pattern, value, 0, len(value)), (start, 0))
    found = _occurrences(pattern, document.text, document.offset(node.start_mark), document.offset(node.end_mark))
    return found[number] if number < len(found) else None


@functools.lru_cache(maxsize=4)
def _occurrences(pattern: str, text: str, start: int, end: int) -> Sequence[tuple[int, int]]:
    """Return where ``pattern`` stands in ``text[start:end]``; kept, as a text that repeats itself repeats its hits."""
    return [match.span() for match in re.compile(pattern).finditer(text, start, end)]
