"""A record that links to itself.

What it checks
    No incident is related to itself, a duplicate of itself or merged into itself.

Why it matters
    Such a link was meant to lead somewhere else, and where to is lost. A record merged into itself is an incident that
    nobody counts.

Bad example
    # incidents/2025/INC-2025-001.yml
    links: {related: [INC-2025-001]}

Good example
    # incidents/2025/INC-2025-001.yml
    links: {related: []}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB410"
NAME = "self-link"
SUMMARY = "A record links to itself"
GRADE = Grade.ERROR
KINDS = ("incident",)
_SAID = {
    "related": "This incident is related to itself",
    "duplicate_of": "This incident is a duplicate of itself",
    "merged_into": "This incident is merged into itself",
}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every link that names the record's own id."""
    del context
    data = entry.document.value
    own = data.get("id") if isinstance(data, dict) else None
    for path, target in walk.all_texts(data, ("links.related.*", "links.duplicate_of", "links.merged_into")):
        if target == own:
            message = f"{_SAID[str(path[1])]}: {words.shown(target)}"
            yield Hit(Place(entry, path), message, "Name the other incident, or take the link out.")
