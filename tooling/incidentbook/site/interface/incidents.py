"""All incidents as a list, newest first, and each with its whole record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incidentbook import durations
from incidentbook.entry import Entry
from incidentbook.outputs import site_incident, site_incidents
from incidentbook.records.incident import Incident
from incidentbook.records.plain import plain
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.interface import _paths

ORDER = 10
NAME, PATH, SAID = "incidents", "incidents.json", "Every incident in a line, newest first; each leads to its record."
SCHEMAS = ("site-incidents-output", "site-incident-output")


def render(site: Site, addresses: Addresses) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield (path below the interface, schema, value) of the list, then of each incident."""
    found, policy = site.incidents(), site.repo.policy(MetricsPolicy)
    lines = [_line(site, entry, incident, addresses) for entry, incident in found]
    whole: site_incidents.Output = {
        "knowledge_base": site.knowledge_base.name,
        "as_of": utc_text(site.now),
        "incidents": lines,
    }
    yield PATH, SCHEMAS[0], whole
    for (_, incident), line in zip(found, lines, strict=True):
        one: site_incident.Output = {
            "knowledge_base": site.knowledge_base.name,
            "page": line["page"],
            "postmortem": _paths.seen_from(line["path"], line["postmortem"]),
            "durations": {key: seconds for key, _, seconds in durations.measured(incident, policy)},
            "incident": plain(incident),
        }
        yield line["path"], SCHEMAS[1], one


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
