"""The index of all incidents, newest first: one table that a reader narrows and sorts."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.site import feeds, markup, parts, register, subscribe, text, wording
from incidentbook.site.context import Site
from incidentbook.site.page import Page

ORDER = 10
PATH = "incidents/index.md"


def render(site: Site) -> Iterator[Page]:
    """Yield the one index page."""
    place, found = site.at(PATH), site.incidents()
    count = wording.count(len(found), "incident")
    unknown = sum(1 for _, item in found if item.unresolved_when_last_seen)
    seen = f" {unknown:,} were unresolved when their source was last seen." if unknown else ""
    still = f"{len(site.open_incidents()):,} open at {text.escape(site.when(site.now))}"
    lead = f"{count} on record, {still}.{seen} Drills and near misses are marked."
    yield Page(
        path=PATH,
        title="Incidents",
        says=parts.join(
            "# Incidents",
            lead
            if found
            else "No incident is on record. `inc start` declares one, `inc import` takes over what there is.",
            subscribe.line(place, feeds.ATOM, "feeds/incidents.xml", "feeds/status.xml"),
            markup.wrapped(register.table(site, place, found)) if found else "",
        ),
        description=f"All {count} of the {text.plain(site.knowledge_base.name)}, to be narrowed by severity, service and time.",
        hide=("navigation", "toc"),
        searchable=False,
    )
