"""Standing type: in a preview, pages that come out as they did are left as they are.

MkDocs reads and renders every page whenever anything changes. While it serves, we remember what it read, and leave a page out of
its hands where its source is what it was; the page that it wrote stays where everything around it is what it was, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import TableOfContents

from incidentbook.frozen import frozen
from incidentbook.press.previous import Previous
from incidentbook.press.search import PLUGIN
from incidentbook.press.sheet import OURS

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

# Whose pages depend on their source and on nothing else that could change: others may read any file, or the network.
_PLUGINS = {PLUGIN, OURS}
_EXTENSIONS = {
    "abbr",
    "admonition",
    "attr_list",
    "codehilite",
    "def_list",
    "extra",
    "fenced_code",
    "footnotes",
    "legacy_attrs",
}
_EXTENSIONS |= {"legacy_em", "md_in_html", "meta", "nl2br", "sane_lists", "smarty", "tables", "toc", "wikilinks"}
_FAMILIES = ("markdown.extensions.", "pymdownx.", "incidentbook.")
_READERS = {"pymdownx.snippets", "pymdownx.b64"}


def sure(config: MkDocsConfig) -> bool:
    """Whether nothing in a site's configuration makes a page from anything but its source and the navigation."""
    return (
        config.theme.name == "material"
        and not config.theme.custom_dir
        and not config.hooks
        and set(config.plugins) <= _PLUGINS
        and all(map(_reads_nothing, config.markdown_extensions))
    )


def _reads_nothing(extension: str) -> bool:
    return extension in _EXTENSIONS or (extension.startswith(_FAMILIES) and extension not in _READERS)


class Leaf(File):
    """A page that MkDocs reads and renders, unless it stands."""

    stands = False
    previous: Previous

    @classmethod
    def of(cls, file: File, previous: Previous) -> Leaf:
        """Return the same file as a leaf, whose page may be taken over from the last build."""
        leaf = cls(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls)
        vars(leaf).update(vars(file))
        leaf.previous = previous
        return leaf

    def is_documentation_page(self) -> bool:
        """Say whether MkDocs has to look after it."""
        return not self.stands and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as MkDocs has it
        """Take its page over from the last build."""
        del dirty
        self.previous.take(self.abs_dest_path)


@frozen
class Proof:
    """What MkDocs read of a page.

    Attributes:
        source: its Markdown, with the data at its top.
        title: as MkDocs found it.
        meta: the data at its top.
        content: as HTML.
        toc: its table of contents.
        anchors: names that can be linked to.
        links: by the path of a page, which of its anchors it links to and how that is written.

    """

    source: str
    title: str | None
    meta: Mapping[str, Any]
    content: str
    toc: TableOfContents
    anchors: frozenset[str]
    links: Mapping[str, dict[str, str]]

    @classmethod
    def of(cls, source: str, page: Page) -> Proof:
        """Return what was read of a page."""
        links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
        anchors = frozenset(page.present_anchor_ids or ())
        return cls(source, page.title, dict(page.meta), page.content or "", page.toc, anchors, links)

    def fill(self, page: Page, files: Files) -> None:
        """Make a page what it would be, had MkDocs read it."""
        page.markdown, page.content, page.toc = "", self.content, self.toc
        page.title, page.meta = self.title, dict(self.meta)
        page.present_anchor_ids = set(self.anchors)
        known = ((files.get_file_from_path(path), found) for path, found in self.links.items())
        page.links_to_anchors = {file: found for file, found in known if file is not None}


class Standing:
    """What the last build of a preview knows of its pages."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._proofs: dict[str, Proof] = {}
        self._read: dict[str, str] = {}
        self._sources: object = None
        self._around: object = None
        self._entries: dict[str, list[dict[str, Any]]] = {}
        self.templates = Templates()

    def lay(self, files: Files, previous: Previous) -> Files:
        """Return the files of a site with those of its pages as leaves."""
        pages = {file.src_uri for file in files.documentation_pages()}
        return Files(Leaf.of(file, previous) if file.src_uri in pages else file for file in files)

    def read(self, files: Files, config: MkDocsConfig, more: object) -> None:
        """Take what was read of a page whose source is what it was out of MkDocs' hands.

        Args:
            files: of the site, with their pages.
            config: of the site.
            more: anything else that pages depend on.

        """
        written = Path(config.config_file_path).read_bytes()
        addresses = [(file.src_uri, file.url, file.inclusion) for file in files]
        sources = (config.config_file_path, written, config.site_dir, more, addresses)
        known, self._sources = sources == self._sources and b"INHERIT" not in written, sources
        self._read = {}
        for leaf in _leaves(files):
            source = _text(leaf)
            if source is None or leaf.page is None:
                continue  # MkDocs says what is wrong with it
            self._read[leaf.src_uri] = source
            proof = self._proofs.get(leaf.src_uri)
            if known and proof is not None and proof.source == source:
                proof.fill(leaf.page, files)
                leaf.stands = True

    def settle(self, files: Files, nav: Navigation, config: MkDocsConfig) -> list[Page]:
        """Return the pages that stay as they are; the others MkDocs renders, now that all of them are read."""
        leaves = [leaf for leaf in _leaves(files) if leaf.page is not None and leaf.src_uri in self._read]
        self._proofs = {leaf.src_uri: Proof.of(self._read[leaf.src_uri], leaf.page) for leaf in leaves if leaf.page}
        around = [*map(_entry, nav), *(_entry(leaf.page) for leaf in leaves)]
        same, self._around = around == self._around, around
        left = []
        for leaf in leaves:
            leaf.stands = leaf.stands and same and leaf.previous.has(leaf.abs_dest_path)
            if leaf.stands and leaf.page is not None:
                leaf.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
                left.append(leaf.page)
        return left

    def find(self, index: Any, url: str) -> bool:
        """Give a page the entries in the theme's own search index that it had in the last build; say whether it had any."""
        entries = self._entries.get(url, [])
        index.entries.extend(entries)
        return bool(entries)

    def keep(self, entries: list[dict[str, Any]]) -> None:
        """Remember the entries of the theme's own search index by their pages."""
        self._entries = {}
        for entry in entries:
            self._entries.setdefault(entry["location"].partition("#")[0], []).append(entry)


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


def _leaves(files: Files) -> Iterator[Leaf]:
    return (file for file in files if isinstance(file, Leaf))


def _text(leaf: Leaf) -> str | None:
    try:
        return leaf.content_string
    except (OSError, ValueError):
        return None


def _entry(item: Any) -> object:
    """Return what the theme shows elsewhere of a page, a section or a link: all but what stands on its own page only."""
    meta = {name: value for name, value in getattr(item, "meta", {}).items() if name not in ("description", "search")}
    parent = item.parent.title if item.parent else None
    return item.title, getattr(item, "url", None), parent, meta, [_entry(child) for child in item.children or ()]
