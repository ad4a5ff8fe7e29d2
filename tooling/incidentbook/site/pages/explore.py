"""The way to services, contributing factors and teams: three lists on one page, so that the navigation stays short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from incidentbook.records.policy.factors import Factor, Factors
from incidentbook.records.policy.services import Service, Services
from incidentbook.site import markup, parts, subjects, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page
from incidentbook.site.subjects import Subjects

ORDER = 35
PATH = subjects.EXPLORE
_OWNED = 4


def render(site: Site) -> Iterator[Page]:
    """Yield the one index page."""
    made, place = Subjects(site), site.at(PATH)
    services, factors, teams = _services(made, place), _factors(made, place), _teams(made, place)
    sections = [
        (name, markup.part(name, content))
        for name, content in (("Services", services), ("Contributing factors", factors), ("Teams", teams))
        if content
    ]
    jumps = " ".join(f"[{name}](#{name.lower().replace(' ', '-')})" for name, _ in sections)
    yield Page(
        path=PATH,
        title="Explore",
        says=parts.join(
            "# Explore",
            "By what was hit, by what made it possible, and by who looks after it." if sections else _nothing(),
            f'<p class="ib-jumps" markdown="span">{jumps}</p>' if len(sections) > 1 else "",
            *(content for _, content in sections),
        ),
        description="Services with their objectives, contributing factors and teams.",
        hide=("navigation", "toc"),
        searchable=False,
    )


def _nothing() -> str:
    files = "`policy/services.yml`, `policy/factors.yml` and `policy/knowledge-base.yml`"
    return f"No service, factor or team is known yet: {files} name them."


def _services(made: Subjects, place: Place) -> str:
    site, policy = made.site, made.site.repo.policy(Services)
    rows = []
    for slug, path in site.pages.services.items():
        service, found = policy.services.get(slug, Service()), made.of("service", slug)
        availability, spent = made.figures.get(f"availability.{slug}"), made.figures.get(f"error-budget.{slug}")
        gone = spent.value if spent and isinstance(spent.value, int | float) else None
        over = gone is not None and gone >= 100  # noqa: PLR2004 - per cent
        cells = (
            place.link(path, text.escape(policy.name(slug), begins=False)),
            text.escape(site.team(service.team), begins=False),
            str(service.tier) if service.tier is not None else "",
            f"{len(found):,}",
            subjects.since(site, found),
            text.escape(availability.text, begins=False) if availability else "",
            f"{availability.target:g} %" if availability and availability.target is not None else "",
            markup.block(f"{gone:,.0f} %", "ib-over" if over else "", "b") if gone is not None else "",
        )
        rows.append(((service.tier or 9, -len(found), policy.name(slug)), cells))
    rows.sort(key=lambda row: row[0])
    header = ("Service", "Owner", "Tier", "Incidents", "Days since", "Availability", "Objective", "Budget spent")
    shown = [column for column in range(len(header)) if column in (0, 3) or any(cells[column] for _, cells in rows)]
    listed = [[row[column] for column in shown] for _, row in rows]
    kind = "subjects" if 1 in shown else "counts"
    return markup.table([header[column] for column in shown], listed, kind, headed=True)


def _factors(made: Subjects, place: Place) -> str:
    site, policy = made.site, made.site.repo.policy(Factors)
    groups: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for slug, path in site.pages.factors.items():
        factor, found = policy.factors.get(slug, Factor()), made.of("factor", slug)
        still = sum(one.open for one in made.promised("factor", slug))
        counted = [wording.count(len(found), "incident"), *([wording.count(still, "open promise")] if still else [])]
        name = place.link(path, text.escape(site.factor(slug), begins=False))
        said = (
            f'<li><p class="ib-factor__name">{name} <span class="ib-factor__count">{", ".join(counted)}</span></p>'
            f'<p class="ib-factor__said">{text.escape(factor.description, begins=False)}</p></li>'
        )
        groups[factor.category or "other"].append((-len(found), site.factor(slug), said))
    cards = []
    for category, items in sorted(groups.items()):
        listed = "".join(said for *_, said in sorted(items))
        heading = f'<p class="ib-grid__title">{text.escape(wording.label(category))}</p>'
        cards.append(f'<div class="ib-grid__item">{heading}<ul class="ib-factors">{listed}</ul></div>')
    return markup.block("".join(cards), "ib-grid")


def _teams(made: Subjects, place: Place) -> str:
    site, policy = made.site, made.site.repo.policy(Services)
    rows = []
    for slug, path in site.pages.teams.items():
        items = made.promised("team", slug)
        owned = [name for name, service in policy.services.items() if service.team == slug]
        named = wording.some([policy.name(name) for name in owned], _OWNED)
        late = sum(one.late for one in items)
        rows.append(
            (
                place.link(path, text.escape(site.team(slug), begins=False)),
                text.escape(named, begins=False),
                f"{sum(one.open for one in items):,}",
                markup.block(f"{late:,}", "ib-over", "b") if late else "0",
                f"{len(made.of('team', slug)):,}",
            )
        )
    header = ("Team", "Owns", "Open promises", "Late", "Incidents")
    if not site.inside:  # whose a service is, such a view does not tell
        counted = [(name, *counts) for name, _, *counts in rows]
        return markup.table((header[0], *header[2:]), counted, "counts", headed=True)
    return markup.table(header, rows, "subjects", headed=True)
