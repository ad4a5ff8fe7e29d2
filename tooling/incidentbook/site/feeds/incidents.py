"""Incidents as an Atom feed: one entry each, which changes with the incident."""

from __future__ import annotations

import functools
import html
from collections.abc import Iterator

from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.feeds import ATOM, _atom, _facts

ORDER = 10
PATH, TITLE, MEDIA = "feeds/incidents.xml", "Incidents", ATOM
_FEED = _atom.Feed(PATH, "incidents", TITLE, "incidents", "incidents/index.md")


def render(site: Site, addresses: Addresses) -> str:
    """Return the feed. An incident of which the view shows no time is not in it: Atom has no way to say so."""
    return _atom.document(site, _FEED, _candidates(site), addresses)


def _candidates(site: Site) -> Iterator[_atom.Candidate]:
    for entry, incident in site.incidents():
        updated = _facts.changed(site, incident)
        if updated is not None:
            make = functools.partial(_entry, site, entry, incident)
            yield _atom.Candidate(updated, incident.id or entry.path, make)


def _entry(site: Site, entry: Entry[Incident], incident: Incident) -> _atom.Entry:
    mark = "Drill: " if incident.exercise else "Near miss: " if incident.near_miss else ""
    status = incident.status.value if incident.status else ""
    facts = {
        "Severity": incident.severity.label if incident.severity else "",
        "Status": status,
        "Started": site.when(incident.started) if incident.started else "",
        "Duration": site.duration(incident),
        "Services": site.services(incident, 8),
    }
    told = "<br>".join(f"{label}: {html.escape(value)}" for label, value in facts.items() if value)
    words = [
        (incident.severity.value, incident.severity.label) if incident.severity else ("", ""),
        (incident.type.value, incident.type.label) if incident.type else ("", ""),
        (status, status.capitalize()),
    ]
    return _atom.Entry(
        title=f"{mark}{incident.id} {incident.title or 'Untitled incident'}",
        published=incident.started,
        page=site.pages.sources[entry.path],
        content=_atom.paragraphs(_atom.inline(incident.summary), told, _atom.inline(incident.resolution)),
        words=words,
    )
