"""The search of a large site: its pages in a few indexes by Pagefind, of which only those are made anew whose pages changed.

Pages of records are dealt out by their names, so that a change touches one index; the other pages, which tell of many records,
share the first. A reader's browser asks all of them and sees one list.
"""

from __future__ import annotations

import functools
import hashlib
import json
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from types import SimpleNamespace
from typing import TYPE_CHECKING

from mkdocs.plugins import get_plugin_logger

from incidentbook.press import pagefind, said
from incidentbook.press.pagefind import Found, PagefindError
from incidentbook.site.stamp import stamp
from incidentbook.snapshot.store import Store

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page as ThemePage

    from incidentbook.press.previous import Previous
    from incidentbook.press.run import Printed
    from incidentbook.site.page import Page

log = get_plugin_logger(__name__)
MANY = 500  # pages made from records: above that, a built-in index has 360 KB or more, packed, before anything is found
FOLDER = "pagefind"
PLUGIN = "material/search"
_TOGETHER = 3500  # pages of records in an index: fewer cost a reader more bytes, more cost a rebuild more time
_SPENT = ("assets/javascripts/workers/", "assets/javascripts/lunr/")  # files of the built-in search


def chosen(wanted: str, config: MkDocsConfig, pages: Sequence[Page], edition: str) -> Search | None:
    """Return what finds the pages of a site; None where the theme's own search does, or nothing is to.

    Args:
        wanted: ``builtin``, ``pagefind`` or ``auto``.
        config: of the site.
        pages: those that we made.
        edition: of sites from one knowledge base each has its own.

    Raises:
        PagefindError: Pagefind is wanted, and it is not installed.

    """
    few = wanted == "auto" and len(pages) <= MANY
    if wanted == "builtin" or few or PLUGIN not in config.plugins or not config.plugins[PLUGIN].config["enabled"]:
        return None
    if pagefind.available():
        return Search(config, pages, edition)
    if wanted == "auto":
        log.info(
            "%s pages are searched by the theme's own index, which a browser loads whole. %s",
            len(pages),
            pagefind.INSTALL,
        )
        return None
    raise PagefindError("search: pagefind needs Pagefind, which is not installed", hint=pagefind.INSTALL)


class Search:
    """Gathers the pages of a site while they are made, then writes what finds them."""

    def __init__(self, config: MkDocsConfig, pages: Sequence[Page], edition: str) -> None:
        """Take the place of the theme's own search in a site's configuration; ``pages`` are those that we made."""
        self._edition = edition
        self._language = str(config.theme.get("language") or "en")
        self._ours = {page.path: page for page in pages}
        self._records: dict[str, Found] = {}
        self._others: dict[str, Found] = {}
        config.plugins[PLUGIN].config["enabled"] = False
        # The theme asks this entry whether to show a search; a plugin that is not enabled indexes nothing.
        dict.__setitem__(config.plugins, PLUGIN, SimpleNamespace(config=SimpleNamespace(enabled=True)))

    def leave_out(self, files: Files) -> None:
        """Take the files of the theme's own search out of a site."""
        for file in list(files):
            if file.src_uri.startswith(_SPENT):
                files.remove(file)

    def add_page(self, page: ThemePage) -> None:
        """Add a page that MkDocs renders."""
        if (page.meta.get("search") or {}).get("exclude"):
            return
        ours = self._ours.get(page.file.src_uri)
        above = list(page.ancestors)[-1].title if page.ancestors else page.title
        kind = self._ours[ours.parent].title if ours and ours.parent else unescape(str(above))
        found = said.of(page.content or "", ours)
        self._add(Found(page.url, unescape(str(page.title)), found, stamp(found)), kind, ours)

    def add_printed(self, printed: Printed) -> None:
        """Add the page of a single record."""
        page = printed.sheet.sheet
        if page.searchable:
            found = Found(printed.sheet.url, page.title, printed.says, printed.stamp)
            self._add(found, self._ours[page.parent].title, page)

    def _add(self, found: Found, kind: str, page: Page | None) -> None:
        """Add a page with its kind, and what we know of it, if it is ours."""
        pages = self._records if said.is_record(page) else self._others
        facets, boost = (("Kind", kind), *(page.facets if page else ())), page.boost if page else 1.0
        name = _name(found.url) if page and page.source.startswith("incidents/") else ""
        pages[found.url] = replace(found, boost=boost, facets=facets, name=name)

    def write(self, config: MkDocsConfig, store: Store, previous: Previous) -> None:
        """Write the indexes into a site. Raises PagefindError."""
        folder = posixpath.join(config.site_dir, FOLDER)
        indexes = [pages for pages in self._dealt() if pages]
        for number, pages in enumerate(indexes):
            make = functools.partial(pagefind.packed, pages, self._language)
            made = store.renew(f"search {self._edition} {number}", self._made_from(pages), make)
            for name, content in pagefind.unpacked(made, program=not number).items():
                previous.write(posixpath.join(folder, str(number) if number else "", name), content)
        names = json.dumps([str(number) for number in range(1, len(indexes))])
        previous.write(posixpath.join(folder, "indexes.json"), names.encode())

    def _dealt(self) -> Iterator[list[Found]]:
        """Yield the pages of each index in order: first those that are not of one record."""
        yield _sorted(self._others.values())
        count = -(-len(self._records) // _TOGETHER)
        hands: list[list[Found]] = [[] for _ in range(count)]
        for page in self._records.values():
            hands[_place(page.url, count)].append(page)
        yield from map(_sorted, hands)

    def _made_from(self, pages: list[Found]) -> str:
        """Return what stands for everything that an index is made from."""
        told = [[page.url, page.title, page.stamp, page.boost, page.facets, page.name] for page in pages]
        return stamp([pagefind.version(), self._language, told])


def _sorted(pages: Iterable[Found]) -> list[Found]:
    return sorted(pages, key=lambda page: page.url)


def _place(url: str, count: int) -> int:
    """Return in which of ``count`` indexes a record is: an incident and the post-mortem of its name are in the same one."""
    return int.from_bytes(hashlib.blake2b(_name(url).encode(), digest_size=8).digest()) % count


def _name(url: str) -> str:
    return posixpath.basename(posixpath.splitext(url.rstrip("/"))[0])
