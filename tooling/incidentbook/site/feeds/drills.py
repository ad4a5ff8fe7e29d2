"""Drills as a calendar: those that were held, and those that are planned."""

from __future__ import annotations

import datetime as dt

from icalendar import Event

from incidentbook import calendars
from incidentbook.records.incident import Incident
from incidentbook.records.vocabulary import Status
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.feeds import CALENDAR, _facts

ORDER = 60
PATH, TITLE, MEDIA = "feeds/drills.ics", "Drills", CALENDAR
_VOID = (Status.CANCELLED, Status.MERGED)


def render(site: Site, addresses: Addresses) -> str:
    """Return the calendar; a link to the page stands in each event where the address of the site is known."""
    made, stamp = calendars.calendar(site.knowledge_base, TITLE), _facts.newest(site)
    for entry, incident in site.incidents():
        if incident.exercise and incident.started and incident.status not in _VOID:
            event = _event(site, incident, incident.started, stamp)
            if addresses.root:
                event.add("url", addresses.page(site.pages.sources[entry.path]))
            made.add_component(event)
    return calendars.text(made)


def _event(site: Site, incident: Incident, started: dt.datetime, stamp: dt.datetime) -> Event:
    event = calendars.event(site.knowledge_base, "drills", incident.id, stamp)
    event.add("dtstart", started.astimezone(dt.UTC))
    resolved = incident.milestone("resolved")
    if resolved and resolved.at > started:
        event.add("dtend", resolved.at.astimezone(dt.UTC))
    event.add("summary", f"Drill {incident.id}: {incident.title}")
    event.add("categories", ["drill", *incident.services])
    return event
