"""All post-mortems as a list, newest first, and each with its front matter; the narrative is on its page."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from incidentbook.outputs import site_postmortem, site_postmortems
from incidentbook.records.plain import plain
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import utc_text
from incidentbook.site import lessons
from incidentbook.site.addresses import Addresses
from incidentbook.site.basis import Bases
from incidentbook.site.context import Site
from incidentbook.site.interface import _paths
from incidentbook.site.interface._resource import Resource

ORDER = 20
NAME, PATH, SAID = (
    "postmortems",
    "postmortems.json",
    "Every post-mortem in a line, newest first; each leads to its own file.",
)
SCHEMAS = ("site-postmortems-output", "site-postmortem-output")


def render(site: Site, addresses: Addresses) -> Iterator[Resource]:
    """Yield the list, then each post-mortem."""
    found, bases = lessons.newest(site), Bases.of(site)
    lines = [_line(site, page, item, addresses) for page, item in found]
    yield Resource(PATH, SCHEMAS[0], functools.partial(_all, site, lines))
    entries = {site.pages.sources[entry.path]: entry for entry in site.repo.postmortems}
    for (page, item), line in zip(found, lines, strict=True):
        says = functools.partial(_one, site, item, line)
        yield Resource(line["path"], SCHEMAS[1], says, bases.record_of_postmortem(entries[page], item, line["page"]))


def _all(site: Site, lines: list[site_postmortems.Postmortem]) -> site_postmortems.Output:
    return {"knowledge_base": site.knowledge_base.name, "as_of": utc_text(site.now), "postmortems": lines}


def _one(site: Site, item: Postmortem, line: site_postmortems.Postmortem) -> site_postmortem.Output:
    told = {key: value for key, value in plain(item).items() if key != "body"}
    return {"knowledge_base": site.knowledge_base.name, "page": line["page"], "postmortem": told}


def _line(site: Site, page: str, item: Postmortem, addresses: Addresses) -> site_postmortems.Postmortem:
    return {
        "title": lessons.title(site, item),
        "status": item.status,
        "kind": item.kind,
        "incidents": item.incidents,
        "held": str(item.held) if item.held else None,
        "published": str(item.published) if item.published else None,
        "action_items": len(item.action_items),
        "path": _paths.of(page),
        "page": addresses.page(page),
    }
