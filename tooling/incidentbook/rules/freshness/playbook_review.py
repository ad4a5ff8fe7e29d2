"""A playbook that nobody has read again in time.

What it checks
    A playbook with `review_every` was reviewed (`last_reviewed`) not longer ago than that. Retired ones are left alone.

Why it matters
    At three in the morning nobody can tell that the command in step 4 was renamed last spring.

Bad example
    # playbooks/availability/database-failover.md
    last_reviewed: 2024-06-01
    review_every: 180d

Good example
    # playbooks/availability/database-failover.md
    last_reviewed: 2025-02-01
    review_every: 180d
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.playbook import Playbook
from incidentbook.records.time import end_of_day
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB701"
NAME = "playbook-review"
SUMMARY = "A playbook is past its review date"
GRADE = Grade.WARNING
KINDS = ("playbook",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the day of the last review when the next one is late."""
    playbook = entry.record
    if not isinstance(playbook, Playbook) or playbook.status == "retired":
        return
    due = playbook.review_due
    if due is not None and context.is_past(end_of_day(due, context.zone)):
        message = f"This playbook was to be reviewed again by {due}; the last review was on {playbook.last_reviewed}"
        hint = "Walk through it, correct what is no longer so, and set `last_reviewed`."
        yield Hit(Place(entry, ("last_reviewed",)), message, hint)
