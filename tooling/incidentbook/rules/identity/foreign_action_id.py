"""An action item with the id of another incident.

What it checks
    The id of an action item is made of an incident that its post-mortem covers: `AI-2025-001-2` is the second item of
    `INC-2025-001`. Only a remark, because an id survives when its incident is given another number.

Why it matters
    People read from the id which incident a promise goes back to. A wrong one is mostly left over from a copied post-mortem.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2024-016-1, title: Alert on replication lag, status: proposed}

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on replication lag, status: proposed}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB308"
NAME = "foreign-action-id"
SUMMARY = "An action item has the id of an incident that its post-mortem does not cover"
GRADE = Grade.INFO
KINDS = ("postmortem",)
_ID = re.compile(r"AI-([0-9]{4}-[0-9]{3,})-[0-9]+\Z", re.ASCII)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every action item id that is made of another incident; one that is taken is IB305's."""
    covered = [incident for _, incident in walk.texts(entry.document.value, "incidents.*")]
    if not covered:
        return
    items = list(walk.texts(entry.document.value, "action_items.*.id"))
    taken = {action for action in {action for _, action in items} if len(context.actions(action)) > 1}
    for path, action in items:
        match = _ID.match(action)
        if match is not None and action not in taken and f"INC-{match[1]}" not in covered:
            message = f"`{action}` is an id of INC-{match[1]}, and this post-mortem covers {words.listing(covered)}"
            hint = "Give it an id of this incident, unless the incident was renumbered: ids of action items stay."
            yield Hit(Place(entry, path), message, hint)
