"""The invitation to a post-mortem as iCalendar (RFC 5545): one event that keeps its name when it is moved.

It is published and not requested (RFC 5546): a record knows teams and no addresses, so whoever sends it puts the addresses in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from icalendar import Event

from incidentbook import calendars
from incidentbook.records.incident import Incident
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.postmortem import Meeting, Postmortem
from incidentbook.records.vocabulary import Disclosure

KIND = "Post-mortems"
_CLASSES = {Disclosure.PUBLIC: "PUBLIC", Disclosure.INTERNAL: "PRIVATE", Disclosure.RESTRICTED: "CONFIDENTIAL"}


def event(
    house: KnowledgeBase,
    postmortem: Postmortem,
    incidents: Sequence[Incident],
    level: Disclosure,
    stamp: dt.datetime,
    location: str = "",
) -> Event:
    """Return the event. Of a restricted post-mortem it says which incidents, and not what they were: calendars are shown around.

    Args:
        house: names the event for ever.
        postmortem: that the meeting is about, and when that is, how long, and how often it was moved.
        incidents: those that it covers.
        level: who may read it.
        stamp: when the invitation was made.
        location: a room, or an address to join at.

    """
    made = calendars.event(house, KIND, "+".join(sorted(postmortem.incidents)), stamp, busy=True)
    meeting = postmortem.meeting or Meeting()
    begin = (meeting.at.at if meeting.at else stamp).astimezone(dt.UTC)
    made.add("sequence", meeting.sequence)
    made.add("dtstart", begin)
    made.add("dtend", begin + meeting.length)
    names = ", ".join(postmortem.incidents)
    open_to_all = level is not Disclosure.RESTRICTED
    title = postmortem.title or "; ".join(incident.title for incident in incidents if incident.title)
    made.add("summary", f"Post-mortem {names}{f': {title}' if title and open_to_all else ''}")
    said = [
        f"The post-mortem meeting on {names}: what happened, why, and what we change.",
        f"Facilitates: {house.team_name(postmortem.facilitator)}" if postmortem.facilitator else "",
        "Roles and teams, not names; what made sense at the time, not who is to blame.",
    ]
    made.add("description", "\n".join(line for line in said if line))
    made.add("status", "CONFIRMED")
    made.add("class", _CLASSES[level])
    made.add("categories", ["post-mortem", *postmortem.incidents])
    if location:
        made.add("location", location)
    return made


def text(made: Event) -> str:
    """Return the text of a calendar that holds the one event, its lines folded."""
    calendar = calendars.invitation(KIND)
    calendar.add_component(made)
    return calendars.text(calendar)
