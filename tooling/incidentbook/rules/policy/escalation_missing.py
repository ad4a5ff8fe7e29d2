"""An escalation of which nothing is written down.

What it checks
    While nobody has taken an incident on (acknowledged it, or become its incident commander), `policy/escalation.yml` says who
    is to be told after how long. For each such step that came due before somebody took it on, the record shows that they were
    told: a role that they held, a message over that channel, or their name in the timeline or a message. The steps due at
    once are not looked at, since somebody who takes an incident on was told. Drills, near misses, cancelled, merged,
    imported and unclassified records, and those from before the policy, are not judged.

Why it matters
    A ladder that nobody climbs is found out in the worst night. Only a remark, because the absence of a line proves little.

Bad example
    # policy/escalation.yml (whole)
    effective_from: 2024-01-01
    escalation: {sev1: [{after: 10m, notify: platform, by: chat}]}
    # incidents/2025/INC-2025-001.yml
    milestones:
      started: 2025-01-15T02:30:00Z
      acknowledged: 2025-01-15T03:10:00Z
      resolved: 2025-01-15T04:45:00Z
    roles: []

Good example
    # policy/escalation.yml (whole)
    effective_from: 2024-01-01
    escalation: {sev1: [{after: 10m, notify: platform, by: chat}]}
    # incidents/2025/INC-2025-001.yml
    milestones:
      started: 2025-01-15T02:30:00Z
      acknowledged: 2025-01-15T02:33:00Z
      resolved: 2025-01-15T04:45:00Z
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook import clocks
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.incident import Incident
from incidentbook.records.policy.escalation import EscalationPolicy, Rung
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.rules.policy._judged import end, judged

CODE = "IB507"
NAME = "escalation-missing"
SUMMARY = "Nothing shows that an incident was escalated as policy asks"
GRADE = Grade.INFO
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the severity for every step that came due and of which the record says nothing."""
    policy = context.policy(EscalationPolicy)
    incident = judged(entry, context, policy.effective_from)
    began = clocks.clock_start(incident) if incident else None
    if incident is None or began is None:
        return
    start, event = began
    until = end(incident, context)
    alone = clocks.taken_on(incident, until) - start.at
    for index, rung, wait in clocks.steps_due(incident, policy, until):
        if _told(incident, rung, context):
            continue
        message = (
            f"Nobody took the incident on for {duration(alone.total_seconds())} after its {event}, and nothing shows that "
            f"{rung.notify} was told after {duration(wait.total_seconds())}"
        )
        step = ("escalation", str(incident.severity), index)
        asks = Place(context.policies["escalation"], step, message="policy asks for this")
        hint = "Add to the timeline when they were told."
        yield Hit(Place(entry, ("severity",)), message, hint, (asks,))


def _told(incident: Incident, rung: Rung, context: Context) -> bool:
    """Whether anything in the record shows that those whom the step names were told."""
    if any(rung.notify in (role.role, role.holder) for role in incident.roles):
        return True
    if any(message.channel == rung.by for message in incident.communications):
        return True
    names = {rung.notify, rung.notify.replace("-", " "), context.knowledge_base.team_name(rung.notify)}
    said = [entry.text for entry in incident.timeline] + [message.text for message in incident.communications]
    return any(name.casefold() in text.casefold() for name in names if name for text in said)
