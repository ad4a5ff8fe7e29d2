"""A milestone that lies far from everything else in its record.

What it checks
    A milestone lies at most a week before the first dated fact of its record (timeline, phases, roles, communications,
    transitions) and at most a week after the last. `closed` is paperwork and may come later. The order of milestones among
    each other is not checked.

Why it matters
    A milestone in the wrong month changes the time to resolve by weeks, and nothing in the record explains it.

Bad example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2025-01-15T02:30:00Z, resolved: 2025-02-15T04:45:00Z}

Good example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2025-01-15T02:30:00Z, resolved: 2025-01-15T04:45:00Z}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.time import Moment
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, KeyPath, Place, walk
from incidentbook.rules.context import Context

CODE = "IB206"
NAME = "milestone-outside-record"
SUMMARY = "A milestone lies far from everything else in its record"
GRADE = Grade.WARNING
KINDS = ("incident",)
_FACTS = (
    "timeline.*.at",
    "communications.*.at",
    "transitions.*.at",
    "impact.phases.*.from",
    "impact.phases.*.to",
    "roles.*.from",
    "roles.*.to",
)
_FAR, _YEAR = dt.timedelta(days=7), dt.timedelta(days=366)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every milestone far outside the dated facts; the future is IB205's, and whole years are IB207's."""
    moments = {path: Moment.from_plain(value) for path, value in walk.find(entry.document.value, "milestones.*")}
    given = {path: moment for path, moment in moments.items() if moment and path[1] != "closed"}
    facts = _facts(entry)
    if not facts:
        return
    first, last = min(facts, key=lambda fact: fact[0]), max(facts, key=lambda fact: fact[1])
    for path, moment in given.items():
        early = first[0] - (moment.latest or moment.at)
        late = (moment.earliest or moment.at) - last[1]
        if _YEAR > late > _FAR and context.is_past(moment.earliest or moment.at):
            yield _hit(entry, path, moment, f"{duration(late.total_seconds())} after the last", last[2])
        elif _YEAR > early > _FAR:
            yield _hit(entry, path, moment, f"{duration(early.total_seconds())} before the first", first[2])


def _hit(entry: Entry[Any], path: KeyPath, moment: Moment, distance: str, fact: KeyPath) -> Hit:
    message = f"`{path[1]}` is {moment.written}, {distance} dated fact of the record"
    hint = "Check the day and the month; if it is right, add to the timeline what happened then."
    return Hit(Place(entry, path), message, hint, related=(Place(entry, fact, message="the nearest fact"),))


def _facts(entry: Entry[Any]) -> list[tuple[dt.datetime, dt.datetime, KeyPath]]:
    """Return earliest, latest and place of every dated fact."""
    found: list[tuple[dt.datetime, dt.datetime, KeyPath]] = []
    for pattern in _FACTS:
        for path, value in walk.find(entry.document.value, pattern):
            moment = Moment.from_plain(value)
            if moment is not None:
                found.append((moment.earliest or moment.at, moment.latest or moment.at, path))
    return found
