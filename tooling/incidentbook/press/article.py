"""Articles: a page's Markdown as HTML, made by the site's own Markdown extensions, once for each state of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import markdown
import orjson
from mkdocs.structure.pages import _RelativePathTreeprocessor
from mkdocs.structure.toc import AnchorLink, get_toc

from incidentbook.frozen import frozen
from incidentbook.press import said, setting
from incidentbook.press.setting import Outline
from incidentbook.press.sheet import Sheet
from incidentbook.site.page import Page
from incidentbook.site.stamp import stamp
from incidentbook.snapshot.store import Store, stamped

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files

_AT_ONCE = 500  # articles that wait to be kept
_WRITERS = (
    "Markdown",
    "mkdocs",
    "pymdown-extensions",
    "Pygments",
)  # packages that write headings and code: those of Material
_MOST = 1000  # outlines that are remembered
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")  # of a function in the configuration, which differs from run to run


@frozen
class Article:
    """What a page says, as HTML.

    Attributes:
        html: the content of the page's ``<article>``.
        headings: the table of contents as Python-Markdown gives it: level, id, name, children.
        targets: the pages and files that it links to, by their source paths; a dead link is none of them.
        found: what a search is to find of it, as HTML; empty where nobody wants to know.
        sound: whether every link leads somewhere; one that does not is to be warned of in each build.

    """

    html: str
    headings: tuple[dict[str, Any], ...]
    targets: tuple[str, ...]
    found: str = ""
    sound: bool = True

    @property
    def toc(self) -> list[AnchorLink]:
        """The table of contents as themes read it."""
        return list(get_toc(list(self.headings)))  # type: ignore[arg-type]


class Articles:
    """Makes articles, and keeps the last one of each page with what it was made from."""

    def __init__(self, config: MkDocsConfig, files: Files, store: Store, edition: str, *, found: bool = False) -> None:
        """Read the site's Markdown configuration.

        Args:
            config: of the site.
            files: that links may lead to.
            store: keeps articles.
            edition: of sites from one knowledge base each has its own.
            found: whether anybody wants to know what a search is to find of an article.

        """
        self._config, self._files, self._store = config, files, store
        options = (config.markdown_extensions, config.mdx_configs, config.use_directory_urls, found)
        self._way = _ADDRESS.sub("", repr((*options, *map(version, _WRITERS))))
        self._edition, self._found = edition, found
        self._made: tuple[markdown.Markdown, _Links] | None = None
        self._outlines: dict[str, Outline] = {}
        self._waiting: dict[str, bytes] = {}

    def of(self, sheet: Sheet, made_from: str) -> Article:
        """Return the article of a sheet, kept or made, given what stands for all that it depends on."""
        place = f"article {self._edition} {sheet.sheet.path}"
        article = self._kept(place, made_from)
        if article is None:
            article = self._new(sheet)
            if article.sound:
                told = orjson.dumps([article.html, article.headings, article.targets, article.found])
                self._waiting[place] = stamped(made_from, told)
            if len(self._waiting) >= _AT_ONCE:
                self.keep()
        return article

    def keep(self) -> None:
        """Keep what was made and is not kept yet."""
        self._store.keep(results=self._waiting)
        self._waiting = {}

    def made_from(self, page: Page) -> str:
        """Return what stands for all that an article depends on, but for whether what it links to is there."""
        return stamp([self._way, page.basis or page.content])

    def leads(self, targets: Iterable[str]) -> bool:
        """Whether every page and file that an article links to is there."""
        return all(self._files.get_file_from_path(target) is not None for target in targets)

    def _kept(self, place: str, made_from: str) -> Article | None:
        """Return what was kept, unless it was made from something else or a page that it links to is gone."""
        try:
            html, headings, targets, found = orjson.loads(self._store.latest(place, made_from) or b"")
        except ValueError:  # nothing, or damaged
            return None
        if not self.leads(targets):
            return None
        return Article(html, tuple(headings), tuple(targets), found)

    def _new(self, sheet: Sheet) -> Article:
        left, pieces = setting.taken(sheet.sheet.content)
        converter, links = self._made = self._made or self._converter(sheet)
        links.begin(sheet)
        outline = self._outlines.get(left)
        if outline is None:
            converter.reset()
            outline = Outline.of(converter.convert(left), getattr(converter, "toc_tokens", ()))
            if not links.met and len(self._outlines) < _MOST:  # where a link leads depends on the page
                self._outlines[left] = outline
        html = outline.around(pieces)
        found = said.of(html, sheet.sheet) if self._found else ""
        return Article(html, outline.headings, tuple(sorted(links.targets)), found, not links.dead)

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
        self.met = self.dead = False

    def path_to_url(self, url: str) -> str:
        """Return the address of a link and note where it leads."""
        self.met = self.met or not url.startswith("#")  # within a page, as permanent links are: the same on every page
        made = super().path_to_url(url)
        parts = urlsplit(url)
        if parts.path and not (parts.scheme or parts.netloc or url.startswith(("/", "\\"))):
            target = self._target_uri(self.file.src_uri, parts.path)
            if self.files.get_file_from_path(target) is not None:
                self.targets.add(target)
            else:
                self.dead = True
        return made
