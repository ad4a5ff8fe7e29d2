"""Something that ends before it starts.

What it checks
    Phases of impact, role intervals and rotation overrides end at or after their start. Where a time is uncertain, only what
    cannot be true is reported: the latest end lies before the earliest start.

Why it matters
    A phase of negative length makes downtime smaller and availability larger than they were.

Bad example
    # incidents/2025/INC-2025-001.yml
    impact:
      phases: [{id: p1, level: outage, from: 2025-01-15T04:45:00Z, to: 2025-01-15T02:30:00Z}]

Good example
    # incidents/2025/INC-2025-001.yml
    impact:
      phases: [{id: p1, level: outage, from: 2025-01-15T02:30:00Z, to: 2025-01-15T04:45:00Z}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.time import Moment
from incidentbook.rules import Hit, Place, walk
from incidentbook.rules.context import Context

CODE = "IB203"
NAME = "end-before-start"
SUMMARY = "Something ends before it starts"
GRADE = Grade.ERROR
KINDS = ("incident", "rotation")
_WHERE = {"impact.phases.*": "Phase", "roles.*": "Role", "overrides.*": "Override"}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every end that cannot lie behind its start."""
    del context
    for pattern, whole in _WHERE.items():
        for path, interval in walk.find(entry.document.value, pattern):
            if not isinstance(interval, dict):
                continue
            start, end = Moment.from_plain(interval.get("from")), Moment.from_plain(interval.get("to"))
            if start is None or end is None or (end.latest or end.at) >= (start.earliest or start.at):
                continue
            message = f"{whole} {_named(interval)}ends at {end.written}, before it starts at {start.written}"
            began = Place(entry, (*path, "from"), message="it starts here")
            yield Hit(Place(entry, (*path, "to")), message, "Correct the one that is wrong.", related=(began,))


def _named(interval: dict[str, Any]) -> str:
    name = interval.get("id") or interval.get("rotation")
    return f"`{name}` " if isinstance(name, str) else ""
