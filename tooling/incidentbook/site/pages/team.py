"""One page for each team: what it owns, what it promised, and when it is on call. Roles and teams, never persons."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.records.policy.knowledge_base import Team
from incidentbook.records.policy.rotation import RotationPolicy
from incidentbook.records.policy.services import Services
from incidentbook.site import named, parts, shifts, subjects, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page
from incidentbook.site.promises import Promise
from incidentbook.site.subjects import Subjects

ORDER = 38


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every team that has one."""
    made = Subjects(site)
    for slug, path in site.pages.teams.items():
        yield _page(made, slug, path)


def _page(made: Subjects, slug: str, path: str) -> Page:
    site, place = made.site, made.site.at(path)
    team, name, found = site.knowledge_base.teams.get(slug, Team()), site.team(slug), made.of("team", slug)
    items = made.promised("team", slug)
    # whose a service is, a narrower view does not tell; then those count in which the team held a role
    counted = "Incidents of its services" if site.inside else "Incidents with a role of it"
    content = parts.join(
        parts.title("Team", name),
        f'<p class="ib-lead" markdown="span">{place.inline(team.description)}</p>' if team.description else "",
        parts.block("div", "ib-card", parts.facts([("Contact", place.inline(team.contact))]))
        if team.contact and site.inside
        else "",
        _tiles(items, len(found), counted),
        _on_call(site, slug) if site.inside else "",
        subjects.promised(site, place, items),
        _services(made, place, slug),
        subjects.runbooks(place, made.playbooks(owner=slug)),
        f"## {counted}" if found else "",
        subjects.incidents(site, place, found) if found else "",
        _kept(items),
    )
    late = sum(one.late for one in items)
    said = f"{name}: what it owns, {sum(one.open for one in items)} open promises, {late} late."
    return Page(path, name, content, said, parent=subjects.EXPLORE, hide=("navigation", "toc"))


def _tiles(items: list[Promise], incidents: int, counted: str) -> str:
    committed = [one for one in items if one.item.status is not None and one.item.status.committed]
    kept = sum(one.item.finished for one in committed)
    overdue, waived = sum(one.overdue for one in items), sum(one.late and one.waived for one in items)
    return parts.tiles(
        (
            parts.tile(f"{sum(one.open for one in items):,}", "Open promises", f"{kept} of {len(committed)} kept"),
            parts.tile(
                f"{overdue:,}",
                "Overdue",
                f"{waived} late with a waiver" if waived else "",
                "bad" if overdue else "good",
            ),
            parts.tile(f"{incidents:,}", counted, "those that policy counts"),
        )
    )


def _on_call(site: Site, slug: str) -> str:
    policy = site.repo.policy(RotationPolicy)
    rows = [
        (
            text.escape(wording.label(rotation.role)),
            site.when(turn.start),
            site.when(turn.end),
            shifts.why(turn),
        )
        for rotation in policy.rotations
        if slug in rotation.teams
        for turn in shifts.of_team(site, rotation, slug)
    ]
    table = parts.table(("Role", "From", "To", ""), rows, "plain")
    return f"## On call\n\n{table}" if table else ""


def _services(made: Subjects, place: Place, slug: str) -> str:
    site, policy = made.site, made.site.repo.policy(Services)
    rows = []
    for name, service in policy.services.items():
        if service.team != slug:
            continue
        figure = made.figures.get(f"availability.{name}")
        rows.append(
            (
                named.service(site, place, name),
                str(service.tier) if service.tier is not None else "",
                text.escape(figure.text) if figure else "",
                f"{figure.target:g} %" if figure and figure.target is not None else "",
                f"{len(made.of('service', name)):,}",
                subjects.since(site, made.of("service", name)),
            )
        )
    header = ("Service", "Tier", "Availability", "Objective", "Incidents", "Days since")
    table = parts.table(header, rows, "numbers")
    return f"## What it owns\n\n{table}" if table else ""


def _kept(items: list[Promise]) -> str:
    done = [one for one in items if one.item.finished]
    if not done:
        return ""
    late = sum(1 for one in done if one.item.completed and one.item.due and one.item.completed > one.item.due)
    undated = sum(1 for one in done if not (one.item.completed and one.item.due))
    said = f"{len(done)} promises kept, {late} of them after their day"
    return parts.note(f"{said}{f' ({undated} say no day)' if undated else ''}.")
