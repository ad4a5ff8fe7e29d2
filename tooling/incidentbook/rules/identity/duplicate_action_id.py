"""Two action items with one id.

What it checks
    No two action items of the repository, in one post-mortem or in several, have the same id.

Why it matters
    A remediation line, an issue or a reminder that names the id means one promise. Of two, one is forgotten.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on replication lag, status: proposed}
      - {id: AI-2025-001-1, title: Rehearse the failover, status: proposed}

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on replication lag, status: proposed}
      - {id: AI-2025-001-2, title: Rehearse the failover, status: proposed}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB305"
NAME = "duplicate-action-id"
SUMMARY = "Two action items have the same id"
GRADE = Grade.ERROR
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every action item but the first of those that share an id."""
    for path, action in walk.texts(entry.document.value, "action_items.*.id"):
        first, at = context.actions(action)[0]
        if (first.path, at) != (entry.path, path):
            line = first.document.span(at).line
            message = f"The id `{words.shown(action)}` is taken by another action item: {first.path}, line {line}"
            same = Place(first, at, message="the same id")
            yield Hit(Place(entry, path), message, "Give this one the next free number.", related=(same,))
