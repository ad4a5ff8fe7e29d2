"""``inc close``: written up and followed through."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.errors import IncidentbookError
from incidentbook.records.vocabulary import Status
from incidentbook.response import completeness, moves
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  inc close --summary "…" --resolution "…"
  inc close --reason "Handed over to the supplier"    before it was resolved
"""


@click.command(epilog=EPILOG)
@click.option("--summary", default="", help="What happened, for a reader who was not there.")
@click.option("--resolution", default="", help="What ended it.")
@_respond.at_option
@_respond.reason_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context, summary: str, resolution: str, at: str, reason: str, named: str, *, as_json: bool
) -> None:
    """Close an incident. A closed record says what happened and what ended it."""
    place = _respond.desk(ctx)
    moment = place.when(at)

    def edit(record: Draft) -> list[str]:
        before = record.incident.status
        moves.move(record, Status.CLOSED, moment, place.now, reason)
        for key, text in (("summary", summary), ("resolution", resolution)):
            if text:
                record.set((key,), text)
            elif not record.get(key):
                raise IncidentbookError(f"A closed record has a {key}, and this has none", hint=f'Add --{key} "…".')
        return [f"{before} → closed at {place.clock(moment)}", *completeness.said(record.document.value)]

    _respond.change(place, named, "inc close", edit, as_json=as_json)
