"""A waiver that has ended.

What it checks
    An action item that is not finished and has a waiver: the waiver's last day (`until`) has not passed.

Why it matters
    A waiver is a permission to be late until a day. After it, somebody has to decide again: finish, extend it with a reason,
    or give up.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Alert on replication lag
        status: in-progress
        owner: database
        due: 2025-02-01
        waiver: {owner: platform, reason: The new cluster comes first, until: 2025-02-15}

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Alert on replication lag
        status: in-progress
        owner: database
        due: 2025-02-01
        waiver: {owner: platform, reason: The new cluster comes first, until: 2025-03-15}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context
from incidentbook.rules.follow_through._promises import ended, unfinished

CODE = "IB602"
NAME = "waiver-expired"
SUMMARY = "A waiver has ended"
GRADE = Grade.WARNING
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the last day of every waiver that has ended."""
    for path, item in unfinished(entry):
        for below, until in walk.texts(item, "waiver.until"):
            day = ended(until, context)
            if day is not None:
                name = words.shown(item.get("id", "this action item"))
                hint = "Finish the item, extend the waiver with a reason, or cancel the item with one."
                yield Hit(Place(entry, (*path, *below)), f"The waiver of {name} ended on {day}", hint)
