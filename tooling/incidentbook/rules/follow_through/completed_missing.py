"""A finished action item without the day on which it was finished.

What it checks
    An action item that is done or verified says when: `completed`.

Why it matters
    Whether promises were kept in time is counted from that day. Without it, nobody can tell a late one from an early one.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Alert on replication lag
        status: done
        owner: database
        due: 2025-02-01
        evidence: [{kind: commit, ref: "https://git.example/alerts/commit/7be41c0"}]

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Alert on replication lag
        status: done
        owner: database
        due: 2025-02-01
        completed: 2025-01-30
        evidence: [{kind: commit, ref: "https://git.example/alerts/commit/7be41c0"}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB607"
NAME = "completed-missing"
SUMMARY = "A finished action item does not say when it was finished"
GRADE = Grade.INFO
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the status of every finished item without its day."""
    del context
    for path, item in walk.find(entry.document.value, "action_items.*"):
        if isinstance(item, dict) and item.get("status") in ("done", "verified") and item.get("completed") is None:
            name = words.shown(item.get("id", "this action item"))
            message = f"{words.sentence(name)} is {item['status']}, and `completed` does not say since when"
            yield Hit(
                Place(entry, (*path, "status")), message, "Write the day on which it was finished as `completed`."
            )
