"""What `inc assign` and `inc handoff` share."""

from __future__ import annotations

import re

import click

from incidentbook.cli import _respond
from incidentbook.errors import IncidentbookError
from incidentbook.response import moves
from incidentbook.response.draft import Draft

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


def give(
    ctx: click.Context,
    role: str,
    holder: str,
    notes: str,
    at: str,
    named: str,
    *,
    as_json: bool,
    is_handoff: bool,
) -> None:
    """Give ``role`` to ``holder``; a hand-off needs somebody to take it from."""
    if not _SLUG.match(role):
        raise click.BadParameter("Write a role as `incident-commander`: small letters and hyphens.", param_hint="ROLE")
    place = _respond.desk(ctx)
    moment = place.when(at)
    place.team(holder, "HOLDER")

    def edit(record: Draft) -> list[str]:
        before = moves.assign(record, role, holder, moment, place.now, notes)
        if is_handoff and not before:
            raise IncidentbookError(
                f"Nobody holds {role}, so there is nothing to hand over", hint="`inc assign` gives it."
            )
        return [f"{role}: {f'{before} → ' if before else ''}{holder} from {place.clock(moment)}"]

    _respond.change(place, named, f"inc {'handoff' if is_handoff else 'assign'} {role} {holder}", edit, as_json=as_json)
