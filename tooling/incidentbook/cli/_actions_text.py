"""Rows of ``inc actions`` for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.cli import _actions_again, _context
from incidentbook.cli._actions_rows import SEVERAL, Row, groups, span
from incidentbook.cli._past import Known
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.repository import Repository
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    from rich.console import Console


def show(repo: Repository, rows: list[Row], nothing: str, known: Known | None = None, by: str = "") -> None:
    """Print ``rows``, or ``nothing`` where there is none, by groups where ``by`` names what they are grouped by."""
    console = _context.console()
    if not rows:
        console.print(nothing)
        return
    for name, some in groups(repo, rows, by) if by else [("", rows)]:
        if name:
            console.print(f"{printable(name)} ({len(some)})", style="bold")
        for row in some:
            _show(console, repo, row, row.age(known) if known else "")
    late = sum(1 for row in rows if row.late and not row.waived)
    waived = sum(1 for row in rows if row.late and row.waived)
    count = f"{len(rows)} item{'' if len(rows) == 1 else 's'}"
    console.print(f"{count}, {late} overdue, {waived} late with a waiver", style="dim")
    for note in filter(None, (*known.notes, known.remedy)) if known else ():
        console.print(note, style="dim")


def _show(console: Console, repo: Repository, row: Row, age: str) -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    item = row.item
    line = Text(f"{printable(item.id):<15}")
    line.append(f"{_when(item):<27}", style="yellow" if row.waived and row.late else "bold red" if row.late else "")
    line.append("  ".join(part for part in (item.priority, f"{_state(item)} {age}".rstrip()) if part))
    console.print(line)
    owner = repo.knowledge_base.team_name(item.owner) if item.owner else "nobody"
    console.print(Padding(Text(printable(f"{owner}: {item.title}")), (0, 0, 0, 4)))
    if row.again:
        console.print(Padding(Text(printable(_actions_again.said(repo, row.again)), style="yellow"), (0, 0, 0, 4)))
    if row.late:
        style = "yellow" if row.waived else "bold red"
        until = "OVERDUE" if row.behind < SEVERAL else f"OVERDUE, {row.behind} occurrences"
        if row.waived and item.waiver:
            until = f"late, waived until {item.waiver.until}: {item.waiver.reason}"
        where = f"{row.entry.path}:{span(row).line}"
        console.print(Padding(Text(printable(f"{until} ({where})"), style=style), (0, 0, 0, 4)))


def _when(item: ActionItem) -> str:
    if item.status is ActionStatus.ACCEPTED_RISK:
        return f"accepted until {item.accepted_until}"
    if item.recurrence and item.last_day is None:
        return "no occurrence is left"
    return f"due {item.last_day}{', recurring' if item.recurrence else ''}" if item.last_day else "no due day"


def _state(item: ActionItem) -> str:
    return item.status.label.lower() if item.status else "no status"
