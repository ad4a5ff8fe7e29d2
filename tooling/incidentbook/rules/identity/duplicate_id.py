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

from incidentbook.finding import Grade
from incidentbook.repository import Repository
from incidentbook.rules import Hit, Place, words
from incidentbook.rules.context import Context

CODE = "IB303"
NAME = "duplicate-id"
SUMMARY = "Two records have the same id"
GRADE = Grade.ERROR


def finalize(repo: Repository, context: Context) -> Iterator[Hit]:
    """Yield a hit at every id that another file holds; the file named after the id is taken to be the rightful one."""
    del repo
    for holders in (context.index.incidents, context.index.playbooks):
        for record_id, (first, *others) in holders.items():
            line = first.document.span(("id",)).line if others else 0
            for entry in others:
                whole = words.thing(entry.kind, ()).split(" ", 1)[1]
                message = f"The id `{words.shown(record_id)}` is taken by another {whole}: {first.path}, line {line}"
                rightful = Place(first, ("id",), message="the same id")
                hint = "Give this one an id of its own; the file name follows it."
                yield Hit(Place(entry, ("id",)), message, hint, related=(rightful,))
