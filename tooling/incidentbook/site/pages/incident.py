"""One page for each incident: what anybody asks first, the drawn timeline, then all that the record says, as finished HTML."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from types import ModuleType

from incidentbook import reports
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.report_model import Fields, Section
from incidentbook.site import facets, markup, parts, text, wording
from incidentbook.site.basis import Bases
from incidentbook.site.context import Site
from incidentbook.site.incident_parts import (
    card,
    investigation,
    known_when,
    machine,
    related,
    remediation,
    severity,
    times,
)
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 11
PARENT = "incidents/index.md"
# Sections of the report that this page shows in another form, or that stand on a page of their own.
_OTHERWISE = {
    "summary", "timeline", "communications", "roles", "severity", "impact", "investigation", "remediation", "action_items",
}  # fmt: skip
_ELSEWHERE = {"header", "incident_metrics", "postmortem", "improvements", "recommendations", "maturity_assessment"}
_LONGEST_DESCRIPTION = 160


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every incident that has a record."""
    kin, bases = related.Kin(site), Bases.of(site)
    for entry, incident in site.incidents():
        yield _page(site, entry, incident, kin, bases)


def _page(site: Site, entry: Entry[Incident], incident: Incident, kin: related.Kin, bases: Bases) -> Page:
    path, like = site.pages.sources[entry.path], kin.of(incident)
    return Page(
        path,
        text.plain(f"{incident.id} {incident.title}"),
        functools.partial(_content, site, entry, incident, like),
        _description(site, incident),
        entry.path,
        PARENT,
        ("navigation",),
        basis=bases.incident(entry, incident, like),
        facets=facets.of(site, [incident]),
    )


def _content(site: Site, entry: Entry[Incident], incident: Incident, like: related.Related) -> str:
    place = site.at(site.pages.sources[entry.path]).finished
    made = reports.context(site.shared, incident)
    return parts.join(
        parts.record_title(incident.id, incident.title or "Untitled incident"),
        markup.wrapped(
            card.card(site, place, incident)
            + card.times(site, incident)
            + card.postmortem(site, place, incident)
            + _section(made, "summary", place.inline)
        ),
        markup.part("Timeline", times.drawn(site, incident), times.log(site, place, incident)),
        markup.part("Communications", times.communications(site, place, incident)),
        markup.part("Roles", times.roles(site, incident)),
        markup.part("Impact", _section(made, "impact", place.inline)),
        markup.part("Severity", severity.part(made, place)),
        markup.part("Investigation", investigation.part(site, made, place)),
        markup.part("Remediation", remediation.part(site, incident, place)),
        *(markup.part(section.title, markup.section(section, place.inline)) for section in _more(made)),
        markup.part("Related", related.part(place, incident, like)),
        markup.part("History", known_when.part(site, entry.path)),
        markup.wrapped(markup.paragraph(_foot(site, place, entry), "ib-note")),
    )


def _foot(site: Site, place: Place, entry: Entry[Incident]) -> str:
    return f"{machine.part(site, place, entry)}. {known_when.untold(site)}".rstrip()


def _section(made: reports.ReportContext, name: str, inline: markup.Inline) -> str:
    """Lay the section of a report out; without the title, which is the page's heading."""
    found = next((module.build(made) for module in reports.registry() if _name(module) == name), None)
    if found is None:
        return ""
    said = (
        {"Title"} if made.incident.systems else {"Title", "Affected Systems"}
    )  # in the heading, and among the services
    kept = tuple(
        Fields(tuple(pair for pair in part.pairs if pair[0] not in said)) if isinstance(part, Fields) else part
        for part in found.parts
    )
    return markup.section(Section(found.title, kept), inline)


def _more(made: reports.ReportContext) -> Iterator[Section]:
    """Yield the sections of a report that this page knows nothing of."""
    for module in reports.registry():
        if _name(module) not in _OTHERWISE | _ELSEWHERE and (section := module.build(made)):
            yield section


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _description(site: Site, incident: Incident) -> str:
    said = text.plain(incident.summary) or text.plain(incident.title)
    kind = f"{incident.severity.label} incident" if incident.severity else "Incident"
    whole = f"{kind} of {site.day(incident.started)}: {said}"
    return wording.shortened(whole, _LONGEST_DESCRIPTION)
