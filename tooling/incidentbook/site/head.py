"""What stands in the head of every page besides the theme's own: what a link to it shows elsewhere, and the feeds.

Open Graph: https://ogp.me. No picture is named: there is none of the page, and one from elsewhere would be asked for.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator

from incidentbook.frozen import frozen
from incidentbook.site import feeds, wording

_LONGEST = 160
_FEED = (
    "feed alternate"  # tokens: what stands as `alternate` alone, the theme's script takes for a translation of the site
)
_PARAGRAPH = re.compile(r"<p(?:\s[^>]*)?>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@frozen
class Head:
    """A page as its head tells it; texts are plain and not trusted.

    Attributes:
        url: of the page below the root of the site (``incidents/INC-2025-001/``).
        title: of the page.
        description: one or two sentences; empty where there is none.
        site_name: of the site.
        address: of the page in the web; empty where that of the site is not known.

    """

    url: str
    title: str
    description: str
    site_name: str
    address: str = ""

    @property
    def markup(self) -> str:
        """The elements, one a line."""
        return "\n".join([*self._graph(), *self._feeds()])

    def _graph(self) -> Iterator[str]:
        home = self.url in ("", "./", "index.html")
        told = {
            "og:type": "website" if home else "article",
            "og:site_name": self.site_name,
            "og:title": self.site_name if home else self.title,
            "og:description": self.description,
            "og:url": self.address,
        }
        yield from (f'<meta property="{name}" content="{html.escape(value)}">' for name, value in told.items() if value)

    def _feeds(self) -> Iterator[str]:
        folder = posixpath.dirname(self.url) or "."
        for module in feeds.registry():
            if module.MEDIA == feeds.ATOM:
                href = posixpath.relpath(module.PATH, folder)
                yield f'<link rel="{_FEED}" type="{module.MEDIA}" title="{html.escape(module.TITLE)}" href="{href}">'


def description(page: str) -> str:
    """Return the first paragraph of a page's HTML as plain text, cut at a word; empty where it has none."""
    for match in _PARAGRAPH.finditer(page):
        said = " ".join(html.unescape(_TAG.sub("", match[1])).split())
        if said:
            return wording.shortened(said, _LONGEST)
    return ""
