"""What all calendars have in common: a feed that can be subscribed to, and events that keep their names. Format: RFC 5545.

The same events make the same text: an event is named by what it is of, and stamped by whoever knows when the plan was made.
"""

from __future__ import annotations

import datetime as dt
import uuid

from icalendar import Calendar, Event

from incidentbook.records.policy.knowledge_base import KnowledgeBase

_REFRESH = dt.timedelta(hours=12)


def invitation(kind: str) -> Calendar:
    """Return an empty calendar for one event that is taken over into a calendar of the reader's own."""
    made = Calendar()
    made.add("prodid", f"-//incidentbook//{kind.lower()}//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    return made


def calendar(house: KnowledgeBase, kind: str) -> Calendar:
    """Return an empty calendar of the knowledge base, called after its ``kind`` (``On call``); RFC 7986 gives the refresh."""
    made = invitation(kind)
    made.add("x-wr-calname", f"{kind}: {house.name}")
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    return made


def event(house: KnowledgeBase, kind: str, name: str, stamp: dt.datetime, *, busy: bool = False) -> Event:
    """Return an event that is the same one wherever its ``kind`` and ``name`` are; it takes its guests' time where ``busy``."""
    made = Event()
    made.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{house.repository_url or house.name}/{kind}/{name}")))
    made.add("dtstamp", stamp)
    made.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    return made


def text(made: Calendar) -> str:
    """Return the text of a calendar, its lines folded."""
    said: str = made.to_ical().decode("utf-8")
    return said
