"""Train everybody who may have to respond.

What calls for it: incidents in which a team held a role that had taken part in no drill of the year before, major incidents
without somebody for command or communication, and incidents that were acknowledged later after their declaration than
`targets.acknowledge` of their severity allows.

Silent when: all teams had practised, major incidents had both roles, and targets were met.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from incidentbook.duties import commander
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.incident import Incident

KIND = Kind.SYSTEM
WHAT = "Establish incident response training for all engineers"
_YEAR = dt.timedelta(days=365)
_NEEDED = (commander.ROLE, "communications-lead")


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where people had to learn in the middle of an incident."""
    staffed = [item for item in asked.judged if _teams(item)]
    unpractised = [item for item in staffed if _teams(item) - _practised(asked, item)]
    bare = [item for item in asked.major if not {role.role for role in item.roles}.issuperset(_NEEDED)]
    late, timed = _late(asked)
    reasons = []
    if unpractised:
        text = "had a team in a role that had taken part in no drill of the year before"
        reasons.append(Reason.share(unpractised, len(staffed), text))
    if bare:
        text = "had nobody for command or communication"
        reasons.append(Reason.share(bare, len(asked.major), text, "major incidents"))
    if late:
        reasons.append(
            Reason.share(late, timed, "waited longer for an answer after the declaration than their severity allows")
        )
    if reasons:
        yield Advice(tuple(reasons))


def _teams(incident: Incident) -> set[str]:
    return {role.holder for role in incident.roles if role.holder}


def _practised(asked: Asked, incident: Incident) -> set[str]:
    """Return the teams that held a role in a drill of the year before the incident."""
    started = incident.started
    if started is None:
        return set()
    drills = (drill for drill in asked.drills if drill.started and started - _YEAR <= drill.started < started)
    return {team for drill in drills for team in _teams(drill)}


def _late(asked: Asked) -> tuple[list[Incident], int]:
    hits, of = [], 0
    for item in asked.judged_since(asked.severities.effective_from):
        within = asked.severities.level(item.severity).target("acknowledge")
        took = item.seconds_between("declared", "acknowledged")
        if within is not None and took is not None:
            of += 1
            hits += [item] if took > within.total_seconds() else []
    return hits, of
