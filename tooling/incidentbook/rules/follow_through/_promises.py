"""What the rules about promises share: the action items of a post-mortem that are neither finished nor given up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.records.time import end_of_day, parse_date
from incidentbook.rules import KeyPath, walk
from incidentbook.rules.context import Context

_OVER = ("done", "verified", "cancelled")


def unfinished(entry: Entry[Any]) -> Iterator[tuple[KeyPath, dict[str, Any]]]:
    """Yield every action item that still binds somebody, with its path."""
    for path, item in walk.find(entry.document.value, "action_items.*"):
        if isinstance(item, dict) and item.get("status") not in (*_OVER, "proposed"):
            yield path, item


def ended(value: Any, context: Context) -> dt.date | None:
    """Return the day that ``value`` names when it has ended in the knowledge base's zone."""
    day = parse_date(value)
    return day if day is not None and context.is_past(end_of_day(day, context.zone)) else None
