"""The shifts as an iCalendar feed, which calendars subscribe to. Format: RFC 5545, with the refresh of RFC 7986.

The same shifts make the same text: an event is named by its rotation and start, and stamped with the day from
which the policy holds. Times are in UTC, so no calendar needs to know the zone's rules.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from icalendar import Calendar, Event

from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.policy.rotation import Holiday, Rotation
from incidentbook.rotation.shifts import Shift
from incidentbook.rotation.turns import DAY

_REFRESH = dt.timedelta(hours=12)


class Posted(NamedTuple):
    """A shift with the rotation that it is of."""

    rotation: Rotation
    shift: Shift


def feed(house: KnowledgeBase, posted: Iterable[Posted], holidays: Iterable[Holiday], stamp: dt.datetime) -> str:
    """Return the text of a calendar; stretches with nobody on call are no events.

    Args:
        house: names the calendar and the teams.
        posted: the shifts.
        holidays: the days off to show beside them.
        stamp: when the plan was made: what calendars tell a newer version by.

    """
    calendar = Calendar()
    calendar.add("prodid", "-//incidentbook//on call//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"On call: {house.name}")
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    for rotation, shift in posted:
        if shift.team:
            calendar.add_component(_shift(house, rotation, shift, stamp))
    for holiday in holidays:
        if holiday.date is not None:
            calendar.add_component(_holiday(house, holiday, holiday.date, stamp))
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _shift(house: KnowledgeBase, rotation: Rotation, shift: Shift, stamp: dt.datetime) -> Event:
    event = _event(house, f"{rotation.id}/{shift.start.isoformat()}", stamp)
    event.add("dtstart", shift.start)
    event.add("dtend", shift.end)
    event.add("summary", f"{rotation.role}: {house.team_name(shift.team)}")
    team = house.teams.get(shift.team)
    said = [
        f"Contact: {team.contact}" if team and team.contact else "",
        f"{shift.why.value.capitalize()}: {shift.reason}" if shift.reason else "",
        f"Hand-over: {rotation.handover}" if rotation.handover else "",
    ]
    if any(said):
        event.add("description", "\n".join(line for line in said if line))
    event.add("categories", [rotation.role, rotation.id])
    return event


def _holiday(house: KnowledgeBase, holiday: Holiday, day: dt.date, stamp: dt.datetime) -> Event:
    event = _event(house, f"{day.isoformat()}/{holiday.place}/{holiday.name}", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", f"{holiday.name} ({holiday.place})" if holiday.place else holiday.name)
    event.add("categories", ["holiday"])
    return event


def _event(house: KnowledgeBase, name: str, stamp: dt.datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid.uuid5(uuid.NAMESPACE_URL, f"{house.repository_url or house.name}/on-call/{name}")))
    event.add("dtstamp", stamp)
    event.add("transp", "TRANSPARENT")  # who is on call is not thereby busy
    return event
