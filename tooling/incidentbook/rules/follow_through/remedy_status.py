"""A remediation line that contradicts its action item.

What it checks
    A line of an incident's remediation that names an action item and gives a status of its own gives the same as the item.
    A verified item counts as done.

Why it matters
    The status is taken from the action item, so the one in the line is never shown; whoever reads the file believes it.

Bad example
    # incidents/2025/INC-2025-001.yml
    remediation:
      long_term: [{text: Alert on replication lag, status: done, action: AI-2025-001-1}]

Good example
    # incidents/2025/INC-2025-001.yml
    remediation:
      long_term: [{text: Alert on replication lag, action: AI-2025-001-1}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB608"
NAME = "remedy-status"
SUMMARY = "A remediation line contradicts its action item"
GRADE = Grade.INFO
KINDS = ("incident",)
# A line knows five states, an action item eight.
_SAME = {"verified": "done"}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the status of every line that says something else than its action item."""
    for path, line in walk.find(entry.document.value, "remediation.*.*"):
        said = line.get("status") if isinstance(line, dict) else None
        action = line.get("action") if isinstance(line, dict) else None
        if not isinstance(said, str) or not isinstance(action, str):
            continue
        for postmortem, at in context.actions(action)[:1]:
            there = (*at[:-1], "status")
            status = walk.at(postmortem.document.value, there)
            if isinstance(status, str) and _SAME.get(status, status) != said:
                message = f"This line is {words.shown(said)}, and {words.shown(action)} is {words.shown(status)}"
                hint = "Leave the status out: it is taken from the action item. Or correct the item."
                item = Place(postmortem, there, message="the action item's status")
                yield Hit(Place(entry, (*path, "status")), message, hint, (item,))
