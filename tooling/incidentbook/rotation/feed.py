"""The shifts as an iCalendar feed, which calendars subscribe to. Format: RFC 5545, with the refresh of RFC 7986.

The same shifts make the same text: an event is named by its rotation and start, and stamped with the day from
which the policy holds. Times are in UTC, so no calendar needs to know the zone's rules.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from icalendar import Event

from incidentbook import calendars
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.policy.rotation import Holiday, Rotation
from incidentbook.rotation.shifts import Shift
from incidentbook.rotation.turns import DAY

_KIND = "on-call"


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
    calendar = calendars.calendar(house, "On call")
    for rotation, shift in posted:
        if shift.team:
            calendar.add_component(_shift(house, rotation, shift, stamp))
    for holiday in holidays:
        if holiday.date is not None:
            calendar.add_component(_holiday(house, holiday, holiday.date, stamp))
    return calendars.text(calendar)


def _shift(house: KnowledgeBase, rotation: Rotation, shift: Shift, stamp: dt.datetime) -> Event:
    event = calendars.event(house, _KIND, f"{rotation.id}/{shift.start.isoformat()}", stamp)
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
    event = calendars.event(house, _KIND, f"{day.isoformat()}/{holiday.place}/{holiday.name}", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("summary", f"{holiday.name} ({holiday.place})" if holiday.place else holiday.name)
    event.add("categories", ["holiday"])
    return event
