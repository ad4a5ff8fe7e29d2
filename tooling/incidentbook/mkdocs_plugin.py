"""The MkDocs plugin: hooks that hand the pages of ``site`` over. What a page says is decided there, not here."""

from __future__ import annotations

import contextlib
import datetime as dt
import posixpath
import re
from html import escape, unescape
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, cast

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from incidentbook import files, site
from incidentbook.errors import IncidentbookError
from incidentbook.press import looks, run, search, setting, standing
from incidentbook.press.article import Articles
from incidentbook.press.frame import Theme
from incidentbook.press.previous import Previous
from incidentbook.press.sheet import Loose, Sheet
from incidentbook.records.time import parse_instant
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.site import edition, frame, head, navigation
from incidentbook.site.addresses import Addresses
from incidentbook.site.data_file import DataFile
from incidentbook.site.page import Page
from incidentbook.snapshot.store import Store
from incidentbook.snapshot.tree import Progress

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger(__name__)
_ANCHOR = re.compile(r'<[^<>]*\sid="([^"]+)"')


class PluginConfig(Config):  # type: ignore[no-untyped-call] # MkDocs types all but this hook
    """Options in ``mkdocs.yml``.

    Attributes:
        root: the knowledge base; the folder of ``mkdocs.yml`` when empty.
        audience: for whom the site is; nothing narrower gets into it.
        one_by_one: whether MkDocs itself renders the page of each record, so that other plugins see it; the same, and slower.
        search: what finds pages where the plugin ``search`` is there: ``builtin`` is the theme's own, ``pagefind`` costs a reader
            of many pages less; ``auto`` takes the latter where there are many.
        as_of: "now": a day (its end) or a time with an offset; the policy's, else the clock's, when absent.

    """

    root = c.Type(str, default="")
    audience = c.Choice(tuple(level.value for level in Disclosure), default=Disclosure.PUBLIC.value)
    one_by_one = c.Type(bool, default=False)
    search = c.Choice(("auto", "builtin", "pagefind"), default="auto")
    as_of = c.Optional(c.Type((str, dt.date)))  # YAML hands a bare date over as one


