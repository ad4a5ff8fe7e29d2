"""An uncertain time that cannot be.

What it checks
    Where a time gives a range, `earliest` lies at or before `latest`, and `at` lies between the two.

Why it matters
    The range says how far a figure can be trusted. One that excludes its own time says that one of the three is wrong.

Bad example
    # incidents/2025/INC-2025-001.yml
    milestones:
      started: {at: 2025-01-15T02:30:00Z, earliest: 2025-01-15T02:40:00Z, latest: 2025-01-15T02:50:00Z}
      resolved: 2025-01-15T04:45:00Z

Good example
    # incidents/2025/INC-2025-001.yml
    milestones:
      started: {at: 2025-01-15T02:30:00Z, earliest: 2025-01-15T02:20:00Z, latest: 2025-01-15T02:50:00Z}
      resolved: 2025-01-15T04:45:00Z
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.time import parse_time
from incidentbook.rules import Hit, Place, walk
from incidentbook.rules.context import Context

CODE = "IB209"
NAME = "uncertain-time"
SUMMARY = "An uncertain time excludes itself"
GRADE = Grade.ERROR
KINDS = ("incident",)
_WHERE = (
    "milestones.*",
    "transitions.*.at",
    "severity_history.*.at",
    "roles.*.from",
    "roles.*.to",
    "impact.phases.*.from",
    "impact.phases.*.to",
    "timeline.*.at",
    "communications.*.at",
    "investigation.hypotheses.*.at",
    "changes.*.at",
)
_HINT = "Correct the bound or the time; leave out a bound that nobody knows."


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the first bound of a time that cannot be; one hit a time."""
    del context
    for pattern in _WHERE:
        for path, value in walk.find(entry.document.value, pattern):
            if not isinstance(value, dict):
                continue
            earliest, at, latest = (parse_time(value.get(key)) for key in ("earliest", "at", "latest"))
            if earliest and latest and earliest > latest:
                bound, message = "earliest", f"`earliest` is {value['earliest']}, after `latest` at {value['latest']}"
            elif earliest and at and at < earliest:
                bound, message = "at", f"`at` is {value['at']}, before `earliest` at {value['earliest']}"
            elif latest and at and at > latest:
                bound, message = "at", f"`at` is {value['at']}, after `latest` at {value['latest']}"
            else:
                continue
            yield Hit(Place(entry, (*path, bound)), message, _HINT)
