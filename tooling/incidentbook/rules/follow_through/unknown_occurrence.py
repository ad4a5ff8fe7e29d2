"""An occurrence that the rule of its action item does not have.

What it checks
    Each entry of an action item's `occurrences` is due on a day that its `recurrence` has, counted from its due day, and is named
    once.

Why it matters
    An occurrence that is told of under another day stays owed: it turns overdue though it was done, and what was written says
    nothing.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Drill the failover
        status: scheduled
        owner: database
        due: 2025-04-01
        recurrence: FREQ=MONTHLY;INTERVAL=3
        occurrences: [{due: 2025-06-30, completed: 2025-06-30}]

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Drill the failover
        status: scheduled
        owner: database
        due: 2025-04-01
        recurrence: FREQ=MONTHLY;INTERVAL=3
        occurrences: [{due: 2025-07-01, completed: 2025-06-30}]
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records import recurrence
from incidentbook.records.time import parse_date
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB610"
NAME = "unknown-occurrence"
SUMMARY = "An occurrence is not one of its action item"
GRADE = Grade.WARNING
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the day of every occurrence that is none, or is told of a second time."""
    del context
    for path, item in walk.find(entry.document.value, "action_items.*"):
        told = list(walk.texts(item, "occurrences.*.due"))
        first = parse_date(item.get("due")) if told else None
        if first is None:
            continue
        last = max((day for _, text in told if (day := parse_date(text))), default=first)
        known = set(_days(item.get("recurrence"), first, last))
        for below, text in told:
            day = parse_date(text)
            if day in known:
                known.remove(day)
            elif day is not None:
                name = words.shown(item.get("id", "this action item"))
                hint = "Name the day that it was due on by its rule, once; the day on which it was done is `completed`."
                yield Hit(
                    Place(entry, (*path, *below)), f"{name} has no occurrence on {day}, or it is told of twice", hint
                )


def _days(rule: Any, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """Return the due days up to ``last``."""
    return itertools.takewhile(lambda day: day <= last, recurrence.days(rule if isinstance(rule, str) else "", first))
