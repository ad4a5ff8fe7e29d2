"""Playbooks by what somebody sees before they know what it is."""

from __future__ import annotations

from incidentbook.site import parts, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place


def listing(site: Site, place: Place) -> str:
    """Return every playbook in use with its triggers under it; drafts and retired ones lead nobody in an outage."""
    items = []
    for entry in site.repo.playbooks:
        item = entry.record
        if item is None or item.status in ("retired", "draft") or not item.triggers:
            continue
        kind = parts.chip(item.type.label) if item.type else ""
        name = place.playbook(item.id, text.escape(item.title or item.id))
        head = f'<p class="ib-symptom__title" markdown="span">{name} {kind}</p>'
        shown = parts.bullets(place.inline(trigger) for trigger in item.triggers)
        items.append(parts.block("div", "ib-grid__item ib-symptom", f"{head}\n\n{shown}"))
    return parts.block("div", "ib-grid", "\n\n".join(items)) if items else ""
