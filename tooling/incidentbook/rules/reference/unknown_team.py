"""A team that policy does not know.

What it checks
    Every team that holds a role, owns an action item, a waiver, a playbook or a service, or stands in the rotation is a key of
    `teams` in `policy/knowledge-base.yml`.

Why it matters
    A promise made by a team that does not exist is made by nobody. Records name teams and roles, never persons.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on lag, status: in-progress, due: 2025-02-01, owner: databas}

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on lag, status: in-progress, due: 2025-02-01, owner: database}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.reference import _terms

CODE = "IB402"
NAME = "unknown-team"
SUMMARY = "A team is not in policy/knowledge-base.yml"
GRADE = Grade.ERROR
FIX = _terms.FIX
_WHERE = {
    "incident": ("roles.*.holder",),
    "postmortem": ("action_items.*.owner", "action_items.*.waiver.owner", "authors.*"),
    "playbook": ("owner", "escalate_to"),
    "services": ("services.*.team",),
    "rotation": ("rotations.*.teams.*", "overrides.*.team"),
}
KINDS = tuple(_WHERE)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every team that policy does not know."""
    return _terms.unknown(entry, context, _WHERE, "knowledge-base", "team")
