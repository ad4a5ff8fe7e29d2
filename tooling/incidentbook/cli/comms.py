"""``inc comms``: what is said about an incident, to whom, and by when the next word is due."""

from __future__ import annotations

import click

from incidentbook.cli import _comms, _context, _respond
from incidentbook.cli._comms_send import send
from incidentbook.comms import audience as readers
from incidentbook.comms import templates
from incidentbook.errors import EditError
from incidentbook.response import moves
from incidentbook.response.draft import Draft
from incidentbook.writer import write_text

DRAFT_EPILOG = """\b
Examples:
  inc comms draft public
  inc comms draft executives --phase identified --next 1h
"""
SENT_EPILOG = """\b
Examples:
  inc comms sent executives "Told on the bridge: cause known" --channel phone
  inc comms sent public "Looking into it" --channel status-page --next 30m
"""
TEMPLATES_EPILOG = """\b
Examples:
  inc comms templates
  inc comms templates --write    into policy/templates, to change
"""


@click.group(epilog=f"{DRAFT_EPILOG}  inc comms send public --channel status-page\n")
def command() -> None:
    """Draft messages for each audience, send them or record what was sent; the next update due follows from it."""


command.add_command(send)


@command.command("draft", epilog=DRAFT_EPILOG)
@_comms.audience_argument
@_comms.own_words
@_comms.options
@_respond.incident_option
@_context.json_option
@click.pass_context
def draft(
    ctx: click.Context,
    audience: str,
    phase: str | None,
    text: str,
    ahead: str,
    channel: str,
    named: str,
    *,
    as_json: bool,
) -> None:
    """Show the message for AUDIENCE that the template gives. Nothing is sent and nothing written."""
    place = _respond.desk(ctx)
    entry = _comms.incident_at(place, _respond.chosen(place, named))
    message = _comms.compose(place, entry, _comms.Wish(audience, phase, text, ahead, channel))
    if as_json:
        _context.print_json(_comms.plain(message))
    else:
        _comms.show(place, message)


@command.command("sent", epilog=SENT_EPILOG)
@_comms.audience_argument
@click.argument("text", nargs=-1, required=True)
@_comms.options
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def sent(
    ctx: click.Context,
    audience: str,
    text: tuple[str, ...],
    phase: str | None,
    ahead: str,
    channel: str,
    at: str,
    named: str,
    *,
    as_json: bool,
) -> None:
    """Record that AUDIENCE was told TEXT, by whatever way that was."""
    said = _respond.said(text, "Say what was said.")
    place = _respond.desk(ctx)
    moment = place.when(at)
    choice = _respond.chosen(place, named)
    entry = _comms.incident_at(place, choice)
    then = place._replace(now=moment)
    message = _comms.compose(then, entry, _comms.Wish(audience, phase, said, ahead, channel))

    def edit(record: Draft) -> list[str]:
        moves.tell(record, message.entry(), moment)
        return [f"{place.clock(moment)}  told {audience}{f' by {channel}' if channel else ''}: {said}"]

    _respond.change(place, choice, f"inc comms sent {audience}", edit, as_json=as_json)


@command.command("templates", epilog=TEMPLATES_EPILOG)
@click.option("--write", is_flag=True, help="Copy those that ship into policy/templates; yours stay as they are.")
@_context.json_option
@click.pass_context
def list_templates(ctx: click.Context, *, write: bool, as_json: bool) -> None:
    """List which template serves which audience and phase, and who may know what."""
    root = _context.root_of(ctx)
    if write:
        for place in list(templates.places(root)):
            target = root / templates.FOLDER / place.name
            if not place.own:
                if target.exists():
                    raise EditError(f"{target} is in the way")
                write_text(target, (templates.SHIPPED / place.name).read_text(encoding="utf-8"))
    found = list(templates.places(root))
    if as_json:
        _context.print_json([place._asdict() | {"knows": readers.LEVELS[place.audience].value} for place in found])
        return
    for audience, level in readers.LEVELS.items():
        click.secho(f"{audience} (may know what is {level})", bold=True)
        for place in found:
            if place.audience == audience:
                click.echo(
                    f"  {place.phase:<14}{f'{templates.FOLDER}/{place.name}' if place.own else 'ships with incidentbook'}"
                )
