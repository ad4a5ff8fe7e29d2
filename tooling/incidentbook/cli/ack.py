"""``inc ack``: somebody is on it."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.response import moves
from incidentbook.response.draft import Draft

EPILOG = """\b
Examples:
  inc ack
  inc ack --at 14:05
"""


@click.command(epilog=EPILOG)
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(ctx: click.Context, at: str, named: str, *, as_json: bool) -> None:
    """Say that somebody is on it. The investigation begins."""
    place = _respond.desk(ctx)
    moment = place.when(at)

    def edit(record: Draft) -> list[str]:
        moves.acknowledge(record, moment, place.now)
        return [f"acknowledged at {place.clock(moment)}"]

    _respond.change(place, named, "inc ack", edit, as_json=as_json)
