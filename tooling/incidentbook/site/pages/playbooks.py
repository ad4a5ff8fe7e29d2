"""The index of playbooks: by symptom, as somebody in an outage looks for one, then by type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from incidentbook.records.playbook import Playbook
from incidentbook.site import named, parts, reviews, symptoms, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 30
PATH = "playbooks/index.md"
_HEADER = ("Playbook", "For", "Services", "Owner", "Last reviewed")


def render(site: Site) -> Iterator[Page]:
    """Yield the one index page."""
    place = site.at(PATH)
    found = [entry.record for entry in site.repo.playbooks if entry.record]
    by_type: dict[str, list[Playbook]] = defaultdict(list)
    for item in found:
        by_type[item.type.label if item.type else "Other"].append(item)
    tables = []
    for name, items in sorted(by_type.items()):
        rows = (_row(site, place, item) for item in sorted(items, key=lambda item: item.title))
        tables.append(f"### {name}\n\n{parts.table(_HEADER, rows, 'playbooks')}")
    yield Page(
        path=PATH,
        title="Playbooks",
        says=parts.join(
            "# Playbooks",
            "What do you see? Follow the symptom." if found else "No playbook has been written yet.",
            "## By symptom" if found else "",
            symptoms.listing(site, place),
            "## By type" if found else "",
            *tables,
        ),
        description=f"{wording.count(len(found), 'playbook')}, by symptom and by type of incident.",
        hide=("navigation", "toc"),
        searchable=False,
    )


def _row(site: Site, place: Place, item: Playbook) -> tuple[str, ...]:
    retired = f" {parts.chip(item.status.capitalize(), 'void')}" if item.status not in ("active", "") else ""
    return (
        place.playbook(item.id, text.escape(item.title or item.id)) + retired,
        " ".join(parts.severity(value) for value in item.severities),
        ", ".join(named.service(site, place, slug) for slug in item.services),
        named.team(site, place, item.owner),
        reviews.said(site, item),
    )
