"""A risk that was accepted until a day, and the day has passed.

What it checks
    The last day (`accepted_until`) of an action item with the status accepted-risk has not passed.

Why it matters
    A risk is accepted for a time, not for ever. When the time is over, it has to be looked at again.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Second switch for the old hall
        status: accepted-risk
        owner: platform
        due: 2025-01-31
        accepted_until: 2025-02-15
        reason: The hall closes in March

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Second switch for the old hall
        status: accepted-risk
        owner: platform
        due: 2025-01-31
        accepted_until: 2025-03-31
        reason: The hall closes in March
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, words
from incidentbook.rules.context import Context
from incidentbook.rules.follow_through._promises import ended, unfinished

CODE = "IB603"
NAME = "accepted-risk-expired"
SUMMARY = "A risk was accepted until a day that has passed"
GRADE = Grade.WARNING
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the last day of every accepted risk that has ended."""
    for path, item in unfinished(entry):
        day = ended(item.get("accepted_until"), context) if item.get("status") == "accepted-risk" else None
        if day is not None:
            name = words.shown(item.get("id", "this action item"))
            message = f"The risk of {name} was accepted until {day}"
            hint = "Look at the risk again: accept it until a later day, or do the work."
            yield Hit(Place(entry, (*path, "accepted_until")), message, hint)
