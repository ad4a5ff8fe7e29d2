"""A past in memory from a few lines: what post-mortems and records said, commit by commit."""

from __future__ import annotations

from collections.abc import Mapping

from incidentbook.history.facts import ItemFacts, PostmortemFacts
from incidentbook.history.past import GONE, UNREADABLE, Past
from kb import at

PATH = "postmortems/2025/INC-2025-001.md"
State = Mapping[str, tuple[ItemFacts, ...] | str | None]


def item(status: str, number: int = 1, **more: str) -> ItemFacts:
    """Return the facts of an action item."""
    return ItemFacts(id=f"AI-2025-001-{number}", status=status, **more)


def past(*commits: tuple[str, State]) -> Past:
    """Return the past of these commits: for each its time, and what files hold from then on.

    A file holds action items; None takes it away, and a text makes it unreadable.
    """
    made = Past("", 40)
    for number, (time, files) in enumerate(commits):
        versions = []
        for path, items in files.items():
            if items is None:
                versions.append((0, path, "", GONE))
            elif isinstance(items, str):
                versions.append((0, path, f"{number:040}", UNREADABLE))
            else:
                facts = PostmortemFacts("published", ("INC-2025-001",), items)
                versions.append((0, path, f"{number:040}", made.put(facts)))
        made.add([f"{number:040x}"], [int(at(time).timestamp())], versions)
    return made
