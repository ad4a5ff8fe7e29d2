"""One page for each service: what it promises and what is left of its error budget, what hit it, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incidentbook.figures import Figure
from incidentbook.records.policy.services import Service, Services
from incidentbook.records.time import short
from incidentbook.site import bars, named, parts, subjects, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page
from incidentbook.site.subjects import Pair, Subjects

ORDER = 36


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every service that has one."""
    made = Subjects(site)
    for slug, path in site.pages.services.items():
        yield _page(made, slug, path)


def _page(made: Subjects, slug: str, path: str) -> Page:
    site, place = made.site, made.site.at(path)
    policy = site.repo.policy(Services)
    name, service = policy.name(slug), policy.services.get(slug, Service())
    found = made.of("service", slug)
    items = made.promised("service", slug)
    content = parts.join(
        parts.title("Service", name),
        f'<p class="ib-lead" markdown="span">{place.inline(service.description)}</p>' if service.description else "",
        _card(site, place, slug, service),
        _tiles(made, place, slug, found),
        _budget(made, place, slug, service),
        subjects.runbooks(place, made.playbooks(service=slug)),
        "## Incidents",
        subjects.trend(made, found, f"Incidents of {name}"),
        subjects.incidents(site, place, found, service=slug),
        subjects.shares(
            "What recurs",
            [(named.factor(site, place, factor), count) for factor, count in made.factors_of(found)],
            len(found),
        ),
        subjects.promised(site, place, items),
    )
    said = f"{name}: {wording.count(len(found), 'incident')}, objective, error budget, playbooks and open promises."
    return Page(path, name, content, said, parent=subjects.EXPLORE, hide=("navigation", "toc"), boost=1.5)


def _card(site: Site, place: Place, slug: str, service: Service) -> str:
    policy = site.repo.policy(Services)
    users = [other for other, item in policy.services.items() if slug in item.depends_on]
    facts = parts.facts(
        (
            ("Owner", named.team(site, place, service.team)),
            ("Tier", str(service.tier) if service.tier is not None else ""),
            (
                "Depends on",
                ", ".join(named.service(site, place, name) for name in service.depends_on),
            ),
            ("Used by", ", ".join(named.service(site, place, name) for name in users)),
        )
    )
    return parts.block("div", "ib-card", facts) if facts else ""


def _tiles(made: Subjects, place: Place, slug: str, found: Sequence[Pair]) -> str:
    figures = made.figures
    availability, spent = figures.get(f"availability.{slug}"), figures.get(f"error-budget.{slug}")
    tiles = []
    if availability is not None:
        value = availability.value
        kind = "" if not isinstance(value, int | float) else "good" if value >= (availability.target or 0) else "bad"
        window = made.site.shared.measurement.window.label
        note = f"objective {availability.target:g} %, {text.escape(window)}" if availability.target is not None else ""
        tiles.append(parts.tile(text.escape(availability.text), "Availability", note, kind))
    if spent is not None:
        tiles.append(_spent(spent))
    tiles.append(subjects.since_tile(made.site, place, found))
    still = sum(1 for _, item in found if item.is_open and not item.unresolved_when_last_seen)
    tiles.append(parts.tile(f"{len(found):,}", "Incidents on record", f"{still} open" if still else "none open"))
    return parts.tiles(tiles)


def _spent(figure: Figure) -> str:
    value = figure.value
    if not isinstance(value, int | float):
        return parts.tile("N/A", "Error budget spent", "nobody can say")
    return parts.tile(f"{value:,.0f} %", "Error budget spent", _allowed(figure), "bad" if value >= 100 else "good")  # noqa: PLR2004


def _allowed(figure: Figure) -> str:
    return text.escape(figure.note.partition(";")[0])


def _budget(made: Subjects, place: Place, slug: str, service: Service) -> str:
    """Return how far the error budget is spent, on which incidents, and what policy says follows."""
    spent, left = made.figures.get(f"error-budget.{slug}"), made.figures.get(f"error-budget-left.{slug}")
    if service.slo is None or spent is None or not isinstance(spent.value, int | float):
        return ""
    rest = left.value if left else None
    gone = f"{spent.value:,.0f} % of the budget of {text.escape(service.slo.window)} is spent"
    if isinstance(rest, int | float):
        gone += f"; {short(rest)} left" if rest >= 0 else f", {short(-rest)} more than there was"
    rows = [f"{place.incident(name)}: {share:,.0f} %" for name, share in list(spent.parts.items())[:5]]
    value = spent.value
    follows = [
        f"**At {item.at_spent_pct:g} %{' (reached)' if value >= (item.at_spent_pct or 0) else ''}:** {place.inline(item.then)}"
        for item in made.site.repo.policy(Services).consequences_of(service.slo)
    ]
    return parts.join(
        "## Error budget",
        f'<p class="ib-budget">{bars.full(spent.value, gone)}</p>',
        f"{gone}.",
        f"Spent by {', '.join(rows)}." if rows else "",
        parts.bullets(follows),
    ).rstrip("\n")
