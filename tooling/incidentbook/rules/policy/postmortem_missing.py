"""A post-mortem that policy asks for and that is not there.

What it checks
    Where `policy/severities.yml` says `postmortem: required`, a resolved incident of that severity has a post-mortem (one that is
    skipped gives its reason) once `postmortem_within` has passed since it was resolved. Drills, near misses, cancelled, merged,
    imported and unclassified records owe none, nor does what was resolved before the policy took effect.

Why it matters
    What is not written down within days is not remembered, and nothing is learnt from it.

Bad example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: Every booking fails
    status: resolved
    severity: sev1
    type: availability
    services: [public-api]
    milestones: {started: 2025-01-15T02:30:00Z, resolved: 2025-01-15T04:45:00Z}
    impact: {summary: No booking could be made}
    timeline: []

Good example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: Some bookings are slow
    status: resolved
    severity: sev3
    type: availability
    services: [public-api]
    milestones: {started: 2025-01-15T02:30:00Z, resolved: 2025-01-15T04:45:00Z}
    impact: {summary: Some bookings took a minute}
    timeline: []
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from incidentbook.duties import postmortems
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import parse_duration, utc_text, words
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.rules.keys import is_named

CODE = "IB501"
NAME = "postmortem-missing"
SUMMARY = "A post-mortem that policy asks for is not there"
GRADE = Grade.ERROR
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the severity of an incident whose post-mortem is late."""
    policy, incident = context.policy(Severities), entry.record
    if not isinstance(incident, Incident) or not postmortems.owed(incident, policy, context.zone):
        return
    if context.postmortems(incident.id):
        return
    # IB301 and IB001 report a record under a wrong id and a post-mortem that cannot be read; then it may well be there
    if not is_named(entry.path, incident.id) or context.is_unreadable(incident.id):
        return
    severity, resolved = incident.severity, incident.milestone("resolved")
    within = parse_duration(policy.level(severity).postmortem_within) or dt.timedelta()
    if severity is None or resolved is None or not context.is_past(resolved.at + within):
        return
    asked = f"policy asks for a post-mortem{f' within {words(within.total_seconds())}' if within else ''}"
    message = f"{incident.id} is {severity} and was resolved at {resolved.written}: {asked}, and there is none"
    if within:
        message += f" (due {utc_text(resolved.at + within)})"
    beside = PurePosixPath("postmortems", *PurePosixPath(entry.path).parts[1:]).with_suffix(".md")
    skippable = policy.level(severity).postmortem_skippable
    hint = f"Write {beside}{'; with `status: skipped` it gives its reason' if skippable else ''}."
    asks = Place(
        context.policies["severities"], ("severities", severity.value, "postmortem"), message="policy asks here"
    )
    yield Hit(Place(entry, ("severity",)), message, hint, related=(asks,))
