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
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB404"
NAME = "unknown-playbook"
SUMMARY = "A playbook does not exist"
GRADE = Grade.ERROR
KINDS = ("incident",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every playbook id that no file has."""
    for path, playbook in walk.texts(entry.document.value, "playbooks.*"):
        # IB001 reports a file that cannot be read, and IB301 one that holds another id; what names it is right
        if not context.playbooks(playbook) and not context.exists(f"playbooks/{playbook}.md"):
            meant = words.suggestion(playbook, context.names("playbook"))
            hint = f"An id is its path: this one would be playbooks/{words.shown(playbook)}.md."
            yield Hit(Place(entry, path), f"There is no playbook `{words.shown(playbook)}`{meant}", hint)
