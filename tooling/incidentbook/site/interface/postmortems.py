"""All post-mortems as a list, newest first, and each with its front matter; the narrative is on its page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from incidentbook.outputs import site_postmortem, site_postmortems
from incidentbook.records.plain import plain
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import utc_text
from incidentbook.site import lessons
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.interface import _paths

ORDER = 20
NAME, PATH, SAID = (
    "postmortems",
    "postmortems.json",
    "Every post-mortem in a line, newest first; each leads to its own file.",
)
SCHEMAS = ("site-postmortems-output", "site-postmortem-output")


def render(site: Site, addresses: Addresses) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Yield (path below the interface, schema, value) of the list, then of each post-mortem."""
    found = lessons.newest(site)
    lines = [_line(site, page, item, addresses) for page, item in found]
    whole: site_postmortems.Output = {
        "knowledge_base": site.knowledge_base.name,
        "as_of": utc_text(site.now),
        "postmortems": lines,
    }
    yield PATH, SCHEMAS[0], whole
    for (_, item), line in zip(found, lines, strict=True):
        one: site_postmortem.Output = {
            "knowledge_base": site.knowledge_base.name,
            "page": line["page"],
            "postmortem": {key: value for key, value in plain(item).items() if key != "body"},
        }
        yield line["path"], SCHEMAS[1], one


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
