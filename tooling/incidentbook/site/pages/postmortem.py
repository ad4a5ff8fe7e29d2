"""One page for each post-mortem: root cause, factors, 5 whys, the narrative, and what was promised."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.causes import graph
from incidentbook.entry import Entry
from incidentbook.records.policy.factors import Factors
from incidentbook.records.postmortem import CauseNode, Postmortem
from incidentbook.site import body, lessons, parts, pictures, promises, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 21
PARENT = "postmortems/index.md"
_BOOST = 1.5


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every post-mortem."""
    for entry in site.repo.postmortems:
        if entry.record:
            yield _page(site, entry, entry.record)


def _page(site: Site, entry: Entry[Postmortem], item: Postmortem) -> Page:
    path = site.pages.sources[entry.path]
    place = site.at(path)
    title = lessons.title(site, item)
    content = parts.join(
        parts.title("Post-mortem", title),
        _card(site, place, item),
        place.inline(item.summary),
        _drawn(site, item),
        _causes(site, place, item),
        _whys(place, item),
        body.rewrite(item.body, place, entry.path).strip(),
        f"## Action items\n\n{promises.table(site, place, promises.of(site, item))}" if item.action_items else "",
        _list("Process improvements", place, item.process_improvements),
        _list("Recommendations", place, item.recommendations),
    )
    said = text.plain(item.summary or item.root_cause or title)
    return Page(path, text.plain(title), content, said, entry.path, PARENT, ("navigation",), boost=_BOOST)


def _card(site: Site, place: Place, item: Postmortem) -> str:
    found = [site.repo.incident(name) for name in item.incidents]
    severities = sorted({incident.severity for incident in found if incident and incident.severity})
    chips = [*(parts.severity(value) for value in severities), parts.chip(item.status.replace("-", " ").capitalize())]
    if item.kind not in ("", "standard"):
        chips.append(parts.chip(item.kind.replace("-", " ").capitalize(), "drill"))
    covered = [
        place.incident(name, f"{text.escape(name)} {text.escape(incident.title)}" if incident else "")
        for name, incident in zip(item.incidents, found, strict=True)
    ]
    facts = parts.facts(
        (
            ("Incident" if len(covered) == 1 else "Incidents", "<br>".join(covered)),
            ("Root cause", place.inline(item.root_cause)),
            ("Held", str(item.held) if item.held else ""),
            ("Planned for", "" if item.held else _planned(site, item)),
            ("Published", str(item.published) if item.published else ""),
            ("Facilitator", text.escape(site.team(item.facilitator))),
            ("Written by", text.escape(", ".join(site.team(name) for name in item.authors))),
            ("Skipped because", place.inline(item.skip_reason)),
        )
    )
    return parts.block("div", "ib-card", f'<p class="ib-chips">{" ".join(chips)}</p>\n\n{facts}')


def _planned(site: Site, item: Postmortem) -> str:
    """Say when the meeting is: to the minute, where the day was not changed by hand since it was called."""
    at = item.meeting.at.at if item.meeting and item.meeting.at else None
    if at is not None and site.day(at) == str(item.scheduled):
        return site.when(at)
    return str(item.scheduled or "")


def _drawn(site: Site, item: Postmortem) -> str:
    picture = pictures.causes(graph.of(site.repo, item))
    return f"## Causes\n\n{picture}" if picture else ""


def _causes(site: Site, place: Place, item: Postmortem) -> str:
    """List the factors, the primary one first; under each, what it led to."""
    factors = site.repo.policy(Factors)
    nodes = sorted(item.causes.nodes, key=lambda node: not node.primary)
    if not nodes:
        return ""
    names = {node.id: node.text or factors.name(node.factor) for node in nodes}

    def line(node: CauseNode) -> str:
        led = [
            text.escape(names[edge.to], begins=False)
            for edge in item.causes.edges
            if edge.from_ == node.id and edge.to in names
        ]
        chips = [parts.chip("Primary", "late")] if node.primary else []
        chips.append(parts.chip(factors.name(node.factor)) if node.factor else "")
        arrow = f'<br><span class="ib-led">led to: {"; ".join(led)}</span>' if led else ""
        return f"{place.inline(names[node.id])} {' '.join(chips)}{arrow}"

    return f"## Contributing factors\n\n{parts.bullets(line(node) for node in nodes)}"


def _whys(place: Place, item: Postmortem) -> str:
    if not item.five_whys:
        return ""
    steps = (f"**{place.inline(step.why)}** {place.inline(step.because)}" for step in item.five_whys)
    return f"## 5 whys\n\n{parts.numbered(steps)}"


def _list(title: str, place: Place, items: tuple[str, ...]) -> str:
    return f"## {title}\n\n{parts.bullets(place.inline(item) for item in items)}" if items else ""
