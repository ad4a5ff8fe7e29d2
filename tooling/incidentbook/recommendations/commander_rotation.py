"""Let the incident commander come from a rotation that answers at once, and that people follow.

What calls for it: while no rotation of `policy/rotation.yml` for the incident commander has begun, every incident; once one has,
incidents that another team commanded than the one whose turn it was. Then those without a commander, or with one later than
`targets.commander` of their severity allows, and those of a team that commanded more than half of four or more.

Silent when: the team on call commanded each incident in time, and no team bears most of them.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from incidentbook.duties import clock_start, commander, end
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.incident import Incident
from incidentbook.records.policy.rotation import RotationPolicy
from incidentbook.rotation import shifts

KIND = Kind.PROCESS
WHAT = "Establish incident commander rotation"
_FEWEST = 4


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where commanders are found by chance, late, or always in one team."""
    found = (_without_turns(asked), _late(asked), _always_one(asked))
    reasons = tuple(reason for reason in found if reason is not None)
    if reasons:
        yield Advice(reasons)


def _without_turns(asked: Asked) -> Reason | None:
    policy = asked.repo.policy(RotationPolicy)
    begun = [one for one in policy.of_role(commander.ROLE) if one.start is not None and one.start.at <= asked.now]
    if not begun:
        text = "had no rotation that says whose turn it is to command"
        return Reason.share(asked.judged, len(asked.judged), text) if asked.judged else None
    turns = _turns(asked, policy)
    known = [item for item in asked.judged if turns.get(item.id) and _team(item)]
    other = [item for item in known if _team(item) != turns[item.id]]
    text = "had another team in command than the one whose turn it was"
    return Reason.share(other, len(known), text, "incidents since the rotation began") if other else None


def _turns(asked: Asked, policy: RotationPolicy) -> dict[str, str]:
    """Return whose turn it was when each incident got its commander: of several rotations the first that has a team."""
    moments = {item.id: held.at.astimezone(dt.UTC) for item in asked.judged if (held := commander.first(item))}
    if not moments:
        return {}
    first, last = min(moments.values()), max(moments.values()) + dt.timedelta(seconds=1)
    rounds = [shifts.shifts(policy, one, asked.zone, first, last) for one in policy.of_role(commander.ROLE)]
    return {
        name: next((team for one in rounds if (team := one[bisect_right(one, at, key=_start) - 1].team)), "")
        for name, at in moments.items()
    }


def _start(shift: shifts.Shift) -> dt.datetime:
    return shift.start


def _team(incident: Incident) -> str:
    held = commander.first(incident)
    return incident.roles[held.number].holder if held else ""


def _late(asked: Asked) -> Reason | None:
    hits, of = [], 0
    for item in asked.judged_since(asked.severities.effective_from):
        began, within = clock_start(item), asked.severities.level(item.severity).target("commander")
        if began is None or within is None:
            continue
        of += 1
        held = commander.first(item)
        if (held.at if held else end(item, asked.clock)) > began[0].at + within:
            hits.append(item)
    return Reason.share(hits, of, "had no commander within the time that their severity allows") if hits else None


def _always_one(asked: Asked) -> Reason | None:
    teams = Counter(team for item in asked.judged if (team := _team(item)))
    if not teams or teams.total() < _FEWEST:
        return None
    team, count = teams.most_common(1)[0]
    hits = [item for item in asked.judged if _team(item) == team]
    return (
        Reason.share(hits, teams.total(), f"had {asked.name(team)} in command") if 2 * count > teams.total() else None
    )
