"""All playbooks with their steps, and where their pages are; the prose is on these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incidentbook.outputs import site_playbooks
from incidentbook.records.plain import plain
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site

ORDER = 30
NAME, PATH, SAID = "playbooks", "playbooks.json", "Every playbook with its triggers and steps."
SCHEMAS = ("site-playbooks-output",)


def render(site: Site, addresses: Addresses) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield the one file."""
    found: list[site_playbooks.Playbook] = [
        {
            "page": addresses.page(site.pages.sources[entry.path]),
            "review_due": str(entry.record.review_due) if entry.record.review_due else None,
            "playbook": {key: value for key, value in plain(entry.record).items() if key != "body"},
        }
        for entry in site.repo.playbooks
        if entry.record
    ]
    whole: site_playbooks.Output = {"knowledge_base": site.knowledge_base.name, "playbooks": found}
    yield PATH, SCHEMAS[0], whole
