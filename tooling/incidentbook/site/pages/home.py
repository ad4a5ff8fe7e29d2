"""The home page: what is open, how the response went, what was learned, and where to look in an outage."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import population
from incidentbook.records.incident import Incident
from incidentbook.records.vocabulary import Disclosure, Severity
from incidentbook.site import body, lessons, listing, parts, promises, scales, symptoms, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 0
PATH = "index.md"
_LESSONS = 4
_ACTIONS = 5
_LATEST = 5


def render(site: Site) -> Iterator[Page]:
    """Yield the home page."""
    place = site.at(PATH)
    home = site.knowledge_base
    content = parts.join(
        f"# {text.escape(home.name)}",
        f'<p class="ib-lead" markdown="span">{place.inline(home.description)}</p>' if home.description else "",
        _tiles(site, place),
        _symptoms(site, place),
        _incidents(site, place),
        _lessons(site, place),
        _actions(site, place),
        "## How the response went",
        f"{text.escape(site.shared.measurement.window.label)}, means with their medians. "
        f"{place.to('metrics.md', 'All figures with their definitions')}.",
        scales.response(site),
        "## Availability against its objective",
        scales.availability(site),
        parts.note(_footnote(site)),
    )
    yield Page(
        path=PATH,
        title="Home",
        content=content,
        description=text.plain(home.description) or text.plain(home.name),
        hide=("navigation", "toc"),
        searchable=False,
    )


def _footnote(site: Site) -> str:
    seen = {
        Disclosure.PUBLIC: "Public view: records and entries that are not public are not counted here.",
        Disclosure.INTERNAL: "Internal view: not for publication outside the organisation.",
        Disclosure.RESTRICTED: "Restricted view: for the people named in policy only.",
    }
    return f"As of {text.escape(site.when(site.now))}. {seen[site.audience]}"


def _tiles(site: Site, place: Place) -> str:
    counted = [
        incident for incident in population.counted(site.repo) if incident.started and incident.started <= site.now
    ]
    worst = [incident for incident in counted if incident.severity is Severity.SEV1]
    still = site.open_incidents()
    overdue = sum(1 for promise in promises.everything(site) if promise.overdue)
    waived = sum(1 for promise in promises.everything(site) if promise.late and promise.waived)
    count = site.shared.measurement.figure("incidents")
    split = ", ".join(f"{number} {name}" for name, number in count.parts.items() if number) if count else ""
    to_incidents, to_actions = "incidents/index.md", "actions.md"
    return parts.tiles(
        (
            _since(site, place, worst),
            parts.tile(
                f"{len(still):,}",
                place.to(to_incidents, "Open now"),
                text.escape(site.duration(still[-1][1])) if still else "",
                "bad" if still else "good",
            ),
            parts.tile(
                count.text if count else "0",
                place.to(to_incidents, text.escape(_window(site))),
                text.escape(split),
            ),
            parts.tile(
                f"{overdue:,}",
                place.to(to_actions, "Overdue action items"),
                f"{waived} late with a waiver" if waived else "",
                "bad" if overdue else "good",
            ),
        )
    )


def _window(site: Site) -> str:
    return f"Incidents, {site.shared.measurement.window.label}"


def _since(site: Site, place: Place, worst: list[Incident]) -> str:
    label = "Days since the last SEV-1"
    if not worst:
        return parts.tile(parts.DASH, label, "none on record", "good")
    last = max(worst, key=lambda item: (item.started is not None, item.started, item.id))
    zone = site.repo.zone
    days = (site.now.astimezone(zone).date() - last.started.astimezone(zone).date()).days if last.started else 0
    return parts.tile(f"{days:,}", label, f"{place.incident(last.id)}")


def _incidents(site: Site, place: Place) -> str:
    """Return what is open, and the latest of what is not."""
    still = site.open_incidents()
    latest = [pair for pair in site.incidents() if pair not in still][:_LATEST]
    more = place.to("incidents/index.md", "All incidents")
    return "\n\n".join(
        piece
        for piece in (
            f"## Open now\n\n{listing.table(site, place, still)}" if still else "",
            f"## Latest incidents\n\n{listing.table(site, place, latest)}\n\n{more}" if latest else "",
        )
        if piece
    )


def _symptoms(site: Site, place: Place) -> str:
    shown = symptoms.listing(site, place)
    return f"## In an outage: follow the symptom\n\n{shown}" if shown else ""


def _lessons(site: Site, place: Place) -> str:
    cards = [
        parts.block(
            "div",
            "ib-grid__item ib-lesson",
            f"{body.rewrite(lesson, place, '').strip()}\n\n"
            f'<p class="ib-grid__foot" markdown="span">{place.to(path, text.escape(lessons.title(site, item)))}, '
            f"{lessons.dated(site, item)}</p>",
        )
        for path, item, lesson in lessons.recent(site, _LESSONS)
    ]
    if not cards:
        return ""
    more = place.to("postmortems/index.md", "All post-mortems")
    grid = parts.block("div", "ib-grid", "\n\n".join(cards))
    return f"## Newest lessons\n\n{grid}\n\n{more}"


def _actions(site: Site, place: Place) -> str:
    found = sorted(
        (item for item in promises.everything(site) if item.open), key=lambda item: (not item.late, item.order)
    )
    if not found:
        return ""
    more = place.to("actions.md", f"All {len(found):,} open action items")
    return f"## Action items: late, then next due\n\n{promises.table(site, place, found[:_ACTIONS])}\n\n{more}"
