"""Evidence that names a file which is not there.

What it checks
    A reference (`ref`) of an action item's evidence, of an investigation's evidence or of a change that is a path into this
    knowledge base (`incidents/`, `postmortems/`, `playbooks/`, `policy/`, or one that begins with `./`) leads to a file. Paths
    into other repositories, addresses and commit ids are not looked at.

Why it matters
    Done means that somebody can look. A playbook that was moved takes the proof with it.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Write down the failover
        status: done
        owner: database
        due: 2025-02-01
        completed: 2025-01-30
        evidence: [{kind: document, ref: playbooks/availability/failover.md}]

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Write down the failover
        status: done
        owner: database
        due: 2025-02-01
        completed: 2025-01-30
        evidence: [{kind: document, ref: playbooks/availability/database-failover.md}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.duties import evidence
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB606"
NAME = "evidence-gone"
SUMMARY = "Evidence names a file that is not there"
GRADE = Grade.WARNING
KINDS = ("incident", "postmortem")
_WHERE = (
    "action_items.*.evidence.*.ref",
    "action_items.*.occurrences.*.evidence.*.ref",
    "investigation.evidence.*.ref",
    "changes.*.ref",
)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every path into the knowledge base that leads to nothing."""
    for place, ref in walk.all_texts(entry.document.value, _WHERE):
        path = evidence.path_of(ref)
        if not path or context.exists(path):
            continue
        meant = words.suggestion(path, context.names("file"))
        yield Hit(
            Place(entry, place), f"There is no `{words.shown(path)}` in the repository{meant}", "Name where it is now."
        )
