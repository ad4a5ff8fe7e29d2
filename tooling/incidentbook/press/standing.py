"""Standing type: in a preview, pages that come out as they did are left as they are.

MkDocs reads and renders every page whenever anything changes. While it serves, we remember what it read, and leave a page out of
its hands where its source is what it was; the page that it wrote stays where everything around it is what it was, too.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from mkdocs.structure.files import File, Files

from incidentbook.press.builtin import Builtin
from incidentbook.press.leaf import Leaf, Proof
from incidentbook.press.previous import Previous
from incidentbook.press.search import PLUGIN
from incidentbook.press.sheet import OURS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

# Whose pages depend on their source and on nothing else that could change: others may read any file, or the network.
_PLUGINS = {PLUGIN, OURS}
_EXTENSIONS = frozenset({
    *("abbr", "admonition", "attr_list", "codehilite", "def_list", "extra", "fenced_code", "footnotes", "legacy_attrs"),
    *("legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"),
})  # fmt: skip
_FAMILIES = ("markdown.", "pymdownx.", "material.", "incidentbook.")
_READERS = {"pymdownx.snippets", "pymdownx.b64"}


def sure(config: MkDocsConfig) -> bool:
    """Whether nothing in a site's configuration makes a page from anything but its source and the navigation."""
    return (
        config.theme.name == "material"
        and not config.theme.custom_dir
        and not config.hooks
        and set(config.plugins) <= _PLUGINS
        and all(map(_reads_nothing, config.markdown_extensions))
        and all(called.startswith(_FAMILIES) for called in _calls(config.mdx_configs))
    )


def _reads_nothing(extension: str) -> bool:
    name = extension.partition(":")[0]
    return name in _EXTENSIONS or (name.startswith(_FAMILIES) and name not in _READERS)


def _calls(options: object) -> Iterator[str]:
    """Yield the modules of all functions among options."""
    if callable(options):
        yield f"{getattr(options, '__module__', '')}."
    elif isinstance(options, Mapping):
        yield from _calls([*options.values()])
    elif isinstance(options, list | tuple):
        for each in options:
            yield from _calls(each)


class Standing:
    """What the last build of a preview knows of its pages."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.templates = Templates()
        self.search: Builtin | None = None
        self._proofs: dict[str, Proof] = {}
        self._rest: object = None
        self._around = ""
        self._written = b""
        self._sources: dict[str, str] = {}
        self._spoke: set[str] = set()
        self._ears = _Ears()

    def begin(self, config: MkDocsConfig) -> None:
        """Begin a build: note the configuration, before somebody changes it again."""
        self._written = Path(config.config_file_path).read_bytes() if config.config_file_path else b""

    def lay(self, files: Files, previous: Previous) -> Files:
        """Return the files of a site with those of its pages as leaves."""
        pages = {file.src_uri for file in files.documentation_pages()}
        return Files(Leaf.of(file, previous) if file.src_uri in pages else file for file in files)

    def read(self, files: Files, config: MkDocsConfig, *, pagefind: bool) -> None:
        """Take pages whose source is what it was out of MkDocs' hands.

        Args:
            files: of the site, with their pages.
            config: of the site.
            pagefind: whether that finds its pages.

        """
        addresses = [(file.src_uri, file.url, file.inclusion) for file in files]
        rest = (config.config_file_path, self._written, config.site_dir, pagefind, addresses, _templates(config))
        known, self._rest = rest == self._rest and b"INHERIT" not in self._written, rest
        self._sources, self._spoke = {}, set()
        for leaf in _leaves(files):
            source = leaf.text
            if source is None or leaf.page is None or not leaf.inclusion.is_included():  # type: ignore[no-untyped-call]
                continue
            self._sources[leaf.src_uri] = source
            proof = self._proofs.get(leaf.src_uri)
            if known and proof is not None and proof.source == source:
                proof.fill(leaf.page, files)
                leaf.away = True
        self._ears.open()

    def source(self, page: Page) -> str | None:
        """Return what stood in a page's file when we looked: MkDocs is to read the same; None where it may see for itself."""
        return self._sources.get(page.file.src_uri)

    def was_read(self, page: Page) -> None:
        """Note whether MkDocs had anything to say of a page that it just read: it is to say so in each build."""
        if self._ears.heard():
            self._spoke.add(page.file.src_uri)

    def settle(self, files: Files, nav: Navigation, config: MkDocsConfig) -> list[Page]:
        """Return the pages that stay as they are; the others MkDocs renders, now that all of them are read."""
        self._ears.close()
        pages = [
            (leaf, leaf.page) for leaf in _leaves(files) if leaf.page is not None and leaf.src_uri in self._sources
        ]
        self._proofs = {
            leaf.src_uri: Proof.of(self._sources[leaf.src_uri], page)
            for leaf, page in pages
            if leaf.src_uri not in self._spoke
        }
        around = repr([*map(_entry, nav), *(_entry(page) for _, page in pages)])
        same, self._around = around == self._around, around
        places = Counter([*(file.dest_uri for file in files), *config.theme.static_templates, *config.extra_templates])
        for leaf, page in pages:
            alone = places[leaf.dest_uri] == 1  # of two files in one place the last one wins
            leaf.away = leaf.away and same and alone and leaf.previous.has(leaf.abs_dest_path)
            if leaf.away:
                page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        return [page for leaf, page in pages if leaf.away]

    def end(self) -> None:
        """End a build, however it went."""
        self._ears.close()


def pages(files: Files) -> list[File]:
    """Return the pages of a site as MkDocs would list them if none were away."""
    return [leaf for leaf in _leaves(files) if leaf.inclusion.is_included()]  # type: ignore[no-untyped-call]


class Templates(jinja2.BytecodeCache):
    """Templates that were compiled; Jinja itself sees when a source has changed."""

    def __init__(self) -> None:
        """Begin with none."""
        self._compiled: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Give a template that is there."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take a template."""
        self._compiled[bucket.key] = bucket.bytecode_to_string()


class _Ears(logging.Handler):
    """Hears whether MkDocs says anything that its level lets through."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._heard = False

    def open(self) -> None:
        logging.getLogger("mkdocs").addHandler(self)
        self._heard = False

    def close(self) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        del record
        self._heard = True

    def heard(self) -> bool:
        heard, self._heard = self._heard, False
        return heard


def _leaves(files: Files) -> Iterator[Leaf]:
    return (file for file in files if isinstance(file, Leaf))


def _templates(config: MkDocsConfig) -> list[tuple[str, int]]:
    """Return when each template of the theme was changed: whoever works on one watches it."""
    found = (
        path for folder in config.theme.dirs for kind in ("*.html", "*/*.html") for path in Path(folder).glob(kind)
    )
    return [(str(path), path.stat().st_mtime_ns) for path in found]


def _entry(item: Any) -> object:
    """Return what the theme shows elsewhere of a page, a section or a link: all but what stands on its own page only."""
    meta = {name: value for name, value in getattr(item, "meta", {}).items() if name not in ("description", "search")}
    parent = item.parent.title if item.parent else None
    return item.title, getattr(item, "url", None), parent, meta, [_entry(child) for child in item.children or ()]
