"""A page of the published knowledge base: Markdown, and what a site engine has to know about it."""

from __future__ import annotations

import html
import json

from incidentbook.frozen import frozen
from incidentbook.site.says import Says, text_of


@frozen
class Page:
    """One page.

    Attributes:
        path: where it stands among the pages, with forward slashes (``incidents/INC-2025-001.md``).
        title: for the browser's title bar and search results; plain text, not trusted.
        says: its content, or what writes it, for whoever comes to need it.
        description: one or two plain sentences for search engines.
        source: the record it was made from, relative to the root; empty for a page made of many.
        parent: the index page that leads to it; empty for a page that stands in the navigation itself.
        hide: parts of the frame that would stand empty or in the way: ``navigation``, ``toc``.
        searchable: whether full-text search should find it; lists would drown the pages that they list.
        boost: how much more a hit here counts than one elsewhere.
        basis: stands for everything that the content is made from: it is what it was where this is what it was. Empty where
            nobody knows.
        facets: what a search can be narrowed to, by name (``Severity``); plain text, of what the reader may see.

    """

    path: str
    title: str
    says: Says
    description: str = ""
    source: str = ""
    parent: str = ""
    hide: tuple[str, ...] = ()
    searchable: bool = True
    boost: float = 1.0
    basis: str = ""
    facets: tuple[tuple[str, str], ...] = ()

    @property
    def content(self) -> str:
        """Markdown with a first-level heading, safe to render."""
        return text_of(self.says)

    @property
    def text(self) -> str:
        """The whole file: front matter in JSON (which is YAML too, and which no text can break out of), then the content.

        Title and description are escaped for HTML, because themes put them into the page's head as they are.
        """
        meta: dict[str, object] = {"title": html.escape(self.title)}
        if self.description:
            meta["description"] = html.escape(self.description)
        if self.hide:
            meta["hide"] = list(self.hide)
        meta |= self.search
        lines = (f"{key}: {json.dumps(value)}" for key, value in meta.items())
        return "---\n" + "\n".join(lines) + "\n---\n\n" + self.content

    @property
    def search(self) -> dict[str, object]:
        """What the front matter says to the theme's search."""
        if not self.searchable:
            return {"search": {"exclude": True}}
        return {"search": {"boost": self.boost}} if self.boost != 1.0 else {}
