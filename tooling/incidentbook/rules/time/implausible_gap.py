"""Times that are years apart.

What it checks
    Two milestones that follow each other are at most a year apart, and every time of a record lies in the year of its id or in
    one of its neighbours. Incidents of type `security` and `data-loss` are left alone, since what they find can be old; so
    are changes, which may have been made long before.

Why it matters
    Every January somebody writes the old year. One such record moves the yearly means by months.

Bad example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2015-01-15T02:30:00Z, resolved: 2015-01-15T04:45:00Z}

Good example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2025-01-15T02:30:00Z, resolved: 2025-01-15T04:45:00Z}
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.time import Moment
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, KeyPath, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB207"
NAME = "implausible-gap"
SUMMARY = "Times of a record are years apart"
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
)
_ID = re.compile(r"INC-([0-9]{4})-[0-9]+\Z", re.ASCII)
_YEAR = dt.timedelta(days=366)
_OLD_FINDS = ("security", "data-loss")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every time far from the id's year, and at a milestone more than a year behind the one before it."""
    data = entry.document.value
    if not isinstance(data, dict) or data.get("type") in _OLD_FINDS:
        return
    strange = list(_other_years(data, context))
    for path, moment, year in strange:
        message = f"{words.sentence(words.subject(path))} is {moment.written}, and the id is of {year}"
        yield Hit(Place(entry, path), message, "Correct the year of the time, or give the record an id of its year.")
    if not strange:
        yield from _gaps(entry, context)


def _other_years(data: dict[str, Any], context: Context) -> Iterator[tuple[KeyPath, Moment, int]]:
    """Yield each time whose year is more than one away from the id's; one in the future is IB205's."""
    match = _ID.match(data["id"]) if isinstance(data.get("id"), str) else None
    if match is None:
        return
    year = int(match[1])
    plausible = tuple(str(near) for near in (year - 1, year, year + 1))
    for pattern in _WHERE:
        for path, value in walk.find(data, pattern):
            if isinstance(value, str) and value.startswith(plausible):
                continue  # most times, without the cost of reading them
            moment = Moment.from_plain(value)
            if moment is not None and abs(moment.at.year - year) > 1 and context.is_past(moment.at):
                yield path, moment, year


def _gaps(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    moments = [(path, Moment.from_plain(value)) for path, value in walk.find(entry.document.value, "milestones.*")]
    given = sorted(
        ((moment.at, path, moment) for path, moment in moments if moment is not None and context.is_past(moment.at)),
        key=lambda one: one[0],
    )
    for (before, earlier, _), (after, path, moment) in itertools.pairwise(given):
        if after - before > _YEAR:
            gap = duration((after - before).total_seconds())
            message = f"`{path[1]}` is {moment.written}, {gap} after `{earlier[1]}`"
            other = Place(entry, earlier, message="the milestone before it")
            yield Hit(Place(entry, path), message, "Check the years of both.", related=(other,))
