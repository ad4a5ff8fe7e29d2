"""The index of all incidents: a table for each year, newest first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from incidentbook.records.incident import Incident
from incidentbook.site import parts, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 10
PATH = "incidents/index.md"
_HEADER = ("Incident", "Started", "Severity", "Title", "Type", "Services", "Duration", "Status")


def render(site: Site) -> Iterator[Page]:
    """Yield the one index page."""
    place = site.at(PATH)
    found = site.incidents()
    years = itertools.groupby(found, key=lambda pair: site.day(pair[1].started)[:4])
    tables, jumps = [], []
    for year, group in years:
        rows = [_row(site, place, entry.path, incident) for entry, incident in group]
        heading = year if year.isdigit() else "Without a start"
        anchor = f"y{year}" if year.isdigit() else "unknown"
        jumps.append(f"[{heading}](#{anchor})")
        tables.append(f"## {heading} {{ #{anchor} }}\n\n{parts.table(_HEADER, rows, 'incidents')}")
    jump = f'<p class="ib-jumps" markdown="span">{" ".join(jumps)}</p>' if len(jumps) > 1 else ""
    count = f"{len(found):,} incident{'' if len(found) == 1 else 's'}"
    still = sum(1 for _, item in found if item.is_open and not item.unresolved_when_last_seen)
    lead = f"{count} on record, {still} open at {site.when(site.now)}. Drills and near misses are listed, and marked."
    yield Page(
        path=PATH,
        title="Incidents",
        content=parts.join(
            "# Incidents",
            lead if found else "No incident is on record.",
            jump,
            *tables,
        ),
        description=f"All {count} of the {text.plain(site.knowledge_base.name)}, by year.",
        hide=("navigation", "toc"),
        searchable=False,
    )


def _row(site: Site, place: Place, source: str, incident: Incident) -> tuple[str, ...]:
    target = site.pages.sources[source]
    title = text.escape(incident.title) or "Untitled"
    marks = parts.marks(incident)
    return (
        place.to(target, text.escape(incident.id) or "no id"),
        text.escape(site.day(incident.started)),
        parts.severity(incident.severity),
        place.to(target, title) + (f" {marks}" if marks else ""),
        incident.type.label if incident.type else "",
        text.escape(site.services(incident)),
        text.escape(site.duration(incident)),
        parts.status(incident.status),
    )
