"""The burn-down of action items from the past of a knowledge base, as plain series for the chart."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection

from incidentbook.charts.scope import Levels
from incidentbook.chronicle import burndown
from incidentbook.chronicle.lives import lives
from incidentbook.history.past import Past
from incidentbook.periods import Window

DEFINITION = (
    "action items by what Git held at the end of each month: open are committed to and not finished, overdue are late by the due "
    "day of then without a waiver"
)


def levels(past: Past, window: Window, shown: Collection[str] | None = None) -> Levels:
    """Return how many action items were open, overdue and done at the end of each month of ``window``.

    Args:
        past: of the knowledge base; what it holds of other times cannot be told from what is narrower now.
        window: the time.
        shown: the ids of the items that a reader may see; all that there ever were for None.

    """
    found = lives(past, window.end)
    items = {name: life for name, life in found.items.items() if shown is None or name in shown}
    told = burndown.levels(dataclasses.replace(found, items=items), burndown.stretches(window, burndown.MONTHS))
    rows = [
        {"label": level.window.label, "partial": level.window.partial}
        | {"open": level.open, "overdue": level.overdue, "done": level.done}
        for level in told
    ]
    return Levels(rows, DEFINITION, len(items))
