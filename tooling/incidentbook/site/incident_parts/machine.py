"""Where a machine reads the same: the record's file in its repository, and the static interface of this site."""

from __future__ import annotations

from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.site import interface, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place


def part(site: Site, place: Place, entry: Entry[Incident]) -> str:
    """Return links to the machine-readable forms."""
    home = site.knowledge_base.repository_url.rstrip("/")
    found = [text.link_out(f"{home}/blob/HEAD/{entry.path}", "YAML")] if home else []
    found.append(f'<a href="{place.href_of_file(interface.of_page(place.path))}">JSON</a>')
    return f"For machines: {', '.join(found)}"
