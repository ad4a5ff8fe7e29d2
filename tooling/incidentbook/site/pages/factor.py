"""One page for each contributing factor: what it means, in which incidents it was at work, and what was promised against it."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.records.policy.factors import Factor, Factors
from incidentbook.site import named, parts, subjects, text, wording
from incidentbook.site.context import Site
from incidentbook.site.page import Page
from incidentbook.site.subjects import Subjects

ORDER = 37


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every factor that has one."""
    made = Subjects(site)
    for slug, path in site.pages.factors.items():
        yield _page(made, slug, path)


def _page(made: Subjects, slug: str, path: str) -> Page:
    site, place = made.site, made.site.at(path)
    factor = site.repo.policy(Factors).factors.get(slug, Factor())
    name, found = site.factor(slug), made.of("factor", slug)
    items = made.promised("factor", slug)
    kept = sum(one.item.finished for one in items)
    known = (
        "" if factor.name else "It is not in the vocabulary (`policy/factors.yml`), so nobody has said what it means."
    )
    content = parts.join(
        parts.title(f"Contributing factor{f', {factor.category}' if factor.category else ''}", name),
        f'<p class="ib-lead" markdown="span">{place.inline(factor.description) or known}</p>'
        if factor.description or known
        else "",
        parts.tiles(
            (
                parts.tile(f"{len(found):,}", "Incidents with it", "by their post-mortems"),
                subjects.since_tile(site, place, found),
                parts.tile(f"{sum(one.open for one in items):,}", "Open promises against it", f"{kept} kept"),
            )
        ),
        "## Incidents",
        subjects.trend(made, found, f"Incidents with {name}"),
        subjects.incidents(site, place, found, factor=slug),
        subjects.shares(
            "Seen together with",
            [(named.factor(site, place, other), n) for other, n in made.factors_of(found, slug)],
            len(found),
        ),
        subjects.shares(
            "Where",
            [(named.service(site, place, other), n) for other, n in made.services_of(found)],
            len(found),
        ),
        subjects.promised(site, place, items, "Open promises against it"),
    )
    said = f"{name}, a contributing factor: {text.plain(factor.description)} {wording.count(len(found), 'incident')}.".replace(
        "  ", " "
    )
    return Page(path, name, content, said, parent=subjects.EXPLORE, hide=("navigation", "toc"))
