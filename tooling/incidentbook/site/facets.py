"""Facets: what a search can be narrowed to, read from the view of a record, so that nothing narrower gets among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from incidentbook.records.incident import Incident
from incidentbook.records.policy.services import Services
from incidentbook.site.context import Site

Facets = tuple[tuple[str, str], ...]


def of(site: Site, incidents: Iterable[Incident]) -> Facets:
    """Return severity, type and services of incidents: name and value, each pair once."""
    return tuple(dict.fromkeys(pair for incident in incidents for pair in _pairs(site, incident)))


def _pairs(site: Site, incident: Incident) -> Iterator[tuple[str, str]]:
    if incident.severity:
        yield "Severity", incident.severity.label
    if incident.type:
        yield "Type", incident.type.label
    known = site.repo.policy(Services)
    yield from (("Service", known.name(slug)) for slug in incident.services)
