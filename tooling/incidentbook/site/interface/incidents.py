"""All incidents as a list, newest first, and each with its whole record."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from incidentbook import durations
from incidentbook.entry import Entry
from incidentbook.outputs import site_incident, site_incidents
from incidentbook.records.incident import Incident
from incidentbook.records.plain import plain
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text
from incidentbook.site.addresses import Addresses
from incidentbook.site.basis import Bases
from incidentbook.site.context import Site
from incidentbook.site.interface import _paths
from incidentbook.site.interface._resource import Resource

ORDER = 10
NAME, PATH, SAID = "incidents", "incidents.json", "Every incident in a line, newest first; each leads to its record."
SCHEMAS = ("site-incidents-output", "site-incident-output")


def render(site: Site, addresses: Addresses) -> Iterator[Resource]:
    """Yield the list, then each incident."""
    found, bases = site.incidents(), Bases.of(site)
    lines = [_line(site, entry, incident, addresses) for entry, incident in found]
    yield Resource(PATH, SCHEMAS[0], functools.partial(_all, site, lines))
    for (entry, incident), line in zip(found, lines, strict=True):
        says = functools.partial(_one, site, incident, line)
        yield Resource(
            line["path"], SCHEMAS[1], says, bases.record_of_incident(entry, line["page"], line["postmortem"])
        )


def _all(site: Site, lines: list[site_incidents.Incident]) -> site_incidents.Output:
    return {"knowledge_base": site.knowledge_base.name, "as_of": utc_text(site.now), "incidents": lines}


def _one(site: Site, incident: Incident, line: site_incidents.Incident) -> site_incident.Output:
    measured = durations.measured(incident, site.repo.policy(MetricsPolicy))
    return {
        "knowledge_base": site.knowledge_base.name,
        "page": line["page"],
        "postmortem": _paths.seen_from(line["path"], line["postmortem"]),
        "durations": {key: seconds for key, _, seconds in measured},
        "incident": plain(incident),
    }


def _line(site: Site, entry: Entry[Incident], incident: Incident, addresses: Addresses) -> site_incidents.Incident:
    page, resolved = site.pages.sources[entry.path], incident.milestone("resolved")
    review = site.pages.postmortems.get(incident.id)
    return {
        "id": incident.id,
        "title": incident.title,
        "status": incident.status.value if incident.status else None,
        "severity": incident.severity.value if incident.severity else None,
        "type": incident.type.value if incident.type else None,
        "exercise": incident.exercise,
        "near_miss": incident.near_miss,
        "services": incident.services,
        "started": utc_text(incident.started) if incident.started else None,
        "resolved": utc_text(resolved.at) if resolved else None,
        "path": _paths.of(page),
        "postmortem": _paths.of(review) if review else None,
        "page": addresses.page(page),
    }
