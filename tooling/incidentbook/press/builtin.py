"""The theme's own search, told of the pages that MkDocs does not render."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentbook.press.search import PLUGIN

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

    from incidentbook.press.run import Printed


class Builtin:
    """The search index of one build; a preview hands on what the last one found."""

    def __init__(self, config: MkDocsConfig, last: Builtin | None) -> None:
        """Take the index of a site that is being built, and what was found in the ``last`` build of a preview."""
        plugin: Any = config.plugins.get(PLUGIN)
        self._index = plugin.search_index if plugin and plugin.config["enabled"] else None
        self._known: dict[str, list[dict[str, Any]]] = {}
        for entry in last.entries if last else ():
            self._known.setdefault(entry["location"].partition("#")[0], []).append(entry)

    @property
    def entries(self) -> list[dict[str, Any]]:
        """What is found: addresses with titles and texts."""
        return self._index.entries if self._index is not None else []

    def add_page(self, page: Page) -> None:
        """Add a page that stays as the last build wrote it."""
        if self._index is not None and not self._again(page.url):
            self._index.add_entry_from_context(page)

    def add_printed(self, printed: Printed) -> None:
        """Add the page of a single record."""
        if self._index is not None and not (printed.taken_over and self._again(printed.sheet.url)):
            self._index.add_entry_from_context(printed.found())

    def _again(self, url: str) -> bool:
        """Find on a page what the last build found there; say whether that was anything."""
        entries = self._known.get(url, [])
        self.entries.extend(entries)
        return bool(entries)
