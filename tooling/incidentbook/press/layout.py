"""Layout: which files of a site the pages of a knowledge base become, and where they hang."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from incidentbook.press.sheet import Sheet

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from incidentbook.site.page import Page

log = get_plugin_logger(__name__)


def add_pages(
    files: Files, config: MkDocsConfig, pages: Sequence[Page], root: Path, *, one_by_one: bool
) -> list[Sheet]:
    """Add pages to the files of a site; those that stand in ``docs`` under the same name win.

    Args:
        files: of the site.
        config: of the site.
        pages: to be added.
        root: of the knowledge base.
        one_by_one: whether MkDocs itself is to render the page of each record.

    Returns:
        Those that MkDocs does not render.

    """
    sheets = []
    taken, docs = set(files.src_uris), _docs(config, root)
    for page in pages:
        if page.path in taken:
            log.info("%s in docs takes the place of the page made from records", page.path)
            continue
        edit_uri = posixpath.relpath(page.source, docs) if page.source and docs is not None else None
        if page.parent and config.theme.name == "material" and not one_by_one:
            sheets.append(Sheet(page, edit_uri, config))
            files.append(sheets[-1])
            continue
        inclusion = InclusionLevel.NOT_IN_NAV if page.parent else InclusionLevel.UNDEFINED
        file = File.generated(config, page.path, content=page.text, inclusion=inclusion)
        file.edit_uri = edit_uri
        files.append(file)
    return sheets


def _docs(config: MkDocsConfig, root: Path) -> str | None:
    """Return where ``docs`` is in the knowledge base, from where a link to a source is seen; None where it is elsewhere."""
    docs = Path(config.docs_dir).resolve()
    return docs.relative_to(root).as_posix() if docs.is_relative_to(root) else None


def hang(files: Files, pages: Iterable[Page]) -> None:
    """Hang the pages outside the navigation under their index, so that tab and path show where a reader is."""
    for page in pages:
        file, index = files.get_file_from_path(page.path), files.get_file_from_path(page.parent or "")
        if file and file.page and index and index.page:
            file.page.parent = index.page  # type: ignore[assignment]
    for file in files.documentation_pages(inclusion=InclusionLevel.is_not_in_nav):
        index = files.get_file_from_path(posixpath.join(posixpath.dirname(file.src_uri), "README.md"))
        if file.page and file.page.parent is None and index and index.page:
            file.page.parent = index.page.parent  # a folder of docs is its own entry, and leads to its README
