"""A playbook that does not exist.

What it checks
    Every playbook that an incident says it used is the id of a file in `playbooks/`.

Why it matters
    Which playbooks were used, and which were missed, is how they get better.

Bad example
    # incidents/2025/INC-2025-001.yml
    playbooks: [availability/database-failovr]

Good example
    # incidents/2025/INC-2025-001.yml
    playbooks: [availability/database-failover]
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.finding import Grade
from incidentbook.repository import Repository
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB404"
NAME = "unknown-playbook"
SUMMARY = "A playbook does not exist"
GRADE = Grade.ERROR


def finalize(repo: Repository, context: Context) -> Iterator[Hit]:
    """Yield a hit at every playbook id that no file has."""
    known = context.index.playbooks
    for entry in repo.incidents:
        for path, playbook in walk.texts(entry.document.value, "playbooks.*"):
            if playbook not in known:
                message = f"There is no playbook `{words.shown(playbook)}`{words.suggestion(playbook, known)}"
                hint = f"An id is its path: this one would be playbooks/{words.shown(playbook)}.md."
                yield Hit(Place(entry, path), message, hint)
