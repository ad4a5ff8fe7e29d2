"""The index of all incidents: a table for each year, newest first."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from incidentbook.site import listing, parts, text
from incidentbook.site.context import Site
from incidentbook.site.page import Page

ORDER = 10
PATH = "incidents/index.md"


def render(site: Site) -> Iterator[Page]:
    """Yield the one index page."""
    place = site.at(PATH)
    found = site.incidents()
    years = itertools.groupby(found, key=lambda pair: site.day(pair[1].started)[:4])
    tables, jumps = [], []
    for year, group in years:
        heading = year if year.isdigit() else "Without a start"
        anchor = f"y{year}" if year.isdigit() else "unknown"
        jumps.append(f"[{heading}](#{anchor})")
        tables.append(f"## {heading} {{ #{anchor} }}\n\n{listing.table(site, place, group)}")
    jump = f'<p class="ib-jumps" markdown="span">{" ".join(jumps)}</p>' if len(jumps) > 1 else ""
    count = f"{len(found):,} incident{'' if len(found) == 1 else 's'}"
    unknown = sum(1 for _, item in found if item.unresolved_when_last_seen)
    seen = f" {unknown:,} were unresolved when their source was last seen." if unknown else ""
    still = f"{len(site.open_incidents()):,} open at {text.escape(site.when(site.now))}"
    lead = f"{count} on record, {still}.{seen} Drills and near misses are marked."
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
