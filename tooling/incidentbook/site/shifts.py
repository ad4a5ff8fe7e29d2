"""Who is on call, for pages: now, next, and each team's own turns."""

from __future__ import annotations

import datetime as dt

from incidentbook.records.policy.rotation import Rotation, RotationPolicy
from incidentbook.rotation import shifts
from incidentbook.rotation.shifts import Shift, Why
from incidentbook.site import text
from incidentbook.site.context import Site

AHEAD = dt.timedelta(days=56)
_MOST = 3  # turns of a team that are shown


def ahead(site: Site, rotation: Rotation) -> list[Shift]:
    """Return the shift of now and those that follow it within `AHEAD`."""
    return shifts.shifts(site.repo.policy(RotationPolicy), rotation, site.repo.zone, site.now, site.now + AHEAD)


def of_team(site: Site, rotation: Rotation, team: str) -> list[Shift]:
    """Return the next turns of one team, its present one included."""
    return [turn for turn in ahead(site, rotation) if turn.team == team][:_MOST]


def why(turn: Shift) -> str:
    """Say what gives a shift to its team where it is not simply its turn."""
    if turn.why not in (Why.HOLIDAY, Why.OVERRIDE):
        return ""
    return text.escape(f"{turn.why.capitalize()}{f': {turn.reason}' if turn.reason else ''}")
