"""An incident without an incident commander in time.

What it checks
    Somebody holds the role `incident-commander` within the minutes that `policy/severities.yml` gives the severity
    (`targets.commander`), counted from the declaration (from the start where none was made), or from when the incident was
    given its severity. Drills, near misses, cancelled, merged, imported and unclassified records, and those from before the
    policy, are not judged. A commander who came late is told without failing the run, since nobody can change it any more.

Why it matters
    Until one decides, everybody waits or everybody acts. Often the commander was there and only the record does not say so.

Bad example
    # policy/severities.yml
    severities: {sev1: {targets: {commander: 5m}}}
    # incidents/2025/INC-2025-001.yml
    roles:
      - {id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:50:00Z, to: 2025-01-15T04:45:00Z}

Good example
    # policy/severities.yml
    severities: {sev1: {targets: {commander: 5m}}}
    # incidents/2025/INC-2025-001.yml
    roles:
      - {id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:32:00Z, to: 2025-01-15T04:45:00Z}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook import clocks
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.rules.policy._judged import end, judged

CODE = "IB504"
NAME = "commander-late"
SUMMARY = "An incident had no incident commander in time"
GRADE = Grade.WARNING
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the first commander when it came late, or at the severity when there is none."""
    policy = context.policy(Severities)
    incident = judged(entry, context, policy.effective_from)
    began = clocks.clock_start(incident) if incident else None
    if incident is None or began is None or incident.severity is None:
        return
    within = policy.level(incident.severity).target("commander")
    if within is None:
        return
    start, event = began
    allowed = f"policy gives a {incident.severity} {duration(within.total_seconds())} from the {event}"
    target = ("severities", incident.severity.value, "targets", "commander")
    asks = Place(context.policies["severities"], target, message="policy says so here")
    held = [
        ((role.from_.earliest or role.from_.at), index, role.from_)
        for index, role in enumerate(incident.roles)
        if role.role == "incident-commander" and role.from_
    ]
    if not held:
        if end(incident, context) > start.at + within:
            message = f"{incident.id} has no incident commander: {allowed} at {start.written}"
            hint = "Add who held the role to `roles`: a team, from when to when."
            yield Hit(Place(entry, ("severity",)), message, hint, (asks,))
        return
    first, index, moment = min(held)
    if first > start.at + within:
        late = duration((first - start.at).total_seconds())
        message = f"An incident commander was there from {moment.written}, after {late}: {allowed} at {start.written}"
        hint = "If somebody held the role before, add it to `roles`."
        yield Hit(Place(entry, ("roles", index, "from")), message, hint, (asks,), grade=Grade.INFO)
