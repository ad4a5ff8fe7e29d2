"""``inc postmortem due``: the clocks of post-mortems that are still owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from incidentbook import disclosure, errors
from incidentbook.cli import _context
from incidentbook.duties import reviews
from incidentbook.records.time import as_of_text, short, utc_text
from incidentbook.records.vocabulary import Disclosure
from incidentbook.terminal_text import printable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from incidentbook.outputs import postmortem_due as printed
    from incidentbook.repository import Repository

EPILOG = """\b
Examples:
  inc postmortem due
  inc postmortem due --fail                     exit 1 when one is overdue
  inc postmortem due --fail --as-of 2025-02-01  what CI will say then
"""


@click.command("due", epilog=EPILOG)
@click.option("--fail", is_flag=True, help="Leave with status 1 when one is overdue.")
@_context.as_of_option
@_context.json_by("postmortem-due-output")
@_context.audience_option("Look only at what a reader of this level may see.")
@click.pass_context
def due(ctx: click.Context, as_of: str | None, audience: str, *, fail: bool, as_json: bool) -> None:
    """List the post-mortems that policy asks for and that nobody has held, overdue ones first.

    A clock runs from the resolution, for as long as `postmortem_within` in policy/severities.yml says.
    """
    repo, now = _context.then(_context.load(ctx), as_of)
    if audience != Disclosure.RESTRICTED.value:
        repo = disclosure.view(repo, Disclosure(audience))
    found = reviews.owed(repo, now)
    if as_json:
        _context.print_output("postmortem-due-output", _plain(repo, found, now))
    else:
        _print(repo, found, now)
    if fail and any(one.overdue(now) for one in found):
        ctx.exit(errors.FINDINGS)


def _print(repo: Repository, found: Sequence[reviews.Owed], now: dt.datetime) -> None:
    console = _context.console()
    if not found:
        console.print("No post-mortem is due.")
        return
    for one in found:
        first, left = one.incidents[0], one.seconds_left(now)
        ids = ", ".join(incident.id for incident in one.incidents)
        clock = f"{short(abs(left))} {'over' if left < 0 else 'left'}"
        console.print(
            f"{clock:<14} {ids}  {printable(first.title)}", style="bold red" if left < 0 else "", soft_wrap=True
        )
        planned = f", planned for {one.planned}" if one.planned else ""
        severity = first.severity.label if first.severity else "?"
        console.print(
            f"{'':<14} {severity}, until {one.by.astimezone(repo.zone):%Y-%m-%d %H:%M %Z}; {one.status}{planned}",
            soft_wrap=True,
        )
    late = sum(one.overdue(now) for one in found)
    console.print(
        f"{len(found)} due, {late} of them overdue, {as_of_text(now, to_come=repo.is_to_come(now))}", style="dim"
    )


def _plain(repo: Repository, found: Sequence[reviews.Owed], now: dt.datetime) -> printed.Output:
    return {
        "knowledge_base": repo.knowledge_base.name,
        "as_of": utc_text(now),
        "due": [_plain_one(one, now) for one in found],
    }


def _plain_one(one: reviews.Owed, now: dt.datetime) -> printed.Due:
    first = one.incidents[0]
    return {
        "incidents": [incident.id for incident in one.incidents],
        "title": first.title,
        "severity": first.severity.value if first.severity else None,
        "due": utc_text(one.by),
        "seconds_left": one.seconds_left(now),
        "overdue": one.overdue(now),
        "status": one.status,
        "planned": one.planned.isoformat() if one.planned else None,
        "path": one.path or None,
    }
