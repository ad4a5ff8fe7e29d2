"""A record of something that has not happened yet.

What it checks
    No time in an incident record lies after "now" (`--as-of`, else the policy's `as_of`, else the clock). An uncertain time is
    taken at its earliest.

Why it matters
    A record says what happened. A time in the future is mostly a wrong day, month or offset, and it bends every figure.

Bad example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2125-01-15T02:30:00Z}

Good example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2025-01-15T02:30:00Z}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.time import Moment, end_of_day, parse_date, utc_text
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB205"
NAME = "future-time"
SUMMARY = "A record says that something happened in the future"
GRADE = Grade.WARNING
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
_UTC = ZoneInfo("UTC")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every time after now."""
    times = [pair for pattern in _WHERE for pair in walk.find(entry.document.value, pattern)]
    if _are_old([value for _, value in times], context):
        return
    for path, value in times:
        moment = Moment.from_plain(value)
        if moment is not None and not context.is_past(moment.earliest or moment.at):
            message = f"{words.sentence(words.subject(path))} is {moment.written}, and now is {utc_text(context.now)}"
            yield Hit(Place(entry, path), message, "Check the day, the month and the offset.")


def _are_old(values: list[Any], context: Context) -> bool:
    """Whether even the latest day lies two days back: then no time needs a closer look, whatever its offset."""
    days = [value[:10] if isinstance(value, str) else "" for value in values]
    latest = parse_date(max(days, default=""))
    return latest is not None and "" not in days and context.is_past(end_of_day(latest, _UTC) + dt.timedelta(days=1))
