"""``inc actions digest`` and ``calendar``: what a team is reminded of where it works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click

from incidentbook import disclosure, hindsight
from incidentbook.cli import _context
from incidentbook.follow_up import Promise
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

DIGEST_EPILOG = """\b
Examples:
  inc actions digest --owner sre
  inc actions digest --owner sre --format email | sendmail sre@example.org
  inc actions digest --days 7 --output digest.md
"""
CALENDAR_EPILOG = """\b
Examples:
  inc actions calendar --output action-items.ics
  inc actions calendar --owner sre --weeks 26
"""
_OWNER = click.option("--owner", "owners", multiple=True, metavar="TEAM", help="Only items of these teams.")
_OUTPUT = click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file.")
_MOST_WEEKS = 260


@click.command("digest", epilog=DIGEST_EPILOG)
@_OWNER
@click.option(
    "--days", type=click.IntRange(0, 366), default=14, show_default=True, metavar="N", help="How far to look ahead."
)
@click.option("--format", "form", type=click.Choice(("markdown", "email")), default="markdown", show_default=True)
@_OUTPUT
@_context.audience_option("For whom: nothing narrower gets into it.")
@_context.as_of_option
@click.pass_context
def digest(
    ctx: click.Context,
    owners: tuple[str, ...],
    days: int,
    form: str,
    output: Path | None,
    audience: str,
    as_of: str | None,
) -> None:
    """Tell a team what is late, due soon, to be verified and to be decided: for a channel, or as an e-mail."""
    from incidentbook.follow_up import digest as digests  # noqa: PLC0415 - only this command needs it

    repo = _context.load(ctx)
    now = _context.now(repo, as_of)
    house = repo.knowledge_base
    found = digests.digest(house, _promises(repo, owners, now, audience), owners, now, dt.timedelta(days=days))
    _deliver((digests.email if form == "email" else digests.markdown)(house, found), output)


@click.command("calendar", epilog=CALENDAR_EPILOG)
@_OWNER
@click.option(
    "--weeks", type=click.IntRange(1, _MOST_WEEKS), default=52, show_default=True, metavar="N",
    help="How far occurrences are shown.",
)  # fmt: skip
@_OUTPUT
@_context.audience_option("For whom: nothing narrower gets into it.")
@_context.as_of_option
@click.pass_context
def calendar(
    ctx: click.Context, owners: tuple[str, ...], weeks: int, output: Path | None, audience: str, as_of: str | None
) -> None:
    """Write due days as a calendar to subscribe to (iCalendar), occurrences of recurring items one by one."""
    from incidentbook.follow_up import calendar as calendars  # noqa: PLC0415 - icalendar is for this only

    repo = _context.load(ctx)
    now = _context.now(repo, as_of)
    until = now.astimezone(repo.zone).date() + dt.timedelta(weeks=weeks)
    mine = (one for one in _promises(repo, owners, now, audience) if not owners or one.item.owner in owners)
    _deliver(calendars.feed(repo.knowledge_base, mine, until, now), output)


def _promises(repo: Repository, owners: Iterable[str], now: dt.datetime, audience: str) -> list[Promise]:
    """Return every item that the audience may see. Raises click.BadParameter for a team that nobody knows."""
    view = repo if audience == Disclosure.RESTRICTED.value else disclosure.view(repo, Disclosure(audience))
    items = hindsight.until(view, now).action_items()
    found = [Promise(item, entry.record.incidents if entry.record else ()) for entry, _, item in items]
    _context.known([*owners], {*repo.knowledge_base.teams, *(one.item.owner for one in found)}, "--owner")
    return found


def _deliver(text: str, output: Path | None) -> None:
    if output:
        _context.write_output(output, text)
    else:
        click.echo(text, nl=False)
