"""An incident that was over before it started.

What it checks
    The milestones resolved and closed lie at or after started. No other order of milestones is checked: a service can recover
    before anybody says "mitigated", and detection can come before the start that was found later.

Why it matters
    A negative time to resolve pulls the mean down for everybody.

Bad example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2025-01-15T02:30:00Z, resolved: 2025-01-14T04:45:00Z}

Good example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2025-01-15T02:30:00Z, resolved: 2025-01-15T04:45:00Z}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.incident import Incident
from incidentbook.records.time import Moment
from incidentbook.rules import Hit, KeyPath, Place, walk
from incidentbook.rules.context import Context

CODE = "IB204"
NAME = "over-before-started"
SUMMARY = "An incident is resolved or closed before it started"
GRADE = Grade.ERROR
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at a resolved or closed that cannot lie behind started."""
    del context
    incident = entry.record
    if not isinstance(incident, Incident) or (started := incident.milestone("started")) is None:
        return
    for name in ("resolved", "closed"):
        end = incident.milestone(name)
        if end is None or (end.latest or end.at) >= (started.earliest or started.at):
            continue
        message = f"The incident is {name} at {end.written}, before it started at {started.written}"
        began = Place(entry, ("milestones", "started"), message="it started here")
        yield Hit(Place(entry, _where(entry, name, end)), message, "Correct the one that is wrong.", related=(began,))


def _where(entry: Entry[Any], name: str, moment: Moment) -> KeyPath:
    """Return the path of the milestone itself, or of the transition that it is taken from."""
    for path, _ in walk.find(entry.document.value, f"milestones.{name}"):
        return path
    for path, at in walk.find(entry.document.value, "transitions.*.at"):
        if Moment.from_plain(at) == moment:
            return path
    return ()
