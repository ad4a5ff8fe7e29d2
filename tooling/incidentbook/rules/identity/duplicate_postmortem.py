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

from incidentbook.finding import Grade
from incidentbook.repository import Entry, Repository
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context, is_named

CODE = "IB306"
NAME = "duplicate-postmortem"
SUMMARY = "Two post-mortems cover the same incident"
GRADE = Grade.ERROR


def finalize(repo: Repository, context: Context) -> Iterator[Hit]:
    """Yield a hit in every post-mortem but one; the one named after the incident is taken to be the rightful one."""
    del repo
    for incident, covering in context.index.postmortems.items():
        by_path = {entry.path: entry for entry in covering}
        if len(by_path) < 2:  # noqa: PLR2004 - one is as it should be
            continue
        first, *others = sorted(by_path.values(), key=lambda entry: (not is_named(entry, incident), entry.path))
        for entry in others:
            message = f"{words.shown(incident)} has another post-mortem: {first.path}"
            hint = "Take the incident off one of the two lists, or make one post-mortem of both."
            same = _covers(first, incident, "the same incident")
            yield Hit(_covers(entry, incident), message, hint, related=(same,))


def _covers(entry: Entry[Any], incident: str, message: str = "") -> Place:
    path = next(path for path, covered in walk.texts(entry.document.value, "incidents.*") if covered == incident)
    return Place(entry, path, message=message)
