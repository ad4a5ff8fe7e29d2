"""Two records with one id.

What it checks
    No two incidents and no two playbooks of the repository have the same id.

Why it matters
    A link to the id could mean either, and every count counts one of them only.

Bad example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-001
    title: Search was slow
    status: declared
    severity: sev3
    milestones: {started: 2025-01-15T02:30:00Z}

Good example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: Search was slow
    status: declared
    severity: sev3
    milestones: {started: 2025-01-15T02:30:00Z}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB303"
NAME = "duplicate-id"
SUMMARY = "Two records have the same id"
GRADE = Grade.ERROR
KINDS = ("incident", "playbook")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at an id that another file holds; the file named after the id is taken to be the rightful one."""
    for path, record_id in walk.texts(entry.document.value, "id"):
        first, *_ = context.incidents(record_id) if entry.kind == "incident" else context.playbooks(record_id)
        if first.path != entry.path:
            line = first.document.span(path).line
            message = f"The id `{words.shown(record_id)}` is taken by another {entry.kind}: {first.path}, line {line}"
            rightful = Place(first, path, message="the same id")
            hint = "Give this one an id of its own; the file name follows it."
            if entry.kind == "incident":
                hint = (
                    f"`inc renumber {words.shown(record_id)} --file {entry.path}` gives this one a number of its own."
                )
            yield Hit(Place(entry, path), message, hint, related=(rightful,))
