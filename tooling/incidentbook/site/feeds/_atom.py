"""Atom feeds as text. Format: RFC 4287.

What an entry says keeps its name for ever, and says it changed when a record says that something happened: never when a file was
written, or a clone made.
"""

from __future__ import annotations

import datetime as dt
import heapq
import html
import re
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from incidentbook.frozen import frozen
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.time import utc_text
from incidentbook.site import text
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site

MOST = 50
# XML 1.0 has no way to write these, not even as a reference.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Candidate(NamedTuple):
    """What may be among the newest.

    Attributes:
        updated: when, by the record, something last happened to it.
        name: what it is of, within its kind (``INC-2025-001``); names it for ever.
        make: says the rest, which only the newest are asked for.

    """

    updated: dt.datetime
    name: str
    make: Callable[[], Entry]


@frozen
class Entry:
    """One thing that a reader is told of.

    Attributes:
        title: plain text, not trusted.
        published: when it began; None where nobody knows.
        page: the page that it leads to.
        content: safe HTML.
        words: categories, each a term and how it is written for people.

    """

    title: str
    published: dt.datetime | None
    page: str
    content: str
    words: Sequence[tuple[str, str]] = ()


@frozen
class Feed:
    """What a feed is about: where it stands, its kind (``incidents``), what it is called, and the page that shows the same."""

    path: str
    kind: str
    title: str
    things: str
    page: str


def document(site: Site, feed: Feed, candidates: Iterable[Candidate], addresses: Addresses) -> str:
    """Return the feed with the `MOST` entries that changed last, and say in its subtitle of how many they are."""
    found = list(candidates)
    shown = heapq.nlargest(MOST, found, key=lambda one: (one.updated, one.name))
    house = site.knowledge_base
    said = f"The {MOST} {feed.things} that changed last, of {len(found):,}." if len(found) > MOST else ""
    updated = shown[0].updated if shown else site.now
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        _element("id", _urn(house, f"{feed.kind}/{site.audience.value}")),
        _element("title", f"{feed.title}: {house.name}"),
        _element("subtitle", said or f"All {len(found):,} {feed.things} on record."),
        _element("updated", utc_text(updated)),
        f"<author>{_element('name', house.organisation or house.name)}</author>",
        _link("self", "application/atom+xml", addresses.file(feed.path, feed.path)),
        _link("alternate", "text/html", addresses.page(feed.page, feed.path)),
        _element("generator", "incidentbook"),
    ]
    for one in shown:
        lines += ["<entry>", *_entry(house, feed, one, addresses), "</entry>"]
    return "\n".join([*lines, "</feed>", ""])


def paragraphs(*pieces: str) -> str:
    """Return safe HTML pieces as paragraphs; empty ones are left out."""
    return "".join(f"<p>{piece}</p>" for piece in pieces if piece)


def inline(value: str) -> str:
    """Return a record's text as safe inline HTML: imported markup reduced to a few tags, all else as it was written."""
    if text.is_html(value):
        return text.clean_html(value)
    return "<br>".join(html.escape(line.strip()) for line in value.strip().splitlines() if line.strip())


def _entry(house: KnowledgeBase, feed: Feed, one: Candidate, addresses: Addresses) -> Iterator[str]:
    entry = one.make()
    yield _element("id", _urn(house, f"{feed.kind}/{one.name}"))
    yield _element("title", text.plain(entry.title))
    yield _element("updated", utc_text(one.updated))
    if entry.published:
        yield _element("published", utc_text(entry.published))
    yield _link("alternate", "text/html", addresses.page(entry.page, feed.path))
    yield from (f'<category term="{_escaped(term)}" label="{_escaped(label)}"/>' for term, label in entry.words if term)
    yield f'<content type="html">{_escaped(entry.content)}</content>'


def _urn(house: KnowledgeBase, name: str) -> str:
    """Return a name that is the same wherever and whenever the feed is made, as events of calendars have it."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{house.repository_url or house.name}/feeds/{name}')}"


def _element(name: str, value: str) -> str:
    return f"<{name}>{_escaped(value)}</{name}>"


def _link(relation: str, media: str, address: str) -> str:
    return f'<link rel="{relation}" type="{media}" href="{_escaped(address)}"/>'


def _escaped(value: str) -> str:
    return html.escape(_NO_XML.sub("", value))
