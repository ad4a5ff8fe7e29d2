"""``inc remedy``: what is done about it, at once, soon and later."""

from __future__ import annotations

import re

import click

from incidentbook.cli import _context, _listing, _respond
from incidentbook.response import remedies
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  inc remedy add "Fail over to the standby by hand" --status done
  inc remedy add "Correct the script" --when short-term --status in-progress
  inc remedy done 2           its number in the list, its id, or words of it
  inc remedy list
"""
_ACTION = re.compile(r"AI-[0-9]{4}-[0-9]{3,}-[0-9]+\Z")
_SAID = {"immediate": "at once", "short-term": "within a day", "long-term": "within a month"}


@click.group(cls=_listing.Listing, epilog=EPILOG)
def command() -> None:
    """Remedies: what is done at once, soon and later. Without a subcommand: the list."""


@command.command(epilog=EPILOG)
@click.argument("text", nargs=-1, required=True)
@click.option(
    "--when",
    "horizon",
    type=click.Choice(remedies.HORIZONS),
    default="immediate",
    show_default=True,
    help="During the incident, within a day, or within a month.",
)
@click.option("--status", type=click.Choice(remedies.STATUSES), help="How far it is.")
@click.option("--action", metavar="AI-…", default="", help="The action item that carries it, and says how far it is.")
@_respond.incident_option
@_context.json_option
@click.pass_context
def add(
    ctx: click.Context,
    text: tuple[str, ...],
    horizon: str,
    status: str | None,
    action: str,
    named: str,
    *,
    as_json: bool,
) -> None:
    """Write TEXT down as something that is done, or to be done."""
    said = _respond.said(text, "Say what is to be done.")
    if action and not _ACTION.match(action):
        raise click.BadParameter("An action item is called like AI-2025-001-1.", param_hint="--action")
    place = _respond.desk(ctx)

    def edit(record: Draft) -> list[str]:
        remedies.add(record, said, horizon, place.now, status=status or "", action=action)
        return [f"{horizon}, {_SAID[horizon]}: {said}{_state(status or '', action)}"]

    _respond.change(place, named, f"inc remedy add {said[:60]!r}", edit, as_json=as_json)


@command.command(epilog=EPILOG)
@click.argument("which", nargs=-1, required=True, metavar="N|TEXT|ID")
@_respond.incident_option
@_context.json_option
@click.pass_context
def done(ctx: click.Context, which: tuple[str, ...], named: str, *, as_json: bool) -> None:
    """Say that a remedy is done: by its number in the list, its id, or words of its text."""
    place = _respond.desk(ctx)
    said = " ".join(which)

    def edit(record: Draft) -> list[str]:
        before = remedies.set_status(record, said, "done")
        return [f"{before.status.replace('-', ' ') or 'open'} → done: {before.text}"]

    _respond.change(place, named, f"inc remedy done {said[:60]!r}", edit, as_json=as_json)


@command.command("list", epilog=EPILOG)
@_respond.incident_option
@_context.json_option
@click.pass_context
def list_(ctx: click.Context, named: str, *, as_json: bool) -> None:
    """List the remedies with their numbers."""
    place = _respond.desk(ctx)
    choice, record = _respond.look(place, named)
    lines = remedies.lines(record.incident)
    if as_json:
        _context.print_json(
            [
                {
                    "number": number,
                    "id": line.remedy.id or None,
                    "when": line.horizon,
                    "text": line.remedy.text,
                    "status": line.remedy.status or None,
                    "action": line.remedy.action or None,
                }
                for number, line in enumerate(lines, 1)
            ]
        )
        return
    click.secho(f"{choice.id} ({choice.because})", bold=True)
    if not lines:
        click.echo('  No remedy yet: inc remedy add "TEXT"')
    for number, line in enumerate(lines, 1):
        if not line.place:
            click.echo(f"  {line.horizon}, {_SAID[line.horizon]}")
        mark = "x" if line.remedy.status == "done" else " "
        click.echo(f"  {number:>3} [{mark}] {line.remedy.text}{_state(line.remedy.status, line.remedy.action)}")


def _state(status: str, action: str) -> str:
    notes = ", ".join(note for note in (status.replace("-", " "), action) if note)
    return f" ({notes})" if notes else ""
