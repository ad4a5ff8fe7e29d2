"""The home page: what is open, how the response went, what was learned, and where to look in an outage."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from incidentbook import population
from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Disclosure, Severity
from incidentbook.site import (
    body,
    clocks,
    feeds,
    lessons,
    listing,
    parts,
    pictures,
    promises,
    quarters,
    subscribe,
    symptoms,
    text,
    wording,
)
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 0
PATH = "index.md"
_LESSONS = 4
_OPEN = 5
_CLOCKS = 6
_CHART = "incidents"
_FIRST_STEPS = """## First steps

Nothing is on record yet. `inc start` declares an incident, `inc import` takes over those of a status page, and
`inc draft playbook` begins a playbook."""
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
        _beside(_open(site, place), _clocks(site, place)),
        _symptoms(site, place),
        _trend(site, place),
        _lessons(site, place),
        _actions(site, place),
        _latest(site, place),
        "" if site.incidents() or site.repo.playbooks else _FIRST_STEPS,
        parts.note(_footnote(site)),
        subscribe.line(place, feeds.ATOM),
    )
    yield Page(
        path=PATH,
        title="Home",
        says=content,
        description=text.plain(home.description) or text.plain(home.name),
        hide=("navigation", "toc"),
        searchable=False,
    )


def _beside(*pieces: str) -> str:
    """Return the pieces that are not empty, side by side where there is room."""
    shown = [parts.block("div", "ib-beside__item", piece) for piece in pieces if piece]
    return parts.block("div", f"ib-beside ib-beside--{len(shown)}", "\n\n".join(shown)) if shown else ""


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
    found = list(promises.everything(site))
    overdue, waived = sum(one.overdue for one in found), sum(one.late and one.waived for one in found)
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
                text.escape(split or (count.note if count else "")),
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
    dated = [(item.started, item.id) for item in worst if item.started]
    if not dated:
        return parts.tile(parts.DASH, label, "none on record", "good")
    started, last = max(dated)
    return parts.tile(f"{site.days_since(started):,}", label, place.incident(last))


def _open(site: Site, place: Place) -> str:
    still = site.open_incidents()
    if not still:
        return f"## Open now\n\n{_nothing_open(site)}" if site.incidents() else ""
    cards = []
    for _, item in still[:_OPEN]:
        services = text.escape(site.services(item, 3), begins=False)
        lasted = f"{text.escape(site.duration(item))}{f', {services}' if services else ''}"
        cards.append(
            f'<li markdown="block">\n<p class="ib-open__title" markdown="span">{parts.severity(item.severity)} '
            f"{place.incident(item.id, text.escape(item.title) or 'Untitled')} {parts.status(item)}</p>\n"
            f'<p class="ib-open__said" markdown="span">{lasted}</p>\n</li>'
        )
    more = f"\n\n{place.to('incidents/index.md', f'All {len(still):,} that are open')}" if len(still) > _OPEN else ""
    return f"## Open now\n\n{parts.block('ul', 'ib-open', chr(10).join(cards))}{more}"


def _nothing_open(site: Site) -> str:
    """Say that nothing is known to be open; of imports that were unresolved nobody can say more."""
    unknown = sum(1 for _, item in site.incidents() if item.unresolved_when_last_seen)
    were = "was" if unknown == 1 else "were"
    seen = (
        f" {unknown:,} imported {were} unresolved when last seen; what became of them, no record says."
        if unknown
        else ""
    )
    return f"No incident is known to be open.{seen}"


def _clocks(site: Site, place: Place) -> str:
    found = clocks.running(site, place)
    if not found:
        return ""
    rows = [
        f'<li markdown="block">\n<p class="ib-open__title" markdown="span">'
        f"{parts.chip(clock.left(site.now), _kind(site, clock))} {clock.said}</p>\n"
        f'<p class="ib-open__said" markdown="span">by {text.escape(site.when(clock.by))}, {clock.note}</p>\n</li>'
        for clock in found[:_CLOCKS]
    ]
    left = len(found) - len(rows)
    more = f"\n\n{parts.note(f'and {left:,} more')}" if left > 0 else ""
    return f"## Clocks that run\n\n{parts.block('ul', 'ib-open', chr(10).join(rows))}{more}"


def _kind(site: Site, clock: clocks.Clock) -> str:
    if not clock.sure:
        return "void"
    return "late" if clock.by < site.now else "waived"


def _trend(site: Site, place: Place) -> str:
    """Return how it goes: incidents by month beside this quarter and the last."""
    drawn = next((data for data in pictures.charts_of(site, _CHART) if not data.refused), None)
    picture = ""
    if drawn is not None:
        definition = f"{text.escape(drawn.summary)} {place.to('metrics.md', 'All figures with their definitions')}."
        picture = f"## Incidents by month\n\n{pictures.bare(site, drawn)}\n\n{definition}"
    table = quarters.compared(site)
    return _beside(picture, f"## This quarter against the last\n\n{table}" if table else "")


def _symptoms(site: Site, place: Place) -> str:
    shown = symptoms.listing(site, place)
    return f"## In an outage: follow the symptom\n\n{shown}" if shown else ""


def _lessons(site: Site, place: Place) -> str:
    best = lessons.best(site)
    cards = [_best(site, place, *best)] if best else []
    cards += [
        parts.block(
            "div",
            "ib-grid__item ib-lesson",
            f"{body.html(lesson, place)}\n\n"
            f'<p class="ib-grid__foot" markdown="span">{place.to(path, text.escape(lessons.title(site, item)))}, '
            f"{lessons.dated(site, item)}</p>",
        )
        for path, item, lesson in lessons.recent(site, _LESSONS, best[0] if best else "")
    ]
    if not cards:
        return ""
    more = place.to("postmortems/index.md", "All post-mortems")
    grid = parts.block("div", f"ib-lessons{' ib-lessons--best' if best else ''}", "\n\n".join(cards))
    return f"## What we learned\n\n{grid}\n\n{more}"


def _best(site: Site, place: Place, path: str, item: Postmortem) -> str:
    """Return the card of the one to read first."""
    said = [wording.count(len(lessons.learned(item)), "lesson"), wording.count(len(item.causes.nodes), "cause")]
    said += [f"{lessons.kept(item)} of {len(item.action_items)} promises kept"] if item.action_items else []
    lesson = body.html(lessons.learned(item)[0], place)
    content = "\n\n".join(
        (
            '<p class="ib-best__eyebrow">Read this one first</p>',
            f'<p class="ib-best__title" markdown="span">{place.to(path, text.escape(lessons.title(site, item)))}</p>',
            place.inline(item.summary or item.root_cause),
            f'<blockquote class="ib-best__lesson">{lesson}</blockquote>',
            f'<p class="ib-grid__foot" markdown="span">{lessons.dated(site, item)}; {", ".join(said)}</p>',
        )
    )
    return parts.block("div", "ib-grid__item ib-best", content)


def _latest(site: Site, place: Place) -> str:
    still = {entry.path for entry, _ in site.open_incidents()}
    latest = list(itertools.islice((pair for pair in site.incidents() if pair[0].path not in still), _LATEST))
    more = place.to("incidents/index.md", "All incidents")
    return f"## Latest incidents\n\n{listing.table(site, place, latest)}\n\n{more}" if latest else ""


def _actions(site: Site, place: Place) -> str:
    found = sorted(
        (item for item in promises.everything(site) if item.open), key=lambda item: (not item.late, item.order)
    )
    if not found:
        return ""
    more = place.to("actions.md", f"All {len(found):,} open action items")
    return f"## Promises: late, then next due\n\n{promises.table(site, place, found[:_ACTIONS])}\n\n{more}"
