"""The index of post-mortems: what was learned, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.records.postmortem import Postmortem
from incidentbook.site import feeds, lessons, markup, parts, subscribe, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 20
PATH = "postmortems/index.md"
_CARDS = 24


def render(site: Site) -> Iterator[Page]:
    """Yield the one index page: those that were held or are being written as cards, the skipped ones as a list."""
    place = site.at(PATH)
    found = lessons.newest(site)
    written = [(path, item) for path, item in found if item.status != "skipped"]
    skipped = [(path, item) for path, item in found if item.status == "skipped"]
    count = wording.count(len(written), "post-mortem")
    cards = [_card(site, place, path, item) for path, item in written[:_CARDS]]
    yield Page(
        path=PATH,
        title="Post-mortems",
        says=parts.join(
            "# Post-mortems",
            f"{count}, newest first. They look for what made a failure possible, never for who."
            if written
            else "No post-mortem has been written yet.",
            subscribe.line(place, feeds.ATOM, "feeds/postmortems.xml"),
            parts.block("div", "ib-grid", "\n\n".join(cards)) if cards else "",
            _older(site, place, written[_CARDS:]),
            "## Skipped" if skipped else "",
            parts.bullets(_skipped(place, item) for _, item in skipped),
        ),
        description=f"What was learned from incidents, in {count}.",
        hide=("navigation", "toc"),
        searchable=False,
    )


def _older(site: Site, place: Place, found: list[tuple[str, Postmortem]]) -> str:
    """Return those for which there is no card as rows of finished HTML: there may be thousands."""
    rows = [
        (
            place.link(path, text.escape(lessons.title(site, item), begins=False)),
            text.escape(lessons.dated(site, item), begins=False),
            ", ".join(text.escape(name, begins=False) for name in item.incidents),
            f"{len(item.action_items):,}",
        )
        for path, item in found
    ]
    return markup.part(
        "Older ones", markup.table(("Post-mortem", "When", "Incidents", "Action items"), rows, headed=True)
    )


def _card(site: Site, place: Place, path: str, item: Postmortem) -> str:
    severities = sorted(
        {found.severity for name in item.incidents if (found := site.repo.incident(name)) and found.severity}
    )
    chips = [*(parts.severity(value) for value in severities), parts.chip(wording.label(item.status))]
    if item.kind not in ("", "standard"):
        chips.append(parts.chip(wording.label(item.kind), "drill"))
    foot = ", ".join(
        (
            lessons.dated(site, item),
            *(place.incident(name) for name in item.incidents),
            f"{wording.count(len(item.action_items), 'action item')}",
        )
    )
    content = "\n\n".join(
        piece
        for piece in (
            f'<p class="ib-chips">{" ".join(chips)}</p>',
            f'<p class="ib-grid__title" markdown="span">{place.to(path, text.escape(lessons.title(site, item)))}</p>',
            place.inline(item.summary or item.root_cause),
            f'<p class="ib-grid__foot" markdown="span">{foot}</p>',
        )
        if piece
    )
    return parts.block("div", "ib-grid__item", content)


def _skipped(place: Place, item: Postmortem) -> str:
    names = ", ".join(place.incident(name) for name in item.incidents)
    return f"{names}: {place.inline(item.skip_reason) or 'no reason given'}"
