"""Two action items with one id.

What it checks
    No two action items of the repository, in one post-mortem or in several, have the same id.

Why it matters
    A remediation line, an issue or a reminder that names the id means one promise. Of two, one is forgotten.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on replication lag, status: proposed}
      - {id: AI-2025-001-1, title: Rehearse the failover, status: proposed}

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on replication lag, status: proposed}
      - {id: AI-2025-001-2, title: Rehearse the failover, status: proposed}
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.finding import Grade
from incidentbook.repository import Repository
from incidentbook.rules import Hit, Place, words
from incidentbook.rules.context import Context

CODE = "IB305"
NAME = "duplicate-action-id"
SUMMARY = "Two action items have the same id"
GRADE = Grade.ERROR


def finalize(repo: Repository, context: Context) -> Iterator[Hit]:
    """Yield a hit at every action item but the first of those that share an id."""
    del repo
    for action, ((first, at), *others) in context.index.actions.items():
        line = first.document.span(at).line if others else 0
        for entry, path in others:
            message = f"The id `{words.shown(action)}` is taken by another action item: {first.path}, line {line}"
            same = Place(first, at, message="the same id")
            yield Hit(Place(entry, path), message, "Give this one the next free number.", related=(same,))
