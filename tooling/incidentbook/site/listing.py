"""Incidents as rows of a table: the index shows all of them, home the open and the latest ones."""

from __future__ import annotations

from collections.abc import Iterable

from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.site import parts, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_HEADER = ("Incident", "Started", "Severity", "Title", "Type", "Services", "Duration", "Status")
_MOST_SERVICES = 3


def table(site: Site, place: Place, found: Iterable[tuple[Entry[Incident], Incident]]) -> str:
    """Return the incidents in a table, in their order."""
    return parts.table(_HEADER, (_row(site, place, entry.path, incident) for entry, incident in found), "incidents")


def _row(site: Site, place: Place, source: str, incident: Incident) -> tuple[str, ...]:
    target = site.pages.sources[source]
    marks = parts.marks(incident)
    return (
        place.to(target, text.escape(incident.id) or "no id"),
        text.escape(site.day(incident.started)),
        parts.severity(incident.severity),
        place.to(target, text.escape(incident.title) or "Untitled") + (f" {marks}" if marks else ""),
        incident.type.label if incident.type else "",
        text.escape(site.services(incident, _MOST_SERVICES)),
        text.unbroken(site.duration(incident)),
        parts.status(incident),
    )
