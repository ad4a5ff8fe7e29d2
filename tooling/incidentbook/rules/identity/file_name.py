"""A file that is not named after what it holds.

What it checks
    An incident's file is named after its id, a post-mortem's after one of the incidents that it covers, a playbook's after its id
    (`availability/database-failover` is `playbooks/availability/database-failover.md`).

Why it matters
    People find a record by its file name, and links and tools by its id: they have to be the same thing.

Bad example
    # incidents/2025/INC-2025-001.yml
    id: INC-2025-007

Good example
    # incidents/2025/INC-2025-001.yml
    id: INC-2025-001
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, mistakes, walk, words
from incidentbook.rules.context import Context
from incidentbook.rules.keys import is_named

CODE = "IB301"
NAME = "file-name"
SUMMARY = "A file is not named after what it holds"
GRADE = Grade.ERROR
KINDS = ("incident", "postmortem", "playbook")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at an id that its file is not named after; one that belongs to another file is a duplicate instead."""
    if entry.kind == "postmortem":
        yield from _postmortem(entry)
        return
    wrong = {mistake.path for mistake in mistakes.of(entry, context, mistakes.Kind.FORM)}  # IB105 has said it
    for path, record_id in walk.texts(entry.document.value, "id") if ("id",) not in wrong else ():
        holders = context.incidents(record_id) if entry.kind == "incident" else context.playbooks(record_id)
        if holders[0].path == entry.path and not is_named(entry.path, record_id):
            file = PurePosixPath(entry.path)
            name = file.relative_to("playbooks") if entry.kind == "playbook" else file.name
            message = f"The id is `{words.shown(record_id)}`, and the file is called `{name}`"
            yield Hit(Place(entry, path), message, "Rename the file, or correct the id.")


def _postmortem(entry: Entry[Any]) -> Iterator[Hit]:
    named = [incident for _, incident in walk.texts(entry.document.value, "incidents.*")]
    stem = PurePosixPath(entry.path).stem
    if named and stem not in named:
        message = f"This post-mortem covers {words.listing(named)}, and the file is called `{stem}.md`"
        hint = f"Name the file `{named[0]}.md`, or add `{stem}` to the list."
        yield Hit(Place(entry, ("incidents", 0)), message, hint)
