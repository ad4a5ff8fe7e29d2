"""A board's grid: sections of rows as lines of text, fitted into the room that there is. No colour carries a meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from incidentbook.cli._columns import cut, pad, wrap
from incidentbook.reporters._plain import width

GUTTER = 12
NARROW = 60


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
    if not density.airy and sections:
        yield []
    for section in sections:
        if density.airy:
            yield []
        yield from _section(section, columns, density)


def _section(section: Section, columns: int, density: Density) -> Iterator[Line]:
    rows = section.rows
    if density.rows:
        rows = rows[-density.rows :] if section.newest_last else rows[: density.rows]
    more = len(section.rows) - len(rows)
    sizes = [max(map(width, column)) for column in zip(*(row.columns for row in rows), strict=True)]
    stacked = columns < NARROW
    indent = 1 if stacked else GUTTER
    if stacked:
        yield [Span(cut(section.name, columns), "bold")]
    for index, row in enumerate(rows):
        label = "" if stacked or index else section.name
        cells = "".join(pad(cell, size) + "  " for cell, size in zip(row.columns, sizes, strict=True) if size)
        yield from _row(Span(pad(label, indent), "bold"), cells, row, columns, density.lines)
    if more and not section.newest_last:
        yield [Span(" " * indent), Span(f"and {more} more", "dim")]


def _row(label: Span, cells: str, row: Row, columns: int, lines: int) -> Iterator[Line]:
    indent = len(label.text)
    beside = indent + len(cells)
    if columns < NARROW and cells:  # the text goes below
        yield clipped([label, Span(cells.rstrip(), row.style)], columns)
        for part in wrap(row.text, columns - 3, lines):
            yield [Span(f"   {part}", row.style)]
        return
    first, *rest = wrap(row.text, columns - beside, lines)
    yield [label, Span(cells + first, row.style)]
    for part in rest:
        yield [Span(" " * beside + part, row.style)]
