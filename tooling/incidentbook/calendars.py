"""What all calendars have in common: a feed that can be subscribed to, and events that keep their names. Format: RFC 5545.

The same events make the same text: an event is named by what it is of, and stamped by whoever knows when the plan was made.
"""

from __future__ import annotations

import datetime as dt
import uuid

from icalendar import Calendar, Event

from incidentbook.records.policy.knowledge_base import KnowledgeBase

_REFRESH = dt.timedelta(hours=12)


def calendar(house: KnowledgeBase, kind: str) -> Calendar:
    """Return an empty calendar of the knowledge base, called after its ``kind`` (``On call``); RFC 7986 gives the refresh."""
    made = Calendar()
    made.add("prodid", f"-//incidentbook//{kind.lower()}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{kind}: {house.name}")
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    return made


def event(house: KnowledgeBase, kind: str, name: str, stamp: dt.datetime) -> Event:
    """Return an event that takes nobody's time and is the same one wherever its ``kind`` and ``name`` are the same."""
    made = Event()
    made.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{house.repository_url or house.name}/{kind}/{name}")))
    made.add("dtstamp", stamp)
    made.add("transp", "TRANSPARENT")
    return made


def text(made: Calendar) -> str:
    """Return the text of a calendar, its lines folded."""
    said: str = made.to_ical().decode("utf-8")
    return said
