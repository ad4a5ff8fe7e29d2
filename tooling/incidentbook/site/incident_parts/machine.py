"""Where a machine reads the same: the record's file in its repository, and the static interface of this site."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from typing import Any

from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.site import text
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_INTERFACE = "incidentbook.site.interface"


def part(site: Site, place: Place, entry: Entry[Incident], incident: Incident) -> str:
    """Return links to the machine-readable forms that there are."""
    found = []
    home = site.knowledge_base.repository_url.rstrip("/")
    if home:
        found.append(text.link_out(f"{home}/blob/HEAD/{entry.path}", "the record (YAML)"))
    path = _json(incident.id)
    if path:
        found.append(f'<a href="{place.href_of_file(path)}">JSON</a>')
    return f"For machines: {', '.join(found)}" if found else ""


def _json(incident_id: str) -> str:
    """Return where the static interface has an incident, below the site's root; empty while there is no such interface."""
    interface = _interface()
    return str(interface.incident_json(incident_id)) if incident_id and interface else ""


@functools.cache
def _interface() -> Any:
    return importlib.import_module(_INTERFACE) if importlib.util.find_spec(_INTERFACE) else None
