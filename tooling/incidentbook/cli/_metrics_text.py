"""The figures of one window, or of many, as tables with small bars for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentbook import slices
from incidentbook.cli import _context
from incidentbook.figures import Figure
from incidentbook.metrics import Measurement
from incidentbook.periods import Window
from incidentbook.reports import measurements as written

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_NAME, _VALUE, _COUNT, _BAR, _DEFINITION = 36, 30, 5, 12, 260  # characters
_PARTS = 5  # of a figure that are shown
_HEADER = "Value (95 % interval)"
_EIGHTHS = ("", *"▏▎▍▌▋▊▉")


def show(
    name: str,
    measured: Sequence[Measurement],
    windows: Sequence[Window],
    console: Console,
    *,
    every: bool,
    dimension: str,
) -> None:
    """Print the figures: all of one window, an overview of several, or of the slices along ``dimension``; empty for none."""
    if dimension or len(measured) != 1:
        _series(name, measured, windows, console, dimension)
    else:
        _one(name, measured[0], console, every=every)


def _series(
    name: str, measured: Sequence[Measurement], windows: Sequence[Window], console: Console, dimension: str
) -> None:
    header, rows = written.series_rows(measured)
    labels = ", ".join(window.label for window in windows)
    what = f"{labels} by {dimension}" if dimension else f"{len(windows)} periods"
    console.print(f"{name}{what}", style="bold", markup=False)
    if not measured:
        console.print(slices.nobody(dimension))
        return
    table = _context.table(*header, right=header[1:])
    for row in rows:
        table.add_row(*row)
    console.print(table)
    notes = ["Times: h:mm:ss, or days and hours. Median: of TTR. `--format markdown` gives all with definitions."]
    if any(item.window.partial for item in measured):
        notes.insert(0, "* not over yet.")
    if dimension and slices.overlap(dimension):
        notes.append(f"An incident may count under more than one {dimension}.")
    for note in (*notes, written.origin(measured[-1])):
        console.print(note, style="dim", markup=False)


def _one(name: str, item: Measurement, console: Console, *, every: bool) -> None:
    running = " (running)" if item.window.partial else ""
    console.print(f"{name}{item.window.label}{running}", style="bold", markup=False)
    console.print(written.origin(item), style="dim", markup=False)
    shown = [figure for figure in item.figures if every or not figure.detail]
    wide = max((len(figure.name) for figure in shown), default=0)
    for group, figures in written.grouped(shown):
        console.print()
        _group(group, figures, console, min(wide, _NAME), every=every)
    console.print("\nWhat each figure means", style="bold")
    for names, text in written.definitions(shown, item):
        said = text.rstrip(".") if every else textwrap.shorten(text.rstrip("."), _DEFINITION, placeholder=" …")
        lines = textwrap.wrap(f"{names}: {said}.", console.width - 2, initial_indent="- ", subsequent_indent="  ")
        console.print("\n".join(lines), style="dim", markup=False)
    hidden = len(item.figures) - len(shown)
    if hidden:
        console.print(f"\n{hidden} more figures: --all shows them, and so does any file.", style="dim")


def _group(group: str, figures: Sequence[Figure], console: Console, wide: int, *, every: bool) -> None:
    table = _context.table(group, _HEADER, "n", right=["n"])
    for column, width in zip(table.columns, (wide, _VALUE, _COUNT), strict=True):
        column.min_width = width
    for figure in figures:
        table.add_row(figure.name, _folded(written.said(figure)), str(figure.n))
        _add_parts(table, figure, len(figure.parts) if every else _PARTS)
    console.print(table)
    for note in written.notes(figures):
        console.print(textwrap.fill(note, console.width - 2, subsequent_indent="  "), style="dim", markup=False)


def _add_parts(table: Table, figure: Figure, count: int) -> None:
    """Add the parts of a figure, each with a bar; of more than ``count`` only the first, as the largest mostly come first."""
    parts = list(figure.said_parts.items())
    most, width = max(figure.parts.values(), default=0), max((len(said) for _, said in parts), default=0)
    for name, said in parts[:count]:
        table.add_row(f"  {name}", f"{said:<{width + 2}}{_bar(figure.parts[name], most)}")
    if len(parts) > count:
        table.add_row(f"  and {len(parts) - count} more", "")


def _folded(parts: Sequence[str]) -> str:
    """Put as many parts on a line as fit, and the others below."""
    lines = [parts[0]]
    for part in parts[1:]:
        if len(lines[-1]) + 2 + len(part) <= _VALUE:
            lines[-1] += f"  {part}"
        else:
            lines.append(part)
    return "\n".join(lines)


def _bar(count: float, most: float) -> str:
    """Return a bar of up to twelve blocks; the longest is that of ``most``."""
    eighths = round(_BAR * 8 * count / most) if most else 0
    return f"{'█' * (eighths // 8)}{_EIGHTHS[eighths % 8]}"
