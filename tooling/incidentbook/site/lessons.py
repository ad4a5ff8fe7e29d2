"""Post-mortems in the order of their days, and what they taught."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from incidentbook import markdown
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import end_of_day
from incidentbook.site.context import Site

_HEADING = "lessons learned"
_LESSONS = re.compile(_HEADING, re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[-*+]|[0-9]{1,9}[.)])(?=\s|$)", re.MULTILINE)
_DAY, _YEAR = dt.timedelta(days=1), dt.timedelta(days=365)


def newest(site: Site) -> list[tuple[str, Postmortem]]:
    """Return every post-mortem with the path of its page, newest first."""
    found = [(site.pages.sources[entry.path], entry.record) for entry in site.repo.postmortems if entry.record]
    return sorted(found, key=lambda pair: (_at(site, pair[1]), pair[0]), reverse=True)


def title(site: Site, item: Postmortem) -> str:
    """Return its title; that of its first incident where it has none of its own."""
    incident = site.repo.incident(item.incidents[0]) if item.incidents else None
    return item.title or (f"Post-mortem of {incident.title}" if incident else "Post-mortem")


def dated(site: Site, item: Postmortem) -> str:
    """Say on which day it was held, published or is planned, whichever is known first."""
    for label, day in (("held", item.held), ("published", item.published), ("planned for", item.scheduled)):
        if day:
            return f"{label} {day}"
    return f"incident of {site.day(_at(site, item))}"


def learned(item: Postmortem) -> tuple[str, ...]:
    """Return the list items under "Lessons learned"."""
    return markdown.headings(item.body).get(_HEADING, ()) if item.status != "skipped" else ()


def recent(site: Site, count: int, but: str = "") -> Iterator[tuple[str, Postmortem, str]]:
    """Yield (path, post-mortem, its first lesson) of the newest ones that teach something, without the page ``but``."""
    for path, item in newest(site):
        if count <= 0:
            return
        found = learned(item)
        if found and path != but:
            count -= 1
            yield path, item, found[0]


def best(site: Site) -> tuple[str, Postmortem] | None:
    """Return the post-mortem of the last year that teaches most, with the path of its page; None where none was held.

    It counts what is in it: lessons, causes, and promises, of which those that were kept count twice. Of two alike the newer.
    """
    held = {
        -age: (path, item)
        for age, (path, item) in enumerate(newest(site))
        if item.status == "published" and site.now - _YEAR <= _at(site, item) <= site.now + _DAY
    }
    most: tuple[int, int] = (0, 0)
    for at_most in sorted(((_beside(item) + _listed(item), age) for age, (_, item) in held.items()), reverse=True):
        if at_most <= most:
            break  # to read a body takes long, and no other one can teach more
        item = held[at_most[1]][1]
        if lessons := len(learned(item)):
            most = max(most, (lessons + _beside(item), at_most[1]))
    return held[most[1]] if most[0] else None


def _beside(item: Postmortem) -> int:
    """Return what counts beside the lessons."""
    return len(item.causes.nodes) + len(item.action_items) + kept(item)


def _listed(item: Postmortem) -> int:
    """Return how many lessons there can be at most: the list items behind the words of the heading."""
    found = _LESSONS.search(item.body)
    return len(_ITEM.findall(item.body, found.end())) if found else 0


def kept(item: Postmortem) -> int:
    """Return how many of its promises were kept."""
    return sum(one.finished for one in item.action_items)


def _at(site: Site, item: Postmortem) -> dt.datetime:
    day = item.held or item.published
    if day:
        return end_of_day(day, site.repo.zone)
    starts = [found.started for name in item.incidents if (found := site.repo.incident(name)) and found.started]
    return max(starts, default=dt.datetime.min.replace(tzinfo=dt.UTC))
