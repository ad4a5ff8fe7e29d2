"""The figures of one month, for tests of single metrics."""

from __future__ import annotations

import datetime as dt

from incidentbook import metrics
from incidentbook.figures import Figure
from incidentbook.periods import Window
from incidentbook.repository import Repository
from kb import at

END = at("2025-02-01")


def measured(knowledge_base: Repository, now: dt.datetime = END, start: str = "2025-01-01") -> dict[str, Figure]:
    """Return all figures by key, of the window from ``start`` to the end of January 2025."""
    window = Window(at(start), END, "January")
    return {figure.key: figure for figure in metrics.measure(knowledge_base, window, now).figures}
