"""A board's grid: sections of rows as lines of text, fitted into the room that there is. No colour carries a meaning."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from incidentbook.cli._columns import cut, pad, wrap
from incidentbook.terminal_text import width

GUTTER = 12
NARROW, WIDEST = 60, 120  # columns: below the one, texts go under their times; beyond the other, nobody reads on
_ROOM = 3  # rows of a section from which on there is room for a line that counts the others


class Span(NamedTuple):
    """A piece of a line, and what it is: empty, ``bold``, ``dim`` or ``late``."""

    text: str
    style: str = ""


Line = list[Span]


class Row(NamedTuple):
    """One thing in a section: its columns, and a text that takes the rest of the line."""

    columns: tuple[str, ...]
    text: str
    style: str = ""


class Section(NamedTuple):
    """A name and its rows; where there is room for some only, the first are shown, or the last."""

    name: str
    rows: list[Row]
    newest_last: bool = False


class Density(NamedTuple):
    """How much room a board takes: a blank line between sections, lines of a text, rows of a section (0: all)."""

    airy: bool
    lines: int
    rows: int


def clipped(line: Line, columns: int) -> Line:
    """Cut a line off at ``columns``."""
    found: Line = []
    for span in line:
        found.append(Span(cut(span.text, columns), span.style))
        columns -= width(span.text)
        if columns <= 0:
            break
    return found


def body(sections: Sequence[Section], columns: int, density: Density) -> Iterator[Line]:
    """Yield the sections, their columns below one another all the way down."""
    cells = [row.columns for section in sections for row in section.rows]
    sizes = [max(map(width, column)) for column in itertools.zip_longest(*cells, fillvalue="")]
    for index, section in enumerate(sections):
        if density.airy or (not index and density.rows != 1):
            yield []
        yield from _section(section, sizes, columns, density)


def _section(section: Section, sizes: Sequence[int], columns: int, density: Density) -> Iterator[Line]:
    rows = section.rows
    if density.rows:
        rows = rows[-density.rows :] if section.newest_last else rows[: density.rows]
    more = 0 if section.newest_last else len(section.rows) - len(rows)
    beside = more if density.rows < _ROOM else 0  # no room for a line that says it
    name = f"{section.name} +{beside}" if beside else section.name
    stacked = columns < NARROW
    if stacked:
        yield [Span(cut(name, columns), "bold")]
    indent = 1 if stacked else GUTTER
    for index, row in enumerate(rows):
        label = Span(pad("" if stacked or index else cut(name, GUTTER - 1), indent), "bold")
        filled = "".join(pad(cell, size) + "  " for cell, size in zip(row.columns, sizes, strict=False) if size)
        yield from (_below if stacked and filled else _beside)(label, filled, row, columns, density.lines)
    if more > beside:
        yield [Span(" " * indent), Span(f"and {more} more", "dim")]


def _beside(label: Span, cells: str, row: Row, columns: int, lines: int) -> Iterator[Line]:
    start = width(label.text) + width(cells)
    first, *rest = wrap(row.text, columns - start, lines)
    yield [label, Span(cells + first, row.style)]
    for part in rest:
        yield [Span(" " * start), Span(part, row.style)]


def _below(label: Span, cells: str, row: Row, columns: int, lines: int) -> Iterator[Line]:
    yield clipped([label, Span(cells.rstrip(), row.style)], columns)
    for part in wrap(row.text, columns - 3, lines):
        yield [Span("   "), Span(part, row.style)]
