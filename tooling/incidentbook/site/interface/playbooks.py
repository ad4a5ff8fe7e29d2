"""All playbooks with their steps, and where their pages are; the prose is on these."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from incidentbook.outputs import site_playbooks
from incidentbook.records.plain import plain
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.interface._resource import Resource

ORDER = 30
NAME, PATH, SAID = "playbooks", "playbooks.json", "Every playbook with its triggers and steps."
SCHEMAS = ("site-playbooks-output",)


def render(site: Site, addresses: Addresses) -> Iterator[Resource]:
    """Yield the one file."""
    yield Resource(PATH, SCHEMAS[0], functools.partial(_all, site, addresses))


def _all(site: Site, addresses: Addresses) -> site_playbooks.Output:
    found: list[site_playbooks.Playbook] = [
        {
            "page": addresses.page(site.pages.sources[entry.path]),
            "review_due": str(entry.record.review_due) if entry.record.review_due else None,
            "playbook": {key: value for key, value in plain(entry.record).items() if key != "body"},
        }
        for entry in site.repo.playbooks
        if entry.record
    ]
    return {"knowledge_base": site.knowledge_base.name, "playbooks": found}
