"""The commands that give a role to a team, which differ in whether somebody hands it over."""

from __future__ import annotations

import re

import click

from incidentbook.cli import _context, _on_call, _respond
from incidentbook.errors import IncidentbookError
from incidentbook.response import moves
from incidentbook.response.draft import Draft

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def giving(name: str, summary: str, notes: str, examples: str, *, is_handoff: bool) -> click.Command:
    """Return the command ``name``; a hand-off needs somebody to take the role from, and ``notes`` for the next holder."""

    @click.command(name, help=summary, epilog=f"\b\nExamples:\n{examples}")
    @click.argument("role")
    @click.argument("holder", default="")
    @click.option("--notes", help=notes, required=is_handoff)
    @_respond.at_option
    @_respond.incident_option
    @_context.json_option
    @click.pass_context
    def command(
        ctx: click.Context, role: str, holder: str, notes: str | None, at: str, named: str, *, as_json: bool
    ) -> None:
        if not _SLUG.match(role):
            raise click.BadParameter(
                "Write a role as `incident-commander`: small letters and hyphens.", param_hint="ROLE"
            )
        place = _respond.desk(ctx)
        moment = place.when(at)
        team = place.team(holder, "HOLDER") if holder else _on_call.team_or_refuse(place.house, role, moment)
        why = "" if holder else " (on call)"

        def edit(record: Draft) -> list[str]:
            before = moves.assign(record, role, team, moment, place.now, notes or "")
            if is_handoff and not before:
                raise IncidentbookError(
                    f"Nobody holds {role}, so there is nothing to hand over", hint="`inc assign` gives it."
                )
            return [f"{role}: {f'{before} → ' if before else ''}{team}{why} from {place.clock(moment)}"]

        _respond.change(place, named, f"inc {name} {role} {team}", edit, as_json=as_json)

    return command
