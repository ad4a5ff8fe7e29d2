"""An action item that does not exist.

What it checks
    Every action item that a line of an incident's remediation names stands in a post-mortem.

Why it matters
    Such a line takes its status from the action item; without one it has none.

Bad example
    # incidents/2025/INC-2025-001.yml
    remediation:
      long_term: [{text: Alert on replication lag, action: AI-2025-001-9}]

Good example
    # incidents/2025/INC-2025-001.yml
    remediation:
      long_term: [{text: Alert on replication lag, action: AI-2025-001-1}]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB406"
NAME = "unknown-action"
SUMMARY = "A remediation line names an action item that does not exist"
GRADE = Grade.ERROR
_INCIDENT = re.compile(r"AI-([0-9]{4}-[0-9]+)-")
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every action item id that no post-mortem has."""
    for path, action in walk.texts(entry.document.value, "remediation.*.*.action"):
        # IB001 reports a post-mortem that cannot be read; its items may well be there
        covered = _INCIDENT.match(action)
        if not context.actions(action) and not (covered and context.is_unreadable(f"INC-{covered[1]}")):
            meant = words.suggestion(action, context.names("action"))
            message = f"There is no action item `{words.shown(action)}` in any post-mortem{meant}"
            yield Hit(Place(entry, path), message, "Correct the id, or add the item to the post-mortem.")
