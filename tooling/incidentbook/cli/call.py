"""``inc call``: somebody was called, so that nobody calls them again and everybody knows."""

from __future__ import annotations

import click

from incidentbook.cli import _context, _on_call, _respond
from incidentbook.errors import IncidentbookError
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.rotation import RotationPolicy
from incidentbook.response import moves
from incidentbook.response.draft import Draft
from incidentbook.response.due import CALL, open_steps

EPILOG = """\b
Examples:
  inc call                          the next step of the ladder was climbed
  inc call --no-answer              it was, and nobody answered
  inc call executive-team --by phone --answered --at -2m
"""
NEXT = "next"


@click.command(epilog=EPILOG)
@click.argument("whom", default=NEXT)
@click.option("--by", "channel", metavar="CHANNEL", default="", help="How. Default: what the ladder asks for.")
@click.option("--answered/--no-answer", "answered", default=None, help="Whether they answered.")
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context, whom: str, channel: str, at: str, named: str, *, answered: bool | None, as_json: bool
) -> None:
    """Write down that WHOM, a team or a role, was called. Default: whom the ladder names next.

    It calls nobody by itself. The step of policy/escalation.yml that names them is then no longer due.
    """
    place = _respond.desk(ctx)
    moment = place.when(at)
    if whom != NEXT:
        _context.known([whom], _callable(place), "WHOM")
    channels = place.house.policy(CommunicationsPolicy).channels
    if channel and channels:
        _context.known([channel], channels, "--by")

    def edit(record: Draft) -> list[str]:
        steps = [rung for _, rung in open_steps(record.incident, place.house.policy(EscalationPolicy))]
        rung = next((rung for rung in steps if whom in (NEXT, rung.notify)), None)
        if rung is None and whom == NEXT:
            raise IncidentbookError("No call is due by policy/escalation.yml", hint="Say whom: `inc call TEAM`.")
        target = rung.notify if rung else whom
        team, over = _on_call.team(place.house, target, moment), channel or (rung.by if rung else "")
        outcome = {None: "", True: ": answered", False: ": no answer"}[answered]
        said = f"Called {target}{f' ({team})' if team else ''}{f' by {over}' if over else ''}{outcome}"
        moves.log(record, said, moment, place.now, kind=CALL)
        return [f"{place.clock(moment)}  {said}", *_reached(place, team or target)]

    _respond.change(place, named, f"inc call {whom}", edit, as_json=as_json, names=True)


def _callable(place: _respond.Desk) -> set[str]:
    """Return every team, every role that goes round, and whoever stands in a ladder."""
    house = place.house
    ladders = house.policy(EscalationPolicy).escalation.values()
    roles = {rotation.role for rotation in house.policy(RotationPolicy).rotations}
    return {*house.knowledge_base.teams, *roles, *(rung.notify for ladder in ladders for rung in ladder)}


def _reached(place: _respond.Desk, slug: str) -> list[str]:
    """Return how a team is reached, where policy says it."""
    team = place.house.knowledge_base.teams.get(slug)
    return [f"{team.name or slug}: {team.contact}"] if team and team.contact else []
