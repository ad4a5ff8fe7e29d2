"""``inc actions``: what was promised after incidents, and what of it is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import errors, hindsight
from incidentbook.chronicle.lives import lives
from incidentbook.cli import _actions_again, _actions_rows, _actions_text, _context, _listing, _past
from incidentbook.cli._actions_rows import Row
from incidentbook.records.action_item import ActionStatus
from incidentbook.records.policy.factors import Factors
from incidentbook.records.time import parse_date
from incidentbook.records.vocabulary import Severity
from incidentbook.repository import Repository

if TYPE_CHECKING:
    from incidentbook.outputs import actions_list, common

LIST_EPILOG = """\b
Examples:
  inc actions
  inc actions list --owner sre --status in-progress
  inc actions list --priority high --due-before 2025-02-01
  inc actions list --factor monitoring-gap --all
  inc actions list --group-by owner --sort severity
  inc actions list --came-back                   done, and it came back
  inc actions list --all --json
  inc actions list --ages                        and since when, from Git
"""
OVERDUE_EPILOG = """\b
Examples:
  inc actions overdue
  inc actions overdue --fail                     exit 1 when one is, for CI
  inc actions overdue --fail --as-of 2025-02-01  what CI will say then
  inc actions overdue --fail --format github     with annotations
  inc actions overdue --output overdue.sarif     for code scanning
