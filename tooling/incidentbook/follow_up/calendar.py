"""Due days as an iCalendar feed. An event is named by its item and day, so that one that is settled goes and none comes twice."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator

from icalendar import Event

from incidentbook import calendars
from incidentbook.follow_up import Promise
from incidentbook.records.policy.knowledge_base import KnowledgeBase

_DAY = dt.timedelta(days=1)


def feed(house: KnowledgeBase, promises: Iterable[Promise], until: dt.date, stamp: dt.datetime) -> str:
    """Return the text of a calendar with a whole-day event for each day on which something is owed.

    Args:
        house: names the calendar and the teams.
        promises: those that are open; others are no events.
        until: the last day up to which occurrences of recurring items are shown; a single due day is shown however late it is.
        stamp: when the calendar was made.

    """
    calendar = calendars.calendar(house, "Action items")
    for promise in sorted(promises, key=lambda one: one.order):
        for day in _days(promise, until):
            calendar.add_component(_event(house, promise, day, stamp))
    return calendars.text(calendar)


def _days(promise: Promise, until: dt.date) -> Iterator[dt.date]:
    item = promise.item
    if not promise.open:
        return iter(())
    if item.recurrence and not promise.risk:
        return itertools.takewhile(lambda day: day <= until, item.open_days())
    return iter(() if item.last_day is None else (item.last_day,))


def _event(house: KnowledgeBase, promise: Promise, day: dt.date, stamp: dt.datetime) -> Event:
    item = promise.item
    event = calendars.event(house, "action-items", f"{item.id}/{day.isoformat() if item.recurrence else ''}", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("summary", f"{item.id} {'accepted until' if promise.risk else 'due'}: {item.title}")
    waiver = item.waiver
    said = [
        f"Owner: {house.team_name(item.owner)}" if item.owner else "",
        f"Priority: {item.priority}" if item.priority else "",
        f"After: {', '.join(promise.incidents)}" if promise.incidents else "",
        f"Waived until {waiver.until}: {waiver.reason}" if waiver and waiver.until else "",
        item.description,
    ]
    if any(said):
        event.add("description", "\n".join(line for line in said if line))
    event.add("categories", [word for word in ("action item", item.priority, item.owner) if word])
    return event
