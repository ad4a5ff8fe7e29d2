"""``inc start``: the first minute of an incident."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.records.vocabulary import Disclosure, IncidentType, Severity
from incidentbook.response import current, draft, moves, numbers
from incidentbook.writer import lock

EPILOG = """\b
Examples:
  inc start "Checkout answers with errors" --severity sev1
  inc start "Slow search" --severity sev3 --service search --at -20m
  inc start "Failover drill" --severity sev2 --exercise
"""


@click.command(epilog=EPILOG)
@click.argument("title")
@click.option(
    "--severity", type=click.Choice(_respond.LEVELS), required=True, help="By business impact; it can change later."
)
@_context.one_of("--type", [item.value for item in IncidentType], "What sort", name="kind")
@_respond.services_option
@click.option(
    "--at", "at", metavar="TIME", default="now", show_default=True, help="When it started, not when you say so."
)
@click.option(
    "--exercise", is_flag=True, help="A drill: recorded like the real thing, and left out of reliability figures."
)
@click.option(
    "--disclosure",
    type=click.Choice([level.value for level in Disclosure]),
    help="Who may read it. Default: restricted for a security incident, else what the knowledge base says.",
)
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context,
    title: str,
    severity: str,
    kind: str | None,
    services: tuple[str, ...],
    at: str,
    disclosure: str | None,
    *,
    exercise: bool,
    as_json: bool,
) -> None:
    """Declare an incident: a new record with the next free number, and the clocks run."""
    said = " ".join(title.split())
    if not said:
        raise click.BadParameter("Say in a few words what is wrong.", param_hint="TITLE")
    place = _respond.desk(ctx)
    started = place.when(at)
    place.known_services(services)
    level = disclosure or (Disclosure.RESTRICTED.value if kind == IncidentType.SECURITY else "")
    declaration = moves.Declaration(said, Severity(severity), kind or "", services, started, exercise, level)
    with lock(place.root):
        incident_id = numbers.next_id(place.root, place.now.astimezone(place.house.zone).year)
        path = f"incidents/{incident_id[4:8]}/{incident_id}.yml"
        text = moves.new_record(incident_id, declaration, place.now)
        commit = place.house.knowledge_base.commit
        committed = draft.create(place.root, path, text, f"inc start {said[:60]!r}", commit=commit)
    lines = [f"declared {Severity(severity).label} at {place.clock(place.now)}: {said}", f"in {path}"]
    if started != place.now:
        lines.insert(1, f"started at {place.clock(started)}")
    if level:
        lines.append(f"{level}: `inc disclose LEVEL` changes who may read it")
    lines += _respond.said_of(committed)
    made = current.Choice(incident_id, path, "new")
    _respond.tell(place, made, draft.Draft(path, text).incident, lines, as_json=as_json, names=True)
