"""Leaves: pages that MkDocs reads and renders, which can be taken out of its hands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, Files
from mkdocs.structure.toc import TableOfContents

from incidentbook.frozen import frozen
from incidentbook.press.previous import Previous

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page


class Leaf(File):
    """The file of a page.

    While it is ``away``, MkDocs takes it for a file to be copied, and neither reads nor renders it.
    """

    away = False
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
        return not self.away and super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as MkDocs has it
        """Take its page over from the last build."""
        del dirty
        self.previous.take(self.abs_dest_path)

    @property
    def text(self) -> str | None:
        """What stands in it; None where it cannot be read, of which MkDocs says why."""
        try:
            return self.content_string
        except (OSError, ValueError):
            return None


@frozen
class Proof:
    """What MkDocs read of a page.

    Attributes:
        source: the file as it stands.
        markdown: that without the data at its top.
        title: as MkDocs found it.
        meta: the data at its top.
        content: as HTML.
        toc: its table of contents.
        anchors: names that can be linked to.
        links: by the path of a page, which of its anchors it links to and how that is written.

    """

    source: str
    markdown: str
    title: str | None
    meta: Mapping[str, Any]
    content: str
    toc: TableOfContents
    anchors: frozenset[str]
    links: Mapping[str, dict[str, str]]

    @classmethod
    def of(cls, source: str, page: Page) -> Proof:
        """Return what was read of a page."""
        return cls(
            source,
            page.markdown or "",
            page.title,
            dict(page.meta),
            page.content or "",
            page.toc,
            frozenset(page.present_anchor_ids or ()),
            {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()},
        )

    def fill(self, page: Page, files: Files) -> None:
        """Make a page what it would be, had MkDocs read it."""
        page.markdown, page.content, page.toc = self.markdown, self.content, self.toc
        page.title, page.meta = self.title, dict(self.meta)
        page.present_anchor_ids = set(self.anchors)
        known = ((files.get_file_from_path(path), found) for path, found in self.links.items())
        page.links_to_anchors = {file: found for file, found in known if file is not None}