class IncidentbookPlugin(BasePlugin[PluginConfig]):  # type: ignore[no-untyped-call] # the same
    """Adds the pages of a knowledge base to a site. Nothing is written into ``docs``."""

    previous: Previous  # of each build its own
    store: Store  # the same

    def __init__(self) -> None:
        self.root = Path()
        self.pages: list[Page] = []
        self.data: list[DataFile] = []
        self.sheets: list[Sheet] = []
        self.records: set[str] = set()
        self.articles: Articles | None = None
        self.search: search.Search | None = None
        self.nav: Navigation | None = None
        self.live = False
        self.standing = standing.Standing()  # lasts from build to build of a preview
        self.left: list[MkDocsPage] = []  # pages that stay as the last build of a preview wrote them
        self.open = contextlib.ExitStack()  # what is open while a site is built
        self.progress: Progress | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview, whose pages hold MkDocs' own script."""
        del dirty
        self.live = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the knowledge base and render its pages; see to what they need of the configuration."""
        folder = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            self.root = files.find_root(folder / self.config.root)
            made = edition.make(
                self.root,
                Disclosure(self.config.audience),
                lambda repo: _instant(repo, cast("str | dt.date | None", self.config.as_of)),
                folders=config.use_directory_urls,
                progress=self.progress,
            )
            self.pages = made.pages
            self.records = {page.path for page in made.pages if page.parent and config.theme.name == "material"}
            self.data = site.data_of(made.shown, Addresses(config.site_url or "", config.use_directory_urls))
            self.search = search.chosen(self.config.search, config, self.pages, self.config.audience)
        except IncidentbookError as error:
            raise _refused(error) from error
        for entry in made.left_out:
            log.warning("%s cannot be relied on, so the site is made without it; `inc check` says why", entry.path)
        for entry in made.repo.unreadable:
            if entry.path.startswith("policy/"):
                log.warning("%s cannot be read, so its defaults stand in; `inc check` says why", entry.path)
        if made.untold:
            log.info("The past is not told: %s", made.untold)
        looks.provide(config, *self._more())
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Set the last build aside, to take over what comes out the same."""
        self.open.close()
        self.store = self.open.enter_context(Store.of(self.root))
        edition = f"live {self.config.audience}" if self.live else f"{self.config.audience} {config.site_dir}"
        self.previous = Previous(config.site_dir, self.store, edition)
        self.previous.set_aside()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages; those that stand in ``docs`` under the same name win."""
        shown = InclusionLevel.is_in_nav
        self.sheets = []
        own = [file.src_uri for file in files.documentation_pages(inclusion=shown)]
        taken, docs = set(files.src_uris), self._docs(config)  # a link to a source is seen from there
        for page in self.pages:
            if page.path in taken:
                log.info("%s in docs takes the place of the page made from records", page.path)
                continue
            edit_uri = posixpath.relpath(page.source, docs) if page.source and docs is not None else None
            if page.parent and config.theme.name == "material" and not self.config.one_by_one:
                self.sheets.append(Sheet(page, edit_uri, config))
                files.append(self.sheets[-1])
                continue
            inclusion = InclusionLevel.NOT_IN_NAV if page.parent else InclusionLevel.UNDEFINED
            file = File.generated(config, page.path, content=page.text, inclusion=inclusion)
            file.edit_uri = edit_uri
            files.append(file)
        looks.put_together(files, config, *self._more())
        if self.search:
            self.search.leave_out(files)
        for item in self.data:
            if item.path not in taken:
                files.append(Loose(item, config, self.previous))
        if config.nav is None:
            paths = {page.path for page in self.pages}
            config.nav = navigation.compose(self.pages, [path for path in own if path not in paths])
        stays = self.live and standing.sure(config) and not self.config.one_by_one
        return self.standing.lay(files, self.previous) if stays else files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Hang the pages outside the navigation under their index, so that tab and path show where a reader is."""
        self.nav = nav
        for page in self.pages:
            file, index = files.get_file_from_path(page.path), files.get_file_from_path(page.parent or "")
            if file and file.page and index and index.page:
                file.page.parent = index.page  # type: ignore[assignment]
        for file in files.documentation_pages(inclusion=InclusionLevel.is_not_in_nav):
            index = files.get_file_from_path(posixpath.join(posixpath.dirname(file.src_uri), "README.md"))
            if file.page and file.page.parent is None and index and index.page:
                file.page.parent = index.page.parent  # a folder of docs is its own entry, and leads to its README
        self.standing.read(files, config, self.search is not None)
        return nav

    def on_post_page(self, output: str, *, page: object, config: MkDocsConfig) -> str:
        """Finish each page: what a browser may load and run for it, and when."""
        del page, config
        return self._finish(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish pages that are no Markdown, too: the one for an address that leads nowhere."""
        del config
        return self._finish(output_content) if template_name.endswith(".html") else output_content

    def _finish(self, whole: str) -> str:
        return frame.finish(whole, live=self.live)

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Describe a page that does not say what it is about by its first paragraph; tell MkDocs the anchors in finished HTML."""
        del config, files
        if page.present_anchor_ids is not None:
            page.present_anchor_ids.update(unescape(name) for name in _ANCHOR.findall(html))
        if not page.meta.get("description"):
            page.meta["description"] = escape(head.description(html))
        return setting.sparse(html) if page.file.src_uri in self.records else html

    def on_page_context(
        self, context: TemplateContext, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Say in the head what a link to the page shows elsewhere, and where the feeds are; let the search find it."""
        del config, nav
        if self.search:
            self.search.add_page(page)
        return self._dress(context, page)

    def _dress(self, context: TemplateContext, page: MkDocsPage) -> TemplateContext:
        title, said = (unescape(str(text or "")) for text in (page.title, page.meta.get("description")))
        made = head.Head(page.url, title, said, unescape(context["config"].site_name), page.canonical_url or "")
        context["incidentbook_head"] = made.markup  # type: ignore[typeddict-unknown-key] # for our template
        return context

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Write the pages of single records, now that every other page is known and read."""
        if self.nav is None:
            return env
        if self.live:
            env.bytecode_cache = self.standing.templates
        self.left = self.standing.settle(files, self.nav, config)
        index = None if self.search else getattr(config.plugins.get(search.PLUGIN), "search_index", None)
        for page in self.left:
            if self.search:
                self.search.add_page(page)
            elif index is not None and not self.standing.find(index, page.url):
                index.add_entry_from_context(page)
        if not self.sheets:
            return env
        theme = Theme(env, config, self.nav, files, self._dress)
        self.articles = Articles(config, files, self.store, self.config.audience, found=self.search is not None)
        for printed in run.Run(self.articles, theme, self._finish, self.previous).write(self.sheets):
            if self.search:
                self.search.add_printed(printed)
            elif index is not None and not (printed.unread and self.standing.find(index, printed.sheet.url)):
                index.add_entry_from_context(printed.found())
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List the pages of single records in the sitemap, too."""
        if template_name == "sitemap.xml":
            added = [cast("File", SimpleNamespace(page=sheet.addressed(config))) for sheet in self.sheets]
            context["pages"] = [*context["pages"], *(page.file for page in self.left), *added]
        return context

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what finds the pages, now that all of them are there, and take away what is left of the last build."""
        if self.search:
            try:
                self.search.write(config, self.store, self.previous)
            except IncidentbookError as error:
                raise _refused(error) from error
        if self.articles:
            self.articles.keep()  # a search may have asked for more
        index = getattr(config.plugins.get(search.PLUGIN), "search_index", None)
        if self.live:
            self.standing.keep(index.entries if index is not None and not self.search else [])
        self.previous.drop()
        self.open.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Close what a build that fails leaves open, and rely on nothing that it wrote."""
        del error
        self.standing = standing.Standing()
        self.open.close()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Rebuild when a record or the policy changes."""
        del config, builder
        for name in files.FOLDERS:
            if (self.root / name).is_dir():
                server.watch(str(self.root / name))
        return server

    def _more(self) -> tuple[Path, ...]:
        """Return folders of the theme that only some sites need."""
        return (site.PAGEFIND,) if self.search else ()

    def _docs(self, config: MkDocsConfig) -> str | None:
        """Return where ``docs`` is in the knowledge base; None where it is elsewhere."""
        docs = Path(config.docs_dir).resolve()
        return docs.relative_to(self.root).as_posix() if docs.is_relative_to(self.root) else None


def _refused(error: IncidentbookError) -> PluginError:
    return PluginError(f"{error}. {error.hint}".rstrip())


def _instant(repo: Repository, text: str | dt.date | None) -> dt.datetime | None:
    if text is None:
        return None
    if isinstance(text, dt.datetime) and text.tzinfo is not None:  # YAML has read it
        return text
    moment = parse_instant(text.isoformat() if isinstance(text, dt.date) else text, repo.zone)
    if moment is None:
        raise PluginError(
            f"as_of: {text} is neither a day (2025-01-31) nor a time with an offset (2025-01-31T14:00:00Z)"
        )
    return moment
