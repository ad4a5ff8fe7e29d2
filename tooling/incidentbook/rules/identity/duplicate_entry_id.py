"""Two entries of one list with one id.

What it checks
    Within a file, no two entries of a list (timeline, phases, roles, communications, evidence, steps and so on) share an id.

Why it matters
    Merges and repeated imports know an entry by its id: of two with one id, one overwrites the other.

Bad example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: Errors begin}
      - {id: t1, at: 2025-01-15T02:32:00Z, text: The pager rings}

Good example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, text: Errors begin}
      - {id: t2, at: 2025-01-15T02:32:00Z, text: The pager rings}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, KeyPath, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB304"
NAME = "duplicate-entry-id"
SUMMARY = "Two entries of a list have the same id"
GRADE = Grade.ERROR
_WHERE = {
    "incident": (
        "timeline.*.id",
        "transitions.*.id",
        "severity_history.*.id",
        "roles.*.id",
        "communications.*.id",
        "changes.*.id",
        "impact.phases.*.id",
        "investigation.hypotheses.*.id",
        "investigation.evidence.*.id",
    ),
    "postmortem": ("causes.nodes.*.id",),
    "playbook": ("steps.*.id",),
    "rotation": ("rotations.*.id",),
    "obligations": ("obligations.*.id", "obligations.*.due.*.id"),
    "maturity": ("dimensions.*.criteria.*.id",),
}
KINDS = tuple(_WHERE)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the second of two equal ids of a list."""
    del context
    for pattern in _WHERE[entry.kind]:
        seen: dict[tuple[KeyPath, str], KeyPath] = {}
        for path, entry_id in walk.texts(entry.document.value, pattern):
            first = seen.setdefault((path[:-2], entry_id), path)
            if first == path:
                continue
            line = entry.document.span(first).line
            message = f"The id `{words.shown(entry_id)}` is used twice in `{path[-3]}`; the first is on line {line}"
            same = Place(entry, first, message="the same id")
            yield Hit(Place(entry, path), message, "Give one of them an id of its own.", related=(same,))
