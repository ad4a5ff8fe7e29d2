"""A file of the published knowledge base that is no page: a feed, a calendar, JSON for programs."""

from __future__ import annotations

from incidentbook.frozen import frozen


@frozen
class DataFile:
    """One file.

    Attributes:
        path: where it stands below the root of the site, with forward slashes (``feeds/incidents.xml``).
        text: all of it; UTF-8 when it is written.

    """

    path: str
    text: str
