"""A board's grid: sections of rows as lines of text, fitted into the room that there is. No colour carries a meaning."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from incidentbook.cli._columns import cut, pad, wrap
from incidentbook.terminal_text import width

GUTTER = 12
NARROW, WIDEST = 60, 120  # columns: below the one, texts go under their times; beyond the other, nobody reads on


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
    """How much room a board takes.

    Attributes:
        airy: whether there is a blank line between sections.
        lines: how many lines a text may have.
        wrapped: in how many sections, from the top, a text may have more than one line.
        rows: how many rows each section may have.

    """

    airy: bool
    lines: int
    wrapped: int
    rows: tuple[int, ...]

    def less(self) -> Density:
        """Return the same with a row less, where there are most; of several such sections in the lowest."""
        most = max(self.rows, default=0)
        lowest = len(self.rows) - 1 - self.rows[::-1].index(most)
        return self._replace(rows=tuple(rows - (index == lowest) for index, rows in enumerate(self.rows)))


def fit(draw: Callable[[Density], list[Line]], roomy: Density, height: int) -> list[Line]:
    """Return what ``draw`` makes of the roomiest density that fits into ``height`` lines; cut off where none does.

    Blank lines go first, then long texts, then rows, one by one. What room that leaves over goes to the texts of the highest
    sections.
    """
    tight = roomy._replace(airy=False)
    for density in (roomy, tight):
        lines = draw(density)
        if len(lines) <= height:
            return lines
    bare = tight._replace(lines=2, wrapped=0)
    while len(draw(bare)) > height and max(bare.rows, default=0) > 1:
        bare = bare.less()
    for wrapped in range(tight.wrapped, -1, -1):
        lines = draw(bare._replace(wrapped=wrapped))
        if len(lines) <= height:
            break
    return lines[:height]


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
    cut_short = any(rows < len(section.rows) for section, rows in zip(sections, density.rows, strict=True))
    for index, (section, count) in enumerate(zip(sections, density.rows, strict=True)):
        if density.airy or not (index or cut_short):
            yield []
        yield from _section(section, sizes, columns, count, density.lines if index < density.wrapped else 1)


def _section(section: Section, sizes: Sequence[int], columns: int, count: int, lines: int) -> Iterator[Line]:
    rows = section.rows[-count:] if section.newest_last else section.rows[:count]
    more = 0 if section.newest_last else len(section.rows) - len(rows)
    name = f"{section.name} +{more}" if more else section.name
    stacked = columns < NARROW
    if stacked:
        yield [Span(cut(name, columns), "bold")]
    indent = 1 if stacked else GUTTER
    for index, row in enumerate(rows):
        label = Span(pad("" if stacked or index else cut(name, GUTTER - 1), indent), "bold")
        filled = "".join(pad(cell, size) + "  " for cell, size in zip(row.columns, sizes, strict=False) if size)
        yield from (_below if stacked and filled else _beside)(label, filled, row, columns, lines)


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
