"""The MkDocs plugin: hooks that hand the pages of ``site`` over. What a page says is decided there, not here."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from html import escape, unescape
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, cast

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files, InclusionLevel

from incidentbook import files, site
from incidentbook.errors import IncidentbookError
from incidentbook.press import layout, looks, options, run, search, setting, standing
from incidentbook.press.article import Articles
from incidentbook.press.builtin import Builtin
from incidentbook.press.frame import Theme
from incidentbook.press.previous import Previous
from incidentbook.press.sheet import Loose, Sheet
from incidentbook.records.vocabulary import Disclosure
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
    from mkdocs.structure.files import File
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page as MkDocsPage
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger(__name__)
_ANCHOR = re.compile(r'<[^<>]*\sid="([^"]+)"')


class IncidentbookPlugin(BasePlugin[options.PluginConfig]):  # type: ignore[no-untyped-call] # MkDocs types all but this hook
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
        self.files: Files | None = None
        self.live = False
        self.standing: standing.Standing | None = None  # of a preview, from build to build
        self.open = contextlib.ExitStack()  # what is open while a site is built
        self.progress: Progress | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview: its pages hold MkDocs' own script, and most of them need not be made again."""
        self.live = command == "serve"
        self.standing = standing.Standing() if self.live and not dirty else None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read the knowledge base and render its pages; see to what they need of the configuration."""
        if self.standing:
            self.standing.begin(config)
        folder = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            self.root = files.find_root(folder / self.config.root)
            made = edition.make(
                self.root,
                Disclosure(self.config.audience),
                lambda repo: options.instant(repo, cast("str | dt.date | None", self.config.as_of)),
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
        own = [file.src_uri for file in files.documentation_pages(inclusion=InclusionLevel.is_in_nav)]
        taken = set(files.src_uris)
        self.sheets = layout.add_pages(files, config, self.pages, self.root, one_by_one=self.config.one_by_one)
        looks.put_together(files, config, *self._more())
        if self.search:
            self.search.leave_out(files)
        for item in self.data:
            if item.path not in taken:
                files.append(Loose(item, config, self.previous))
        if config.nav is None:
            paths = {page.path for page in self.pages}
            config.nav = navigation.compose(self.pages, [path for path in own if path not in paths])
        if self.standing and standing.sure(config) and not self.config.one_by_one:
            return self.standing.lay(files, self.previous)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Hang the pages outside the navigation under their index, so that tab and path show where a reader is."""
        self.nav = nav
        layout.hang(files, self.pages)
        if self.standing:
            self.standing.read(files, config, pagefind=self.search is not None)
        return nav

    def on_page_read_source(self, *, page: MkDocsPage, config: MkDocsConfig) -> str | None:
        """Let MkDocs read what a preview compares, though somebody writes on."""
        del config
        return self.standing.source(page) if self.standing else None

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
        if self.standing:
            self.standing.was_read(page)
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
        self.files = files
        finder = self.search or Builtin(config, self.standing.search if self.standing else None)
        if self.standing:
            env.bytecode_cache = self.standing.templates
            for page in self.standing.settle(files, self.nav, config):
                finder.add_page(page)
            self.standing.search = finder if isinstance(finder, Builtin) else None
        if not self.sheets:
            return env
        theme = Theme(env, config, self.nav, files, self._dress)
        self.articles = Articles(config, files, self.store, self.config.audience, found=self.search is not None)
        for printed in run.Run(self.articles, theme, self._finish, self.previous).write(self.sheets):
            finder.add_printed(printed)
        return env

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """List the pages that MkDocs has not rendered: in a preview those that stay, in the sitemap those of single records."""
        listed = standing.pages(self.files) if self.files else []
        context["pages"] = listed or context["pages"]
        if template_name == "sitemap.xml":
            added = [SimpleNamespace(page=sheet.addressed(config)) for sheet in self.sheets]
            context["pages"] = [*context["pages"], *cast("list[File]", added)]
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
        if self.standing:
            self.standing.end()
        self.previous.drop()
        self.open.close()

    def on_build_error(self, *, error: Exception) -> None:
        """Close what a build that fails leaves open, and rely on nothing that it wrote."""
        del error
        if self.standing:
            self.standing.end()
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


def _refused(error: IncidentbookError) -> PluginError:
    return PluginError(f"{error}. {error.hint}".rstrip())
