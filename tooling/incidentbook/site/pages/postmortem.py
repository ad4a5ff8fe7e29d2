"""One page for each post-mortem: root cause, factors, 5 whys, the narrative, and what was promised."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from incidentbook.causes import graph
from incidentbook.entry import Entry
from incidentbook.records.policy.factors import Factors
from incidentbook.records.postmortem import CauseNode, Postmortem
from incidentbook.site import body, facets, lessons, markup, parts, pictures, promises, text, wording
from incidentbook.site.basis import Bases
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 21
PARENT = "postmortems/index.md"
_BOOST = 1.5
_MOST_SERVICES = 6
Beside = tuple[str, str] | None  # path and title of the page before or after


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every post-mortem."""
    newest = [(path, lessons.title(site, item)) for path, item in lessons.newest(site)]
    bases = Bases.of(site)
    older: list[Beside] = [*newest[1:], None]
    newer: list[Beside] = [None, *newest[:-1]]
    beside = {path: (before, after) for (path, _), before, after in zip(newest, older, newer, strict=False)}
    for entry in site.repo.postmortems:
        if entry.record:
            yield _page(site, entry, entry.record, beside[site.pages.sources[entry.path]], bases)


def _page(site: Site, entry: Entry[Postmortem], item: Postmortem, beside: tuple[Beside, Beside], bases: Bases) -> Page:
    path, title = site.pages.sources[entry.path], lessons.title(site, item)
    return Page(
        path,
        text.plain(title),
        functools.partial(_content, site, entry, item, beside),
        text.plain(item.summary or item.root_cause or title),
        entry.path,
        PARENT,
        ("navigation",),
        boost=_BOOST,
        basis=bases.postmortem(entry, item, beside),
        facets=facets.of(site, [found for name in item.incidents if (found := site.repo.incident(name))]),
    )


def _content(site: Site, entry: Entry[Postmortem], item: Postmortem, beside: tuple[Beside, Beside]) -> str:
    path, title = site.pages.sources[entry.path], lessons.title(site, item)
    place, promised = site.at(path).finished, promises.of(site, item)
    return parts.join(
        parts.record_title("Post-mortem", title),
        markup.wrapped(
            _byline(site, item)
            + markup.paragraph(place.inline(item.summary), "ib-lead")
            + _incidents(site, place, item)
            + markup.facts(
                (("Root cause", place.inline(item.root_cause)), ("Skipped because", place.inline(item.skip_reason)))
            )
        ),
        _drawn(site, item),
        markup.part("Contributing factors", _causes(site, place, item)),
        markup.part("5 whys", _whys(place, item)),
        body.rewrite(item.body, site.at(path), entry.path).strip(),
        markup.part("Action items", _progress(promised), promises.table(site, place, promised)),
        markup.part("Process improvements", markup.bullets(map(place.inline, item.process_improvements))),
        markup.part("Recommendations", markup.bullets(map(place.inline, item.recommendations))),
        markup.wrapped(_beside(place, beside)),
    )


def _byline(site: Site, item: Postmortem) -> str:
    """Say how it stands, when it was held, and which teams led and wrote it."""
    state = wording.label(item.status)
    chips = [parts.chip(state, "over" if item.status == "published" else "")] if state else []
    if item.kind not in ("", "standard"):
        chips.append(parts.chip(wording.label(item.kind), "drill"))
    planned = "" if item.held else _planned(site, item)
    said = (
        ("held", str(item.held) if item.held else ""),
        ("planned for", planned),
        ("published", str(item.published) if item.published else ""),
        ("facilitated by", site.team(item.facilitator)),
        ("written by", ", ".join(site.team(name) for name in item.authors)),
    )
    words = ", ".join(f"{label} {value}" for label, value in said if value)
    return markup.paragraph(" ".join([*chips, markup.said(words[:1].upper() + words[1:])]), "ib-byline")


def _planned(site: Site, item: Postmortem) -> str:
    """Say when the meeting is: to the minute, where the day was not changed by hand since it was called."""
    at = item.meeting.at.at if item.meeting and item.meeting.at else None
    if at is not None and site.day(at) == str(item.scheduled):
        return site.when(at)
    return str(item.scheduled or "")


def _incidents(site: Site, place: Place, item: Postmortem) -> str:
    """Return a card for each incident that it covers: what it was, and how bad."""
    return "".join(_incident(site, place, name) for name in item.incidents)


def _incident(site: Site, place: Place, name: str) -> str:
    found = site.repo.incident(name)
    if found is None:
        return markup.block(markup.paragraph(markup.said(name)), "ib-card")
    link = place.incident(name, markup.said(f"{name} {found.title}"))
    facts = markup.facts(
        (
            ("Started", markup.said(site.when(found.started))),
            ("Duration", markup.said(site.duration(found))),
            ("Services", markup.said(site.services(found, _MOST_SERVICES))),
            ("Impact", place.inline(found.impact.summary)),
        )
    )
    return markup.block(
        f'<p class="ib-chips">{parts.severity(found.severity)} <strong>{link}</strong></p>{facts}', "ib-card"
    )


def _drawn(site: Site, item: Postmortem) -> str:
    return markup.part("Causes", pictures.causes(graph.of(site.repo, item)))


def _causes(site: Site, place: Place, item: Postmortem) -> str:
    """List the factors, the primary one first; under each, what it led to."""
    factors = site.repo.policy(Factors)
    nodes = sorted(item.causes.nodes, key=lambda node: not node.primary)
    names = {node.id: node.text or factors.name(node.factor) for node in nodes}

    def line(node: CauseNode) -> str:
        led = [markup.said(names[edge.to]) for edge in item.causes.edges if edge.from_ == node.id and edge.to in names]
        chips = [parts.chip("Primary", "late")] if node.primary else []
        chips.append(parts.chip(factors.name(node.factor)) if node.factor else "")
        arrow = f"<br><small>led to: {'; '.join(led)}</small>" if led else ""
        return f"{place.inline(names[node.id])} {' '.join(chips)}{arrow}"

    return markup.bullets(map(line, nodes))


def _whys(place: Place, item: Postmortem) -> str:
    return markup.numbered(
        f"<strong>{place.inline(step.why)}</strong> {place.inline(step.because)}" for step in item.five_whys
    )


def _progress(promised: list[promises.Promise]) -> str:
    return markup.paragraph(promises.progress(promised), "ib-note")


def _beside(place: Place, beside: tuple[Beside, Beside]) -> str:
    """Lead to the post-mortems before and after this one."""
    links = (
        f"<div><small>{label}</small>{place.to(one[0], markup.said(one[1]))}</div>" if one else "<div></div>"
        for label, one in zip(("Earlier", "Later"), beside, strict=True)
    )
    return markup.block("".join(links), "ib-neighbours") if any(beside) else ""
