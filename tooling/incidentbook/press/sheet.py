"""Sheets: pages of single records as MkDocs knows them: files that can be linked to, and that write themselves."""

from __future__ import annotations

import functools
import html
import posixpath
from types import SimpleNamespace
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as ThemePage

from incidentbook.site.data_file import DataFile
from incidentbook.site.page import Page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from incidentbook.press.article import Article
    from incidentbook.press.previous import Previous


OURS = "incidentbook"  # what MkDocs calls our plugin


class Sheet(File):
    """The file of one page.

    To MkDocs it is a file to be copied, not a page to be read and rendered, so it costs next to nothing. Links to its Markdown
    path lead to its address all the same.
    """

    def __init__(self, page: Page, edit_uri: str | None, config: MkDocsConfig) -> None:
        """Lay it out; ``edit_uri`` is where its source is, as MkDocs wants it."""
        stem, _ = posixpath.splitext(page.path)
        index = posixpath.basename(stem) in ("index", "README")
        if index:
            stem = posixpath.join(posixpath.dirname(stem), "index")
        destination = f"{stem}/index.html" if config.use_directory_urls and not index else f"{stem}.html"
        super().__init__(
            page.path,
            None,
            config.site_dir,
            config.use_directory_urls,
            dest_uri=destination,
            inclusion=InclusionLevel.INCLUDED,
        )
        self.generated_by = OURS
        self.edit_uri = edit_uri
        self.sheet = page
        self._addressed: ThemePage | None = None

    def is_documentation_page(self) -> bool:
        """Say that it is none that MkDocs has to look after."""
        return False

    def is_static_page(self) -> bool:
        """Say that it is no template either."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as MkDocs has it
        """Do nothing: by now the press has written it."""

    def addressed(self, config: MkDocsConfig) -> ThemePage:
        """Return it as MkDocs addresses pages: where its source can be changed and where it is published."""
        if self._addressed is None:
            self._addressed = ThemePage(None, self, config)
            self.page = None  # MkDocs would look for its anchors
        return self._addressed

    def found(self, article: Article) -> SimpleNamespace:
        """Return it as the theme's search index reads pages."""
        page = self.sheet
        meta = {"title": html.escape(page.title)} | page.search
        return SimpleNamespace(content=article.html, toc=article.toc, url=self.url, title=meta["title"], meta=meta)


class Loose(File):
    """A file that is no page: a feed, a calendar, or what programs read. It is made when it is written, or not at all."""

    def __init__(self, item: DataFile, config: MkDocsConfig, previous: Previous) -> None:
        """Lay it out."""
        super().__init__(item.path, None, config.site_dir, config.use_directory_urls, dest_uri=item.path)
        self.generated_by = OURS
        self.abs_src_path = None
        self._item, self._previous = item, previous

    @functools.cached_property
    def _content(self) -> str:  # type: ignore[override] # what MkDocs reads, and what another plugin may put in its place
        return self._item.text

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as MkDocs has it
        """Write it into the site, or take it over from the last build."""
        del dirty
        path, basis = self.abs_dest_path, "" if "_content" in vars(self) else self._item.basis
        if not self._previous.keep(path, basis):
            self._previous.write(path, self.content_bytes, basis)
