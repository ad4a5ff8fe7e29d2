"""``inc postmortem schedule``: the meeting is called, in the post-mortem, in the communication log, and as an invitation."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from incidentbook import disclosure
from incidentbook.cli import _comms, _context, _diff, _named, _respond
from incidentbook.cli._postmortem_facilitate import Duration
from incidentbook.duties import Standing, postmortems
from incidentbook.errors import NotFoundError, UnreadableError
from incidentbook.frozen import frozen
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import short, utc_text
from incidentbook.records.when import GRAMMAR_EITHER, parse_either
from incidentbook.response import meetings, moves

if TYPE_CHECKING:
    from icalendar import Event

    from incidentbook.comms.message import Message
    from incidentbook.entry import Entry
    from incidentbook.outputs import postmortem_schedule as printed
    from incidentbook.records.incident import Incident
    from incidentbook.records.postmortem import Meeting, Postmortem
    from incidentbook.repository import Repository

SCHEMA = "postmortem-schedule-output"
EPILOG = """\b
Examples:
  inc postmortem schedule INC-2025-001 --at "2025-01-16 10:00" --dry-run
  inc postmortem schedule INC-2025-001 --at "2025-01-16 10:00" \\
    --duration 90m --tell executives --channel email --output invite.ics
  inc postmortem schedule INC-2025-001 --output invite.ics   once more
"""


@frozen
class Subject:
    """What the meeting is about: a post-mortem that can be read, and the records that it covers."""

    repo: Repository
    path: str
    postmortem: Postmortem
    covered: tuple[Entry[Incident], ...]


@click.command("schedule", epilog=EPILOG)
@click.argument("incident_id", metavar="INC-YYYY-NNN")
@click.option("--at", metavar="TIME", help=f"When it begins: {GRAMMAR_EITHER}.")
@click.option("--duration", type=Duration(), metavar="DURATION", help="How long. Default: as it was, else 60m.")
@click.option("--location", default="", metavar="TEXT", help="A room or an address to join at, in the invitation only.")
@click.option(
    "--tell", "audiences", type=_comms.Audience(), multiple=True, metavar="AUDIENCE", default=("responders",),
    show_default=True, help="Who was told, in the communication log; may be given again.",
)  # fmt: skip
@click.option("--channel", default="", metavar="SLUG", help="By which channel of policy/communications.yml.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write the invitation to FILE.ics.")
@click.option("--dry-run", is_flag=True, help="Show the change as a diff, and write nothing.")
@_context.json_by(SCHEMA)
@click.pass_context
def schedule(
    ctx: click.Context,
    incident_id: str,
    at: str | None,
    duration: str | None,
    location: str,
    audiences: tuple[str, ...],
    channel: str,
    output: Path | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Call the post-mortem meeting: write its day and time into the post-mortem, and into the incident's log who was told.

    A meeting that is moved keeps its name in calendars and counts up its SEQUENCE. `inc undo` takes it back.
    """
    place = _respond.desk(ctx)
    subject = _subject(ctx, incident_id)
    meeting = subject.postmortem.meeting
    known = meeting.at.at if meeting and meeting.at else None
    begin = _when(place, at) if at else known
    if begin is None:
        raise click.UsageError("Say when it begins: --at TIME.")
    if output and output.suffix.lower() != ".ics":
        raise click.BadParameter(f"{output} is no calendar file: its name ends in .ics.", param_hint="--output")
    length = duration or (meeting.duration if meeting else "60m")
    paths = [subject.path, *(entry.path for entry in subject.covered)]
    with _respond.editing(place, paths, f"inc postmortem schedule {incident_id.upper()}", dry_run=dry_run) as drafts:
        before = {record.path: record.text for record in drafts}
        made, lines = meetings.schedule(drafts[0], begin, length, place.house.zone)
        told = _notices(place, subject, made, audiences, channel) if lines else []
        for record, message in ((record, message) for record in drafts[1:] for message in told):
            if record.incident.id == message.incident:
                moves.tell(record, message.entry(), place.now)
                lines.append(f"told {message.audience}: {message.body}")
        event = _event(place, subject, made, location)
        if output and not dry_run:
            _context.write_output(output, _ics(event))
    late = _warn(place, subject, begin)
    if dry_run and not as_json:
        after = {record.path: record.text for record in drafts}
        _diff.show(before, after)
        return
    committed = [line for record in drafts for line in _respond.said_of(record.committed)]
    if as_json:
        _context.print_output(SCHEMA, _plain(subject, made, event, told, late, lines))
        return
    click.secho(f"{', '.join(subject.postmortem.incidents)} ({subject.path})", bold=True)
    for line in [*lines, *committed] or ["it is scheduled so already; nothing was written"]:
        click.echo(f"  {line}")


