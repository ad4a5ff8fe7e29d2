"""Two post-mortems of one incident.

What it checks
    No incident is covered by two post-mortems. One post-mortem may cover several incidents.

Why it matters
    A reader of the incident finds one of them, and the causes and promises of the other are lost to every report.

Bad example
    # postmortems/2025/INC-2025-002.md (whole)
    ---
    incidents: [INC-2025-002, INC-2025-001]
    status: draft
    ---

Good example
    # postmortems/2025/INC-2025-002.md (whole)
    ---
    incidents: [INC-2025-002]
    status: draft
    ---
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, KeyPath, Place, walk, words
from incidentbook.rules.context import Context
from incidentbook.rules.keys import is_named

CODE = "IB306"
NAME = "duplicate-postmortem"
SUMMARY = "Two post-mortems cover the same incident"
GRADE = Grade.ERROR
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit in every post-mortem but one; the one named after the incident is taken to be the rightful one."""
    for incident, path in _covered(entry).items():
        first = min(context.postmortems(incident), key=lambda other: (not is_named(other.path, incident), other.path))
        if first.path != entry.path:
            message = f"{words.shown(incident)} has another post-mortem: {first.path}"
            hint = "Take the incident off one of the two lists, or make one post-mortem of both."
            same = Place(first, _covered(first)[incident], message="the same incident")
            yield Hit(Place(entry, path), message, hint, related=(same,))


def _covered(entry: Entry[Any]) -> dict[str, KeyPath]:
    """Return the incidents that a post-mortem covers, and where it first says so."""
    found: dict[str, KeyPath] = {}
    for path, incident in walk.texts(entry.document.value, "incidents.*"):
        found.setdefault(incident, path)
    return found
