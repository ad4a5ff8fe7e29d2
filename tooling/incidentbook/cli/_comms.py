"""What the commands about messages share: composing one, and saying what it would be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import click

from incidentbook import disclosure
from incidentbook.cli import _context, _respond
from incidentbook.comms import audience as readers
from incidentbook.comms import message as messages
from incidentbook.comms import templates
from incidentbook.comms.message import Message
from incidentbook.entry import Entry
from incidentbook.errors import UnreadableError
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.when import parse_ahead
from incidentbook.response.current import Choice
from incidentbook.response.identity import entry_id

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--phase", type=click.Choice(messages.PHASES), help="Default: what the incident's status stands for."),
    click.option(
        "--next", "ahead", metavar="TIME", default="",
        help="By when the next one is promised: 30m, 14:05, or none. Default: by the cadence of the severity.",
    ),
    click.option("--channel", default="", metavar="SLUG", help="A channel of policy/communications.yml."),
)  # fmt: skip
own_words = click.option("--text", default="", help="The message in your own words, in place of a template.")


class Audience(click.ParamType[str]):
    """An audience, by its name in the record or by what people call it."""

    name = "audience"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return its name in the record."""
        said = readers.ALSO.get(value, value)
        if said not in readers.LEVELS:
            self.fail(f"{value!r} is none of {', '.join(readers.LEVELS)}.", param, ctx)
        return str(said)


audience_argument = click.argument("audience", type=Audience(), metavar="AUDIENCE")


def options(function: F) -> F:
    """Add what a message is composed of."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


class Wish(NamedTuple):
    """What the command line says of a message."""

    audience: str
    phase: str | None = None
    text: str = ""
    ahead: str = ""
    channel: str = ""


def incident_at(place: _respond.Desk, choice: Choice) -> Entry[Incident]:
    """Return the record that is meant. Raises UnreadableError."""
    entry: Entry[Incident] = Entry.of_file(place.root, choice.path)
    if entry.record is None:
        raise UnreadableError(f"{choice.path} cannot be read", hint=f"`inc check {choice.path}` says what to mend.")
    return entry


def compose(place: _respond.Desk, entry: Entry[Incident], wish: Wish) -> Message:
    """Return the message that is wished for.

    Raises:
        TooNarrowError: it says more than its audience may know.
        TemplateError, NotFoundError: there is no template that gives it.
        click.BadParameter: the channel does not reach the audience, or the time is none.

    """
    incident = entry.record or Incident()
    readers.admit(place.house, incident, wish.audience)
    policy = place.house.policy(CommunicationsPolicy)
    channel = _reaching(policy, wish)
    phase = wish.phase or messages.phase_of(incident)
    owed = policy.owed(incident.severity, disclosure.level_of_incident(place.house, incident))
    due = place.now + owed.every if owed and wish.audience in owed.audiences and incident.is_open else None
    promised = _promised(place, wish, due)
    shown = readers.seen_by(place.house, entry, wish.audience)
    if wish.text:
        subject, body = (shown.title if shown else "Incident update"), wish.text
    elif shown is None:
        level = readers.LEVELS[wish.audience]
        raise readers.TooNarrowError(
            f"{incident.id} is narrower than {level}, so there is nothing that a draft for {wish.audience} may say",
            hint='Say it in your own words: --text "…"; or let them read the record: inc disclose public.',
        )
    else:
        place.services()
        values = templates.told(place.house, shown, place.now, promised)
        subject, body = templates.render(place.root, wish.audience, phase, values)
    readers.refuse(place.house, entry, wish.audience, f"{subject}\n{body}")
    return Message(
        id=entry_id(place.now),
        incident=incident.id,
        severity=incident.severity.label if incident.severity else "",
        audience=wish.audience,
        channel=channel,
        phase=phase,
        subject=subject,
        body=body,
        at=place.now,
        next_update=promised,
        disclosure=readers.narrower(place.house, incident, wish.audience),
        earlier=next(
            (sent.ref for sent in reversed(incident.communications) if sent.ref and sent.channel == channel), ""
        ),
    )


def _reaching(policy: CommunicationsPolicy, wish: Wish) -> str:
    if wish.channel and policy.channels:
        _context.known([wish.channel], policy.channels, "--channel")
        reached = policy.channels[wish.channel].audience
        if wish.audience not in reached:
            raise click.BadParameter(
                f"{wish.channel} reaches {', '.join(reached) or 'nobody'}, and not {wish.audience}.",
                param_hint="--channel",
            )
    return wish.channel


def _promised(place: _respond.Desk, wish: Wish, due: dt.datetime | None) -> dt.datetime | None:
    if not wish.ahead:
        return due
    if wish.ahead == "none":
        return None
    try:
        return parse_ahead(wish.ahead, place.now, place.house.zone)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--next") from error


def show(place: _respond.Desk, message: Message) -> None:
    """Print a message as its readers would see it."""
    click.secho(message.subject, bold=True)
    click.echo(f"\n{message.body}")
    if message.next_update:
        click.echo(f"\nnext update by {place.clock(message.next_update)}", err=True)


def plain(message: Message) -> dict[str, Any]:
    """Return a message for a program."""
    return {"subject": message.subject, **message.entry()}
