"""``inc log``: what just happened, in one line."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.response import moves
from incidentbook.response.draft import Draft

KINDS = (
    "alert", "declaration", "investigation", "finding", "decision", "escalation", "action", "recovery", "change", "note",
)  # fmt: skip
EPILOG = """\b
Examples:
  inc log "Failover of the standby begins"
  inc log "Errors fall" --at -5m --kind recovery
  inc log "Key seen in a public log" --private
"""


@click.command(epilog=EPILOG)
@click.argument("text", nargs=-1, required=True)
@_respond.at_option
@_context.one_of("--kind", KINDS, "What sort of entry it is", default="note", show_default=True)
@click.option("--private", is_flag=True, help="Nobody but those who work on it may read this entry.")
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context, text: tuple[str, ...], at: str, kind: str, named: str, *, private: bool, as_json: bool
) -> None:
    """Write TEXT into the timeline of the current incident."""
    said = _respond.said(text, "Say what happened.")
    place = _respond.desk(ctx)
    moment = place.when(at)

    def edit(record: Draft) -> list[str]:
        moves.log(record, said, moment, place.now, kind=kind, private=private)
        status = record.incident.status
        over = [] if record.incident.is_open else [f"it is {status} already"]
        return [f"{place.clock(moment)}  {'private: ' if private else ''}{said}", *over]

    what = "inc log (private)" if private else f"inc log {said[:60]!r}"  # it becomes the subject of a commit
    _respond.change(place, named, what, edit, as_json=as_json)
