"""Post-mortems as an Atom feed: what was learned, as it is published."""

from __future__ import annotations

import functools
from collections.abc import Iterator

from incidentbook.records.postmortem import Postmortem
from incidentbook.site import lessons, wording
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.feeds import ATOM, _atom, _facts

ORDER = 20
PATH, TITLE, MEDIA = "feeds/postmortems.xml", "Post-mortems", ATOM
_FEED = _atom.Feed(PATH, "postmortems", TITLE, "post-mortems", "postmortems/index.md")


def render(site: Site, addresses: Addresses) -> str:
    """Return the feed; post-mortems that were skipped are not in it."""
    return _atom.document(site, _FEED, _candidates(site), addresses)


def _candidates(site: Site) -> Iterator[_atom.Candidate]:
    for entry in site.repo.postmortems:
        item = entry.record
        updated = _facts.reviewed(site, item) if item and item.status != "skipped" else None
        if item and updated is not None:
            make = functools.partial(_entry, site, site.pages.sources[entry.path], item)
            yield _atom.Candidate(updated, entry.path, make)


def _entry(site: Site, page: str, item: Postmortem) -> _atom.Entry:
    cause = _atom.inline(item.root_cause)
    learned = "".join(f"<li>{_atom.inline(lesson)}</li>" for lesson in lessons.learned(item))
    about = ", ".join(item.incidents)
    return _atom.Entry(
        title=lessons.title(site, item),
        published=None,
        page=page,
        content=_atom.paragraphs(
            _atom.inline(item.summary), f"Root cause: {cause}" if cause else "", f"After {_atom.inline(about)}"
        )
        + (f"<p>Lessons learned:</p><ul>{learned}</ul>" if learned else ""),
        words=[(item.status, wording.label(item.status))],
    )