"""
_REPORTS = ("github", "gitlab", "junit", "sarif")
_ENDINGS = {".json": "json", ".sarif": "sarif", ".xml": "junit"}


_ELSEWHERE = {
    "burndown": "_burndown:burndown",
    "calendar": "_actions_out:calendar",
    "commit": "_actions_set:commit",
    "digest": "_actions_out:digest",
    "set": "_actions_set:set_",
    "sync": "_actions_sync:sync",
    "waive": "_actions_set:waive",
}


@click.group(cls=_listing.Listing, elsewhere=_ELSEWHERE, epilog=LIST_EPILOG)
def command() -> None:
    """Action items: what was promised, by whom, until when. Without a subcommand: the open ones."""


@command.command("list", epilog=LIST_EPILOG)
@click.option("--owner", multiple=True, metavar="TEAM", help="Only items of these teams.")
@_context.one_of("--status", [item.value for item in ActionStatus], "Only these", multiple=True)
@_context.one_of("--priority", _actions_rows.PRIORITIES, "Only these", multiple=True)
@_context.one_of("--severity", [item.value for item in Severity], "Only after incidents of these", multiple=True)
@click.option("--factor", multiple=True, metavar="FACTOR", help="Only items against these contributing factors.")
@click.option("--due-before", metavar="DATE", help="Only items that are held to an earlier day than this one.")
@click.option("--all", "everything", is_flag=True, help="Finished, proposed and cancelled ones too.")
@click.option("--group-by", "by", type=click.Choice(_actions_rows.GROUPS), help="One part for each.")
@click.option("--sort", type=click.Choice([*_actions_rows.SORTS]), default="urgency", show_default=True)
@click.option(
    "--ages", is_flag=True, help="Since when each has had its status, and how often its due day moved, from Git."
)
@click.option("--came-back", is_flag=True, help="Only finished items against a factor that came back since.")
@_context.as_of_option
@_context.json_by("actions-list-output")
@click.pass_context
def list_(
    ctx: click.Context,
    owner: tuple[str, ...],
    status: tuple[str, ...],
    priority: tuple[str, ...],
    severity: tuple[str, ...],
    factor: tuple[str, ...],
    due_before: str | None,
    by: str | None,
    sort: str,
    as_of: str | None,
    *,
    everything: bool,
    ages: bool,
    came_back: bool,
    as_json: bool,
) -> None:
    """List action items, the most urgent first."""
    repo = _context.load(ctx)
    now = _context.now(repo, as_of)
    before = _day(due_before)
    known = _past.known(ctx, None, as_of) if ages else None
    told = lives(known.past).items if known and not known.standing else {}
    then = hindsight.until(repo, now)
    again = _actions_again.found(then, now)
    every = [replace(row, again=again.get(row.item.id)) for row in _actions_rows.rows_of(then, now, told)]
    _context.known(owner, {*repo.knowledge_base.teams, *(row.item.owner for row in every)}, "--owner")
    _context.known(
        factor, {*repo.policy(Factors).factors, *(name for row in every for name in row.item.factors)}, "--factor"
    )
    asked = [
        row
        for row in every
        if _is_one(row, owner=owner, status=status, priority=priority, severity=severity, factor=factor)
        and (before is None or (row.item.last_day is not None and row.item.last_day < before))
    ]
    wanted = everything or status
    rows = [row for row in asked if (row.again if came_back else wanted or row.item.is_open)]
    rows.sort(key=_actions_rows.SORTS[sort])
    if not as_json:
        _actions_text.show(repo, rows, "No such action item." if came_back else "No open action item.", known, by or "")
        if left := sum(bool(row.again) for row in asked) - sum(bool(row.again) for row in rows):
            _context.console().print(_actions_again.told(left), style="dim")
        return

    def plain(some: Sequence[Row]) -> Sequence[common.Item | actions_list.Aged]:
        return [row.aged(known) if known else row.plain() for row in some]

    if by:
        groups = _actions_rows.groups(repo, rows, by)
        told_groups: list[actions_list.Group] = [{"group": name, "items": plain(some)} for name, some in groups]
        _context.print_json(told_groups)
    else:
        _context.print_json(plain(rows))


@command.command("overdue", epilog=OVERDUE_EPILOG)
@click.option(
    "--fail",
    is_flag=True,
    help="Exit with 1 when a committed item is overdue without a waiver, or nobody can tell.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("table", "json", *_REPORTS)),
    help="Default: by the file's ending, else table.",
)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.json, .sarif or .xml.")
@_context.as_of_option
@_context.json_by("actions-overdue-output")
@click.pass_context
def overdue(
    ctx: click.Context, as_of: str | None, form: str | None, output: Path | None, *, fail: bool, as_json: bool
) -> None:
    """List committed items whose due day has ended; those with a waiver that still holds are shown apart."""
    form = "json" if as_json else form or (_ENDINGS.get(output.suffix.lower(), "") if output else "table")
    if output and form in ("", "table"):
        raise click.UsageError(f"Say the format of {output.name}: --format {', '.join(('json', *_REPORTS))}.")
    repo = _context.load(ctx)
    now = _context.now(repo, as_of)
    every = _actions_rows.rows_of(hindsight.until(repo, now), now)
    late = [row for row in every if row.late]
    red = [row for row in late if not row.waived]
    undated = [row for row in every if row.item.is_open and row.item.last_day is None and not row.item.recurrence]
    if form == "table":
        _actions_text.show(repo, late, "No action item is overdue.")
    elif output:
        _context.write_output(output, _written(repo, late, [*red, *undated], form))
    else:
        click.echo(_written(repo, late, [*red, *undated], form), nl=False)
    for row in undated:
        click.echo(f"{row.entry.path}: {row.item.id} has no due day that can be read; `inc check` says why.", err=True)
    if fail and red:
        click.echo(
            f"{len(red)} overdue: finish, move the due date with the owner, or add a waiver with a reason.", err=True
        )
    if fail and (red or undated):
        ctx.exit(errors.FINDINGS)


def _written(repo: Repository, late: Sequence[Row], red: Sequence[Row], form: str) -> str:
    """Return what is late as text of a format: all of it as JSON, and what turns CI red for whoever marks lines."""
    if form == "json":
        return _context.json_text([row.plain() for row in late])
    from incidentbook import reporters  # noqa: PLC0415
    from incidentbook.cli import _check_report  # noqa: PLC0415

    found = [_actions_rows.finding(row) for row in red]
    texts = {row.entry.path: row.entry.document.text for row in red}
    report = reporters.Report(found, sources=texts, prefix=_check_report.prefix(repo.root, form))
    return reporters.render(form, report)


def _is_one(row: Row, **wanted: Sequence[str]) -> bool:
    """Whether a row has one of the values that are wanted of each kind; none wanted is any."""
    has: dict[str, set[object]] = {
        "owner": {row.item.owner},
        "status": {row.item.status},
        "priority": {row.item.priority},
        "severity": {row.severity},
        "factor": {*row.item.factors},
    }
    return all(not values or not has[kind].isdisjoint(values) for kind, values in wanted.items())


def _day(text: str | None) -> dt.date | None:
    day = parse_date(text)
    if text is not None and day is None:
        raise click.BadParameter(f"{text!r} is no day such as 2025-01-31.", param_hint="--due-before")
    return day
