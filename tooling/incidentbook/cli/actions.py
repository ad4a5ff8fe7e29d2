"""``inc actions``: what was promised after incidents, and what of it is late."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import click

from incidentbook import errors, hindsight
from incidentbook.chronicle.lives import ActionLife, lives
from incidentbook.cli import _actions_set, _context, _past
from incidentbook.cli._burndown import burndown
from incidentbook.cli._past import Known
from incidentbook.entry import Entry
from incidentbook.finding import Finding, Grade
from incidentbook.frozen import frozen
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import short, utc_text
from incidentbook.repository import Repository
from incidentbook.span import Span

LIST_EPILOG = """\b
Examples:
  inc actions
  inc actions list --owner sre --status in-progress
  inc actions list --all --json
  inc actions list --ages                        and since when, from Git
"""
_SEVERAL = 2
OVERDUE_EPILOG = """\b
Examples:
  inc actions overdue
  inc actions overdue --fail                     exit 1 when one is, for CI
  inc actions overdue --fail --as-of 2025-02-01  what CI will say then
  inc actions overdue --fail --format github     with annotations
"""


@frozen
class Row:
    """An action item with the place that it stands in; ``behind`` is how many of its due days are late."""

    entry: Entry[Postmortem]
    index: int
    item: ActionItem
    late: bool
    waived: bool
    behind: int = 0
    life: ActionLife | None = None

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        item = self.item
        span = self.entry.document.span(("action_items", self.index))
        return {
            "id": item.id,
            "title": item.title,
            "incidents": list(self.entry.record.incidents) if self.entry.record else [],
            "priority": item.priority,
            "owner": item.owner,
            "due": item.due.isoformat() if item.due else None,
            "status": item.status.value if item.status else None,
            "late": self.late,
            "waived_until": item.waiver.until.isoformat()
            if self.waived and item.waiver and item.waiver.until
            else None,
            "overdue": self.late and not self.waived,
            **({"occurrence": _day(item.last_day), "occurrences_late": self.behind} if item.recurrence else {}),
            "path": self.entry.path,
            "line": span.line,
        }

    def aged(self, known: Known) -> dict[str, Any]:
        """Return it for JSON with what Git says of its past; None for what was never committed, or does not apply."""
        life = self.life if not known.standing else None
        return {
            **self.plain(),
            "created": utc_text(life.created) if life and life.created else None,
            "status_since": utc_text(life.status_since) if life and not life.at_least else None,
            "status_age_seconds": self._age(known),
            "status_age_at_least": life.at_least if life else None,
            "reopened": len(life.reopened) if life else None,
            "due_moved": life.due_moved if life else None,
        }

    def age(self, known: Known) -> str:
        """Say since when it has had its status."""
        seconds = self._age(known)
        if seconds is not None:
            return f"for {'at least ' if self.life and self.life.at_least else ''}{short(seconds)}"
        return "" if known.standing else "not committed yet"

    def _age(self, known: Known) -> int | None:
        life = self.life
        if known.standing or life is None or life.last.status is not self.item.status:
            return None
        age = int((known.now - life.status_since).total_seconds())
        return age if age >= 0 else None


@click.group(cls=_context.Listing, epilog=LIST_EPILOG)
def command() -> None:
    """Action items: what was promised, by whom, until when. Without a subcommand: the open ones."""


for _each in (burndown, _actions_set.set_, _actions_set.commit, _actions_set.waive):
    command.add_command(_each)


@command.command("list", epilog=LIST_EPILOG)
@click.option("--owner", multiple=True, metavar="TEAM", help="Only items of these teams.")
@_context.one_of("--status", [item.value for item in ActionStatus], "Only these", multiple=True)
@click.option("--all", "everything", is_flag=True, help="Finished, proposed and cancelled ones too.")
@click.option(
    "--ages", is_flag=True, help="Since when each has had its status, and how often its due day moved, from Git."
)
@_context.as_of_option
@_context.json_option
@click.pass_context
def list_(
    ctx: click.Context,
    owner: tuple[str, ...],
    status: tuple[str, ...],
    as_of: str | None,
    *,
    everything: bool,
    ages: bool,
    as_json: bool,
) -> None:
    """List action items, the most urgent first."""
    repo = _context.load(ctx)
    now = _context.now(repo, as_of)
    every = _rows(hindsight.until(repo, now), now)
    _context.known(owner, {*repo.knowledge_base.teams, *(row.item.owner for row in every)}, "--owner")
    rows = [
        row
        for row in every
        if (not owner or row.item.owner in owner)
        and (not status or row.item.status in status)
        and (everything or status or _open(row.item))
    ]
    known = _past.known(ctx, None, as_of) if ages else None
    if known is not None:
        found = lives(known.past).items
        rows = [replace(row, life=found.get(row.item.id)) for row in rows]
    if as_json:
        _context.print_json([row.aged(known) if known else row.plain() for row in rows])
        return
    _print(repo, rows, "No open action item.", known)


@command.command("overdue", epilog=OVERDUE_EPILOG)
@click.option(
    "--fail",
    is_flag=True,
    help="Exit with 1 when a committed item is overdue without a waiver, or nobody can tell.",
)
@click.option("--format", "format_", type=click.Choice(("table", "github", "json")), default="table", show_default=True)
@_context.as_of_option
@_context.json_option
@click.pass_context
def overdue(ctx: click.Context, as_of: str | None, format_: str, *, fail: bool, as_json: bool) -> None:
    """List committed items whose due day has ended; those with a waiver that still holds are shown apart."""
    repo = _context.load(ctx)
    now = _context.now(repo, as_of)
    every = _rows(hindsight.until(repo, now), now)
    late = [row for row in every if row.late]
    red = [row for row in late if not row.waived]
    undated = [row for row in every if _open(row.item) and row.item.last_day is None and not row.item.recurrence]
    if as_json or format_ == "json":
        _context.print_json([row.plain() for row in late])
    elif format_ == "github":
        from incidentbook import reporters  # noqa: PLC0415

        prefix = _context.prefix(repo.root, github=True)
        report = reporters.Report([_finding(row) for row in red], prefix=prefix)
        click.echo(reporters.render("github", report), nl=False)
    else:
        _print(repo, late, "No action item is overdue.")
    for row in undated:
        click.echo(f"{row.entry.path}: {row.item.id} has no due day that can be read; `inc check` says why.", err=True)
    if fail and red:
        click.echo(
            f"{len(red)} overdue: finish, move the due date with the owner, or add a waiver with a reason.", err=True
        )
    if fail and (red or undated):
        ctx.exit(errors.FINDINGS)


def _rows(repo: Repository, now: dt.datetime) -> list[Row]:
    """Return every item, late ones first, then by due day."""
    rows = [
        Row(
            entry,
            index,
            item,
            item.late(now, repo.zone),
            item.waived(now, repo.zone),
            len(item.late_days(now, repo.zone)),
        )
        for entry, index, item in repo.action_items()
    ]
    return sorted(rows, key=lambda row: (not row.late, row.waived, row.item.last_day or dt.date.max, row.item.id))


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _open(item: ActionItem) -> bool:
    return item.status is not None and item.status.committed and not item.status.finished


def _when(item: ActionItem) -> str:
    if item.status is ActionStatus.ACCEPTED_RISK:
        return f"accepted until {item.accepted_until}"
    if item.recurrence and item.last_day is None:
        return "no occurrence is left"
    return f"due {item.last_day}{', recurring' if item.recurrence else ''}" if item.last_day else "no due day"


def _state(item: ActionItem) -> str:
    return item.status.label.lower() if item.status else "no status"


def _span(row: Row) -> Span:
    """Return where the day stands that it is held to."""
    key = "accepted_until" if row.item.status is ActionStatus.ACCEPTED_RISK else "due"
    return row.entry.document.span(("action_items", row.index, key))


def _finding(row: Row) -> Finding:
    item = row.item
    return Finding(
        code="IB601",
        rule="overdue",
        path=row.entry.path,
        span=_span(row),
        message=f"{item.id} was due on {item.last_day}: {item.title} ({item.owner})",
        hint="Finish it, move the due date with the owner, or add a waiver with a reason.",
        grade=Grade.ERROR,
    )


def _print(repo: Repository, rows: list[Row], nothing: str, known: Known | None = None) -> None:
    from rich.padding import Padding  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from incidentbook.reports.text import printable  # noqa: PLC0415 - takes all metrics along, which the burn-down has no use for

    console = _context.console()
    if not rows:
        console.print(nothing)
        return
    for row in rows:
        item = row.item
        line = Text(f"{printable(item.id):<15}")
        line.append(f"{_when(item):<27}", style="yellow" if row.waived and row.late else "bold red" if row.late else "")
        age = row.age(known) if known else ""
        line.append("  ".join(part for part in (item.priority, f"{_state(item)} {age}".rstrip()) if part))
        console.print(line)
        owner = repo.knowledge_base.team_name(item.owner) if item.owner else "nobody"
        console.print(Padding(Text(printable(f"{owner}: {item.title}")), (0, 0, 0, 4)))
        if row.late:
            style = "yellow" if row.waived else "bold red"
            until = "OVERDUE" if row.behind < _SEVERAL else f"OVERDUE, {row.behind} occurrences"
            if row.waived and item.waiver:
                until = f"late, waived until {item.waiver.until}: {item.waiver.reason}"
            where = f"{row.entry.path}:{_span(row).line}"
            console.print(Padding(Text(printable(f"{until} ({where})"), style=style), (0, 0, 0, 4)))
    late = sum(1 for row in rows if row.late and not row.waived)
    waived = sum(1 for row in rows if row.late and row.waived)
    count = f"{len(rows)} item{'' if len(rows) == 1 else 's'}"
    console.print(f"{count}, {late} overdue, {waived} late with a waiver", style="dim")
    for note in filter(None, (*known.notes, known.remedy)) if known else ():
        console.print(note, style="dim")
