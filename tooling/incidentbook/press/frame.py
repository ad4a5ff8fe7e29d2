"""Frames: the theme's page around an article, rendered once for each kind of page, with gaps where pages differ."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as ThemePage
from mkdocs.structure.toc import AnchorLink

from incidentbook.frozen import frozen
from incidentbook.press.article import Article
from incidentbook.site.frame import lean

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

Finish: TypeAlias = Callable[[str], str]
Dress: TypeAlias = "Callable[[TemplateContext, ThemePage], TemplateContext]"
# Unicode keeps these two for a program's own use: no text that is exchanged holds them.
_OPEN, _SHUT = "\ufdd0", "\ufdd1"
_GAP = re.compile(f"{_OPEN}([a-z]+){_SHUT}")
_ITEM = "partials/toc-item.html"
_FILE = "frame.html"


@frozen
class Kind:
    """What the frames of two pages differ by, apart from the gaps.

    Attributes:
        parent: path of the index page that leads to them.
        folder: where they lie; addresses in the frame are relative.
        hide: parts of the frame that are left out.
        described: whether there is a description.
        editable: whether there is a link to the source.
        headed: whether there is anything to list in the table of contents.

    """

    parent: str
    folder: str
    hide: tuple[str, ...]
    described: bool
    editable: bool
    headed: bool


class Theme:
    """The theme of a site that is being built."""

    def __init__(
        self, env: jinja2.Environment, config: MkDocsConfig, nav: Navigation, files: Files, dress: Dress
    ) -> None:
        """Take what MkDocs renders its own pages with; ``dress`` puts into a page's context what our templates want."""
        self._dress = dress
        self._env, self.config, self._nav, self._files = env, config, nav, files
        self._item = env.get_template(_ITEM)
        self._items: dict[str, str] = {}

    def items(self, headings: list[AnchorLink]) -> list[str]:
        """Return the entries of a table of contents as the theme writes them."""
        return [self._entry(heading) for heading in headings]

    def _entry(self, heading: AnchorLink) -> str:
        """Return one entry; pages of one kind have the same headings."""
        key = str(heading)
        if key not in self._items:
            self._items[key] = self._item.render(toc_item=heading)
        return self._items[key]

    def rendered(self, page: ThemePage) -> str:
        """Return a page as MkDocs would write it."""
        page.active = True
        try:
            context = self._dress(get_context(self._nav, self._files, self.config, page), page)
            return self._env.get_template("main.html").render(context)
        finally:
            page.active = False

    def blank(self, kind: Kind) -> ThemePage:
        """Return a page of this kind that has gaps instead of what it says."""
        path = posixpath.join(kind.folder, _FILE)
        file = File(path, None, self.config.site_dir, self.config.use_directory_urls, dest_uri=path)
        file.generated_by = "incidentbook"
        page = ThemePage(None, file, self.config)
        index = self._files.get_file_from_path(kind.parent)
        page.parent = index.page if index else None  # type: ignore[assignment] # an index page stands where a section would
        page.meta = {"title": _gap("title"), "hide": list(kind.hide)}
        if kind.described:
            page.meta["description"] = _gap("description")
        page.markdown, page.content = "", f"{_gap('article')}<h1"
        page.edit_url = _gap("edit") if kind.editable else None
        page.canonical_url = _gap("address") if page.canonical_url else None
        top = AnchorLink("", _gap("skip"), 1)
        top.children = [AnchorLink("", f"{_OPEN}{number}", 2) for number in range(2 if kind.headed else 0)]
        page.toc = [top]  # type: ignore[assignment] # themes iterate over it
        return page


class Frame:
    """The theme's page around the articles of one kind."""

    def __init__(self, theme: Theme, kind: Kind, finish: Finish) -> None:
        """Render the frame; ``finish`` does to it what is done to every page of the site."""
        page = theme.blank(kind)
        whole = finish(theme.rendered(page))
        self._between, self._item = "", "".join(theme.items([_sample()]))
        if kind.headed:
            first, second = theme.items(next(iter(page.toc)).children)
            begin, again = whole.index(first), whole.index(second)
            self._between = whole[begin + len(first) : again]
            whole = whole[:begin] + _gap("contents") + whole[again + len(second) :]
        self._parts = _GAP.split(whole.replace(f"{_gap('article')}<h1", _gap("article")))

    @property
    def text(self) -> list[str]:
        """All that the pages of this kind have in common, and how their tables of contents are written."""
        return [self._item, self._between, *self._parts]

    def around(self, title: str, description: str, article: Article, items: list[str], edit: str, address: str) -> str:
        """Return a whole page.

        Args:
            title: of the page, in plain text.
            description: of the page, in plain text.
            article: what stands within.
            items: the entries of its table of contents, rendered.
            edit: where its source can be changed.
            address: where it is published, in full.

        """
        said = {
            "title": html.escape(title),
            "description": html.escape(description),
            "article": lean(article.html),
            "edit": edit,
            "address": address,
            "skip": article.headings[0]["id"] if article.headings else "",
            "contents": self._between.join(items),
        }
        parts = self._parts
        return "".join(said[part] if number % 2 else part for number, part in enumerate(parts))


def _sample() -> AnchorLink:
    """Return a heading with one below it: what is written of either."""
    heading = AnchorLink("heading", "heading", 2)
    heading.children = [AnchorLink("below", "below", 3)]
    return heading


def _gap(name: str) -> str:
    return f"{_OPEN}{name}{_SHUT}"
