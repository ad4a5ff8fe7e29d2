"""All action items as they stand now, the most urgent first."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from incidentbook.outputs import site_actions
from incidentbook.records.time import utc_text
from incidentbook.site import promises
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.interface import _paths
from incidentbook.site.interface._resource import Resource

ORDER = 40
NAME, PATH, SAID = "actions", "actions.json", "Every action item as it stands now, the most urgent first."
SCHEMAS = ("site-actions-output",)


def render(site: Site, addresses: Addresses) -> Iterator[Resource]:
    """Yield the one file."""
    del addresses
    yield Resource(PATH, SCHEMAS[0], functools.partial(_all, site))


def _all(site: Site) -> site_actions.Output:
    found = sorted(promises.everything(site), key=lambda one: (not one.open, one.order))
    return {
        "knowledge_base": site.knowledge_base.name,
        "as_of": utc_text(site.now),
        "actions": [_line(site, promise) for promise in found],
    }


def _line(site: Site, promise: promises.Promise) -> site_actions.Action:
    item = promise.item
    page = next((site.pages.postmortems[name] for name in promise.incidents if name in site.pages.postmortems), None)
    return {
        "id": item.id,
        "title": item.title,
        "owner": item.owner or None,
        "priority": item.priority or None,
        "status": item.status.value if item.status else None,
        "due": str(item.last_day) if item.last_day else None,
        "open": promise.open,
        "overdue": promise.overdue,
        "waived": promise.late and promise.waived,
        "incidents": promise.incidents,
        "postmortem": _paths.of(page) if page else None,
    }