def _subject(ctx: click.Context, incident_id: str) -> Subject:
    repo = _context.load(ctx)
    incident = _named.incident(repo, incident_id)
    entry = _named.postmortem(repo, incident.id)
    if entry is None:
        raise NotFoundError(
            f"{incident.id} has no post-mortem to schedule a meeting for",
            hint=f"inc postmortem new {incident.id} --write",
        )
    if entry.record is None:
        raise UnreadableError(f"{entry.path} cannot be read", hint=f"`inc check {entry.path}` says what to mend.")
    names = entry.record.incidents
    covered = tuple(each for each in repo.incidents if each.record and each.record.id in names)
    return Subject(repo, entry.path, entry.record, covered)


def _when(place: _respond.Desk, text: str) -> dt.datetime:
    try:
        return parse_either(text, place.now, place.house.zone).replace(microsecond=0)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint="--at") from error


def _notices(
    place: _respond.Desk, subject: Subject, meeting: Meeting, audiences: Sequence[str], channel: str
) -> list[Message]:
    """Return what each audience was told of each incident. Raises TooNarrowError, click.BadParameter."""
    begin = (meeting.at.at if meeting.at else place.now).astimezone(place.house.zone)
    end = begin + meeting.length
    verb = "moved to" if meeting.sequence else "scheduled for"
    found = []
    for entry in subject.covered:
        name = entry.record.id if entry.record else ""
        said = f"Post-mortem of {name} {verb} {begin:%Y-%m-%d, %H:%M} to {end:%H:%M %Z}"
        wishes = (_comms.Wish(audience, "update", said, "none", channel) for audience in dict.fromkeys(audiences))
        found += [_comms.compose(place, entry, wish) for wish in wishes]
    return found


def _event(place: _respond.Desk, subject: Subject, meeting: Meeting, location: str) -> Event:
    from incidentbook.drafts import invitation  # noqa: PLC0415 - icalendar is for few commands

    level = disclosure.level_of_postmortem(subject.repo, subject.postmortem)
    incidents = [entry.record for entry in subject.covered if entry.record]
    called = dataclasses.replace(subject.postmortem, meeting=meeting)
    return invitation.event(place.house.knowledge_base, called, incidents, level, place.now, location)


def _ics(event: Event) -> str:
    from incidentbook.drafts import invitation  # noqa: PLC0415 - as above

    return invitation.text(event)


def _warn(place: _respond.Desk, subject: Subject, begin: dt.datetime) -> postmortems.Due | None:
    """Warn of a meeting that is over or too late, and return by when policy wants it, where it does."""
    clock = Standing(place.now, place.house.zone)
    due = postmortems.due(subject.postmortem, subject.repo.incident, subject.repo.policy(Severities), clock)
    if begin < place.now:
        click.echo(f"warning: {place.clock(begin)} lies in the past", err=True)
    if due and begin > due.at:
        over, within = short((begin - due.at).total_seconds()), short(due.within.total_seconds())
        deadline = f"{place.clock(due.at)} ({within} after {due.incident} was resolved)"
        click.echo(f"warning: policy wants it by {deadline}; that is {over} later", err=True)
    for entry in subject.covered:
        if entry.record and entry.record.is_open:
            click.echo(f"warning: {entry.record.id} is not resolved yet", err=True)
    return due


def _plain(
    subject: Subject,
    meeting: Meeting,
    event: Event,
    told: Sequence[Message],
    due: postmortems.Due | None,
    lines: Sequence[str],
) -> printed.Output:
    begin = meeting.at.at if meeting.at else None
    return {
        "incidents": list(subject.postmortem.incidents),
        "path": subject.path,
        "at": utc_text(begin) if begin else None,
        "until": utc_text(begin + meeting.length) if begin else None,
        "sequence": meeting.sequence,
        "uid": str(event["uid"]),
        "due": utc_text(due.at) if due else None,
        "late": bool(due and begin and begin > due.at),
        "told": [_notice(message) for message in told],
        "wrote": list(lines),
    }


def _notice(message: Message) -> printed.Told:
    plain: printed.Told = {
        "incident": message.incident,
        "id": message.id,
        "at": utc_text(message.at),
        "audience": message.audience,
        "phase": message.phase,
        "text": message.body,
    }
    if message.channel:
        plain["channel"] = message.channel
    if message.disclosure:
        plain["disclosure"] = message.disclosure
    return plain
