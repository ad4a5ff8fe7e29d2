"""A file of the published knowledge base that is no page: a feed, a calendar, JSON for programs."""

from __future__ import annotations

from incidentbook.frozen import frozen
from incidentbook.site.says import Says, text_of


@frozen
class DataFile:
    """One file.

    Attributes:
        path: where it stands below the root of the site, with forward slashes (``feeds/incidents.xml``).
        says: all of it, or what writes it, for whoever comes to need it.
        basis: stands for everything that it is made from, as that of a page does. Empty where nobody knows.

    """

    path: str
    says: Says
    basis: str = ""

    @property
    def text(self) -> str:
        """All of it; UTF-8 when it is written."""
        return text_of(self.says)
