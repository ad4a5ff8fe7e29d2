"""``inc merge-into``: this incident is another one."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.errors import IncidentbookError
from incidentbook.response import current, draft, links

EPILOG = """\b
Examples:
  inc merge-into INC-2025-003 --incident INC-2025-004     004 goes on in 003
  inc merge-into INC-2025-003 --reason "Both are the failed switch"
"""


@click.command(epilog=EPILOG)
@click.argument("target", metavar="INC-…")
@_respond.at_option
@_respond.reason_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, target: str, at: str, reason: str, named: str, *, as_json: bool) -> None:
    """Say that the current incident is the same as another, which goes on in its place. Both records say so."""
    place = _respond.desk(ctx)
    moment = place.when(at)
    why = " ".join(reason.split())
    choice = _respond.chosen(place, named)
    other = current.find(place.root, target)
    if other.path == choice.path:
        raise IncidentbookError(
            f"{other.id} is the incident that is meant ({choice.because})",
            hint=f"Say which is the duplicate: inc merge-into {other.id} --incident INC-…",
        )
    links.refuse_merged(place.root, other, choice.id)
    # the target first: a process that is killed in between has lost nothing of the duplicate
    paths = [other.path, choice.path]
    commit = place.house.knowledge_base.commit
    with draft.changing_together(place.root, paths, f"inc merge {choice.id} into {other.id}", commit=commit) as (
        to,
        duplicate,
    ):
        before = duplicate.incident.status
        links.merge(duplicate, to, moment, place.now, why)
    lines = [
        f"{before} → merged into {other.id} at {place.clock(moment)}",
        *([why] if why else []),
        f"{other.id} links it and says so in its timeline: {to.incident.title}",
        *_respond.said_of(to.committed),
    ]
    _respond.tell(place, choice, duplicate.incident, lines, as_json=as_json, more={"merged_into": other.id})
