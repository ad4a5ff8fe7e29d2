"""A timeline that is not in order.

What it checks
    Each entry of the timeline lies at or after the one above it. Where times are uncertain, only what cannot be in order is
    reported.

Why it matters
    A reader takes the lines of a timeline for what happened, one after the other. Reports put them in order; the file and
    its differences in review do not.

Bad example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t2, at: 2025-01-15T04:45:00Z, kind: recovery, text: Requests succeed again}
      - {id: t1, at: 2025-01-15T02:30:00Z, kind: alert, text: Every request ends in an error}

Good example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, kind: alert, text: Every request ends in an error}
      - {id: t2, at: 2025-01-15T04:45:00Z, kind: recovery, text: Requests succeed again}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Fix, Grade
from incidentbook.records.time import Moment
from incidentbook.reorder import reorder
from incidentbook.rules import Hit, KeyPath, Place, walk
from incidentbook.rules.context import Context

CODE = "IB210"
NAME = "timeline-order"
SUMMARY = "A timeline is not in order"
GRADE = Grade.INFO
FIX = """\
The entries are put in order, each moved whole with its comments; those of the same instant keep their order. Nothing is moved
where a time is uncertain or unreadable, where a comment could belong to something else, or in a list on one line."""
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every entry that cannot lie at or after the one above it."""
    del context
    above: tuple[KeyPath, Moment] | None = None
    fix: Fix | None = None
    for path, value in walk.find(entry.document.value, "timeline.*.at"):
        moment = Moment.from_plain(value)
        if moment is None:
            continue
        if above is not None and (moment.latest or moment.at) < (above[1].earliest or above[1].at):
            message = f"This timeline entry is of {moment.written}, and the one above it of {above[1].written}"
            before = Place(entry, above[0], message="the entry above it")
            fix = fix or _in_order(entry)
            yield Hit(Place(entry, path), message, "Move it up, or correct its time.", related=(before,), fix=fix)
        above = (path, moment)


def _in_order(entry: Entry[Any]) -> Fix | None:
    """Offer the whole timeline in order; None unless every entry has one time that is certain."""
    items = entry.document.value["timeline"]
    moments = [Moment.from_plain(item.get("at")) if isinstance(item, dict) else None for item in items]
    times = [moment.at for moment in moments if moment and moment.earliest is None and moment.latest is None]
    if len(times) != len(moments):
        return None
    edit = reorder(entry.document, ("timeline",), sorted(range(len(times)), key=times.__getitem__))
    return Fix("Put the timeline in order", (edit,)) if edit is not None else None
