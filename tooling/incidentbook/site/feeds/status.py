"""Status updates as an Atom feed: what was said of incidents while they lasted, one entry an update."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from incidentbook.records.entries import Communication
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import OUTSIDE
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import wording
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.feeds import ATOM, _atom

ORDER = 30
PATH, TITLE, MEDIA = "feeds/status.xml", "Status updates", ATOM
_FEED = _atom.Feed(PATH, "status", TITLE, "status updates", "incidents/index.md")


def render(site: Site, addresses: Addresses) -> str:
    """Return the feed: in the public view what was said to the outside, else all. Drills alarm nobody."""
    return _atom.document(site, _FEED, _candidates(site), addresses)


def _candidates(site: Site) -> Iterator[_atom.Candidate]:
    everyone = site.audience is not Disclosure.PUBLIC
    for entry, incident in site.incidents():
        if incident.exercise:
            continue
        page = site.pages.sources[entry.path]
        for number, item in enumerate(incident.communications):
            if item.at and item.at.at <= site.now and item.text and (everyone or item.audience in OUTSIDE):
                make = functools.partial(_entry, incident, item, page)
                yield _atom.Candidate(item.at.at, f"{incident.id or entry.path}/{item.id or number}", make)


def _entry(incident: Incident, item: Communication, page: str) -> _atom.Entry:
    words = [(value, wording.label(value)) for value in (item.phase, item.audience) if value]
    phase = f" ({item.phase.replace('-', ' ')})" if item.phase else ""
    return _atom.Entry(
        title=f"{incident.title or incident.id}{phase}",
        published=item.at.at if item.at else None,
        page=page,
        content=_atom.paragraphs(_atom.inline(item.text)),
        words=words,
    )
