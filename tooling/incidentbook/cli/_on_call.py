"""Who is on call, for commands that do more than say it: recurrences are loaded only for a role that goes round."""

from __future__ import annotations

import datetime as dt

import click

from incidentbook.repository import Repository


def team(house: Repository, role: str, at: dt.datetime) -> str:
    """Return the team on call for ``role`` at ``at``; empty where nobody is, or where the role does not go round."""
    from incidentbook.records.policy.rotation import RotationPolicy  # noqa: PLC0415 - most commands call nobody

    policy = house.policy(RotationPolicy)
    if not policy.of_role(role):
        return ""
    from incidentbook.rotation import shifts  # noqa: PLC0415 - dateutil takes longer than all the rest

    return shifts.on_call(policy, role, house.zone, at)


def team_or_refuse(house: Repository, role: str, at: dt.datetime) -> str:
    """Return the team on call for ``role``. Raises click.UsageError where nobody is."""
    found = team(house, role, at)
    if not found:
        raise click.UsageError(f"Nobody is on call for {role}, so say which team takes it: HOLDER.")
    return found
