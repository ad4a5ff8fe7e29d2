"""The ladder of an escalation: the steps that came due while nobody had taken an incident on, and who was told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from incidentbook.duties import Clock, clock_start, commander, end
from incidentbook.records.incident import Incident
from incidentbook.records.policy.escalation import EscalationPolicy, Rung

CALL = "escalation"  # the kind of a timeline entry that says that somebody was called


def alone(incident: Incident, clock: Clock) -> dt.timedelta | None:
    """Return for how long nobody had taken the incident on, from when its clocks began; None where they never did."""
    began = clock_start(incident)
    if began is None:
        return None
    acknowledged = incident.milestone("acknowledged")
    moments = [role.from_.at for role in incident.roles if role.role == commander.ROLE and role.from_]
    moments += [acknowledged.at] if acknowledged else []
    return min(moments, default=end(incident, clock)) - began[0].at


def untold(
    incident: Incident, policy: EscalationPolicy, waited: dt.timedelta, team_name: Callable[[str], str]
) -> Iterator[tuple[int, Rung, dt.timedelta]]:
    """Yield every step that came due while nobody had taken the incident on, and of which the record shows nothing.

    Args:
        incident: the one to judge, with its texts.
        policy: the ladders.
        waited: for how long nobody had taken it on.
        team_name: returns a team's name for people.

    Yields:
        Its index in the ladder, the step, and after how long it was due. Those due at once are passed over: somebody who takes
        an incident on was told.

    """
    for index, rung, wait in steps_due(incident, policy, waited):
        if not _told(incident, rung, team_name):
            yield index, rung, wait


def steps_due(
    incident: Incident, policy: EscalationPolicy, waited: dt.timedelta
) -> Iterator[tuple[int, Rung, dt.timedelta]]:
    """Yield every step (index, step, wait) that came due while nobody had taken the incident on for so long."""
    for index, rung in enumerate(policy.ladder(incident.severity)):
        if rung.wait and rung.wait < waited:
            yield index, rung, rung.wait


def _told(incident: Incident, rung: Rung, team_name: Callable[[str], str]) -> bool:
    """Whether anything in the record shows that those whom the step names were told."""
    if any(rung.notify in (role.role, role.holder) for role in incident.roles):
        return True
    if any(message.channel == rung.by for message in incident.communications):
        return True
    names = {rung.notify, rung.notify.replace("-", " "), team_name(rung.notify)}
    said = [entry.text for entry in incident.timeline] + [message.text for message in incident.communications]
    return any(name.casefold() in text.casefold() for name in names if name for text in said)
