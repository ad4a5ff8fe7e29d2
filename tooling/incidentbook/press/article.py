"""Articles: a page's Markdown as HTML, made by the site's own Markdown extensions, once for each state of its text."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import markdown
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs.structure.toc import AnchorLink, get_toc

from incidentbook.frozen import frozen
from incidentbook.press.sheet import Sheet
from incidentbook.site.page import Page
from incidentbook.snapshot.store import Store

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of a function in the configuration, which differs from run to run


@frozen
class Article:
    """What a page says, as HTML.

    Attributes:
        html: the content of the page's ``<article>``.
        headings: the table of contents as Python-Markdown gives it: level, id, name, children.
        targets: the pages and files that it links to, by their source paths; a dead link is none of them.

    """

    html: str
    headings: tuple[dict[str, Any], ...]
    targets: tuple[str, ...]

    @property
    def toc(self) -> list[AnchorLink]:
        """The table of contents as themes read it."""
        return list(get_toc(list(self.headings)))  # type: ignore[arg-type]


class Articles:
    """Makes articles, and keeps them by everything that they were made from."""

    def __init__(self, config: MkDocsConfig, files: Files, store: Store) -> None:
        """Read the site's Markdown configuration."""
        self._config, self._files, self._store = config, files, store
        options = (config.markdown_extensions, config.mdx_configs, config.use_directory_urls, markdown.__version__)
        self._way = _ADDRESS.sub("", repr(options))
        self._made: tuple[markdown.Markdown, _Links] | None = None

    def of(self, sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, Article]]:
        """Yield each sheet with its article, in the order given; what is new is kept at the end."""
        new: dict[str, bytes] = {}
        for sheet in sheets:
            key = self._key(sheet.sheet)
            article = self._kept(key)
            if article is None:
                article, whole = self._new(sheet)
                if whole:
                    new[key] = json.dumps([article.html, article.headings, article.targets]).encode()
            yield sheet, article
        self._store.keep(results=new)

    def _key(self, page: Page) -> str:
        said = f"{self._way}\0{page.path}\0{page.content}"
        return f"article {hashlib.blake2b(said.encode(), digest_size=16).hexdigest()}"

    def _kept(self, key: str) -> Article | None:
        """Return what was kept, unless a page that it links to is gone."""
        found = self._store.result(key)
        if found is None:
            return None
        try:
            html, headings, targets = json.loads(found)
        except ValueError:  # damaged
            return None
        if any(self._files.get_file_from_path(target) is None for target in targets):
            return None
        return Article(html, tuple(headings), tuple(targets))

    def _new(self, sheet: Sheet) -> tuple[Article, bool]:
        """Return a page's article, and whether it may be kept: not with a dead link, which is to be warned of each time."""
        converter, links = self._made = self._made or self._converter(sheet)
        links.begin(sheet)
        converter.reset()
        html = converter.convert(sheet.sheet.content)
        headings = tuple(getattr(converter, "toc_tokens", ()))
        return Article(html, headings, tuple(sorted(links.targets))), not links.dead

    def _converter(self, file: File) -> tuple[markdown.Markdown, _Links]:
        made = markdown.Markdown(
            extensions=self._config.markdown_extensions, extension_configs=self._config.mdx_configs or {}
        )
        links = _Links(file, self._files, self._config)
        links._register(made)  # noqa: SLF001 - as MkDocs does for its own pages
        return made, links


class _Links(_RelativePathTreeprocessor):
    """Turns links between sources into addresses and warns of dead ones as MkDocs does; notes what it met."""

    def begin(self, file: File) -> None:
        """Begin a new page."""
        self.file, self.links_to_anchors = file, {}
        self.targets: set[str] = set()
        self.dead = False

    def path_to_url(self, url: str) -> str:
        """Return the address of a link and note where it leads."""
        made = super().path_to_url(url)
        parts = urlsplit(url)
        if parts.path and not (parts.scheme or parts.netloc or url.startswith(("/", "\\"))):
            target = self._target_uri(self.file.src_uri, parts.path)
            if self.files.get_file_from_path(target) is not None:
                self.targets.add(target)
            else:
                self.dead = True
        return made
