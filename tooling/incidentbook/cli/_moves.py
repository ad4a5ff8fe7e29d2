"""The commands that change the status, which differ in little but their names."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _respond
from incidentbook.records.vocabulary import Status
from incidentbook.response import completeness, moves
from incidentbook.response.draft import Draft


def moving(to: Status, name: str, summary: str, *, needs_reason: bool = False) -> click.Command:
    """Return the command ``name`` that changes the status to ``to``."""
    example = ' --reason "…"' if needs_reason else ""
    calls = ("", " --at -10m", " --incident INC-2025-001")
    epilog = "\n".join(["\b", "Examples:", *(f"  inc {name}{options}{example}" for options in calls)])

    @click.command(name, help=summary, epilog=epilog)
    @_respond.at_option
    @_respond.reason_option
    @_respond.incident_option
    @_context.json_option
    @click.pass_context
    def command(ctx: click.Context, at: str, reason: str, named: str, *, as_json: bool) -> None:
        place = _respond.desk(ctx)
        moment = place.when(at)
        why = " ".join(reason.split())

        def edit(record: Draft) -> list[str]:
            before = record.incident.status
            moves.move(record, to, moment, place.now, why)
            return [
                f"{before} → {to} at {place.clock(moment)}",
                *([why] if why else []),
                *completeness.said(record.document.value),
            ]

        _respond.change(place, named, f"inc {name}", edit, as_json=as_json)

    return command
