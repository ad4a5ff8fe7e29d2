"""A policy backtest on a terminal: what changed, what it makes of the past in plain words, and a table of each."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from incidentbook.cli import _context
from incidentbook.reports import backtest as words

if TYPE_CHECKING:
    from rich.console import Console

    from incidentbook.backtest.model import Backtest, Change, Outcome, Reclassified

_FACTS, _ROWS = 8, 20  # that are shown of one policy, and of one concern; --json has all


def show(found: Backtest, name: str, lines: Sequence[str]) -> None:
    """Print it."""
    console = _context.console()
    console.print(f"{name}: policy backtest", style="bold")
    for line in lines:
        console.print(line, style="dim")
    if not found.changes:
        console.print(f"\n{words.NOTHING}")
        return
    console.print("\nWhat changed", style="bold")
    for change in found.changes:
        _show_change(console, change)
    for note in found.notes:
        _wrapped(console, note)
    for outcome in filter(words.differs, found.outcomes):
        _show_outcome(console, outcome)
    console.print()
    if words.alike(found):
        _wrapped(console, words.alike(found))
    _wrapped(console, words.conclusion(found), style="bold")


def _show_change(console: Console, change: Change) -> None:
    console.print(f"{change.path}{'' if change.tested else ': judges nothing past by what changed in it'}")
    for fact in change.facts[:_FACTS]:
        _wrapped(console, str(fact), indent="  ")
    if len(change.facts) > _FACTS:
        console.print(f"  and {len(change.facts) - _FACTS} more: --json has all", style="dim")


def _show_outcome(console: Console, outcome: Outcome) -> None:
    console.print(f"\n{outcome.title}", style="bold")
    for sentence in words.sentences(outcome):
        _wrapped(console, sentence)
    if outcome.reclassified:
        console.print(_table(outcome.reclassified[:_ROWS]))
        _more(console, outcome.reclassified)
    supposed = words.supposed(outcome)
    if supposed:
        _wrapped(console, supposed)
    for line in (words.left_out(outcome), *outcome.notes):
        if line:
            _wrapped(console, line, style="dim")


def _table(rows: Sequence[Reclassified]) -> object:
    columns = words.columns(rows)
    table = _context.table(*columns, fold=columns[-1])
    for column, made in zip(columns[:-1], table.columns, strict=False):
        said = " ".join([column, *(words.cell(row, column) for row in rows)])
        made.min_width = max(map(len, said.split()))
    for row in rows:
        table.add_row(*(words.cell(row, column) for column in columns))
    return table


def _more(console: Console, rows: Sequence[Reclassified]) -> None:
    if len(rows) > _ROWS:
        console.print(f"and {len(rows) - _ROWS} more: --json has all", style="dim")


def _wrapped(console: Console, text: str, indent: str = "", style: str | None = None) -> None:
    lines = textwrap.wrap(text, console.width, initial_indent=indent, subsequent_indent=f"{indent}  " if indent else "")
    console.print("\n".join(lines), style=style)
