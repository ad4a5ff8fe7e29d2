"""``inc comms send``: a message made for its channel, sent where an address is known, and recorded once it is."""

from __future__ import annotations

import json
import os

import click

from incidentbook.cli import _comms, _context, _respond
from incidentbook.comms import audience as readers
from incidentbook.comms import channels, outbox, sending
from incidentbook.comms.audience import LEVELS
from incidentbook.comms.message import Message
from incidentbook.errors import IncidentbookError
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.response import moves
from incidentbook.response.current import Choice
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  INC_SLACK_URL=https://hooks.slack.com/… inc comms send responders
  inc comms send public --channel status-page --phase identified --next 30m
  inc comms send customers --text "Payments work again" --dry-run
  inc comms send --retry      what was not known to be sent, with the same key
"""


@click.command(epilog=EPILOG)
@click.argument("audience", type=_comms.Audience(), metavar="[AUDIENCE]", required=False)
@_comms.own_words
@_comms.options
@click.option("--dry-run", is_flag=True, help="Show what would be sent, and send nothing.")
@click.option("--retry", is_flag=True, help="Send again what is not known to have been sent.")
@click.option("--drop", is_flag=True, help="Forget what is not known to have been sent.")
@_respond.incident_option
@_context.json_option
@click.pass_context
def send(
    ctx: click.Context,
    audience: str | None,
    phase: str | None,
    text: str,
    ahead: str,
    channel: str,
    named: str,
    *,
    dry_run: bool,
    retry: bool,
    drop: bool,
    as_json: bool,
) -> None:
    """Send the message for AUDIENCE over a channel, and write it into the record.

    The address comes from the environment: INC_SLACK_URL, INC_TEAMS_URL, INC_STATUSPAGE_URL or INC_WEBHOOK_URL, or of one channel
    alone, as INC_CHAT_URL; a token from the same name with _TOKEN. Where there is none, what would be sent is shown.
    """
    place = _respond.desk(ctx)
    if retry or drop:
        _again(place, drop=drop, as_json=as_json)
        return
    if audience is None:
        raise click.UsageError("Say for whom: " + ", ".join(LEVELS) + ".")
    channel, kind = _channel(place, audience, channel)
    choice = _respond.chosen(place, named)
    entry = _comms.incident_at(place, choice)
    message = _comms.compose(place, entry, _comms.Wish(audience, phase, text, ahead, channel))
    to = sending.address(channel, kind, os.environ)
    if dry_run or to is None:
        _show(channels.request(kind, message), as_json=as_json)
        why = (
            "nothing was sent"
            if dry_run
            else f"nothing was sent: {sending.variables(channel, kind)} would say where to"
        )
        click.echo(why, err=True)
        return
    if waiting := [one for one in outbox.pending(place.root) if (one.incident, one.channel) == (choice.id, channel)]:
        raise IncidentbookError(
            f"Nobody knows whether an earlier message over {channel} was sent: {waiting[0].subject}",
            hint="`inc comms send --retry` sends it again with the same key; `--drop` forgets it.",
        )
    _deliver(place, choice, message, kind, to, as_json=as_json)


def _channel(place: _respond.Desk, audience: str, named: str) -> tuple[str, str]:
    """Return the channel and its kind: the one that is named, else the first that reaches the audience and can be sent to."""
    known = place.house.policy(CommunicationsPolicy).channels
    if named:
        _context.known([named], known, "--channel")
    else:
        fit = [slug for slug, one in known.items() if audience in one.audience and one.kind in channels.kinds()]
        if not fit:
            raise IncidentbookError(
                f"No channel that messages can be sent to reaches {audience}",
                hint="Give one a `kind` in policy/communications.yml (slack, teams, statuspage, webhook), or record what you "
                "sent yourself: inc comms sent.",
            )
        named = fit[0]
    kind = known[named].kind
    if kind not in channels.kinds():
        raise IncidentbookError(
            f"{named} is {kind}: people send there themselves",
            hint=f'`inc comms sent {audience} "…" --channel {named}` records it.',
        )
    return named, kind


def _deliver(
    place: _respond.Desk, choice: Choice, message: Message, kind: str, to: sending.Address, *, as_json: bool
) -> None:
    """Send, and record it. Noted before and forgotten after, so that an end in between is no second message."""
    outbox.keep(place.root, message)
    try:
        answer = sending.send(channels.request(kind, message), kind, to, message.id)
    except sending.UnsentError as error:
        raise sending.UnsentError(
            f"{message.channel}: {error}",
            hint="It is kept: `inc comms send --retry` sends it again; `--drop` forgets it.",
        ) from error
    ref = answer.get("id") if kind == "statuspage" else None

    def edit(record: Draft) -> list[str]:
        moves.tell(record, message.entry(str(ref) if ref and not message.earlier else ""), message.at)
        said = " ".join(message.body.split())
        return [f"{place.clock(message.at)}  sent to {message.audience} over {message.channel} ({to.host}): {said}"]

    _respond.change(place, choice, f"inc comms send {message.audience}", edit, as_json=as_json)
    outbox.forget(place.root, message)


def _again(place: _respond.Desk, *, drop: bool, as_json: bool) -> None:
    waiting, failed = outbox.pending(place.root), list[str]()
    if not waiting:
        click.echo("Nothing waits to be sent.", err=True)
    for message in waiting:
        if drop:
            outbox.forget(place.root, message)
            click.echo(f"forgot the message of {place.clock(message.at)} over {message.channel}: {message.subject}")
            continue
        choice = _respond.chosen(place, message.incident)
        entry = _comms.incident_at(place, choice)
        if entry.record and any(sent.id == message.id for sent in entry.record.communications):
            outbox.forget(place.root, message)  # it was sent and recorded, and the process ended before it forgot
            continue
        try:
            readers.admit(place.house, entry.record or Incident(), message.audience)  # it may be narrower by now
            readers.refuse(place.house, entry, message.audience, f"{message.subject}\n{message.body}")
            channel, kind = _channel(place, message.audience, message.channel)
            to = sending.address(channel, kind, os.environ)
            if to is None:
                raise sending.UnsentError(f"{channel}: {sending.variables(channel, kind)} would say where to send it")
            _deliver(place, choice, message, kind, to, as_json=as_json)
        except IncidentbookError as error:
            failed.append(f"{message.subject} ({error})")
    if failed:
        raise sending.UnsentError(f"Not sent: {'; '.join(failed)}", hint="`--retry` again, or `--drop` to forget them.")


def _show(request: channels.Request, *, as_json: bool) -> None:
    if as_json:
        _context.print_json(request._asdict())
    else:
        click.echo(f"{request.method} {request.path or '(the address of the channel)'}")
        click.echo(json.dumps(request.json, indent=2, ensure_ascii=False))
