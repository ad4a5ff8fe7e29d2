"""An incident that does not exist.

What it checks
    Every incident that a post-mortem covers, and every one that a record links to as related, duplicate or merged, has a record.

Why it matters
    A post-mortem of nothing is never found from its incident, and a merged record that leads nowhere is lost.

Bad example
    # postmortems/2025/INC-2025-001.md
    incidents: [INC-2025-001, INC-2025-099]

Good example
    # postmortems/2025/INC-2025-001.md
    incidents: [INC-2025-001]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB405"
NAME = "unknown-incident"
SUMMARY = "An incident that a file names does not exist"
GRADE = Grade.ERROR
_WHERE = {
    "incident": ("links.related.*", "links.duplicate_of", "links.merged_into"),
    "postmortem": ("incidents.*",),
}
KINDS = tuple(_WHERE)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every incident id that no file has."""
    for path, incident in walk.all_texts(entry.document.value, _WHERE[entry.kind]):
        # IB001 reports a file that cannot be read, and IB301 one that holds another id; what names it is right
        file = f"incidents/{incident[4:8]}/{incident}.yml"
        if not context.incidents(incident) and not context.is_unreadable(incident) and not context.exists(file):
            meant = words.suggestion(incident, context.names("incident"))
            message = f"There is no incident `{words.shown(incident)}`{meant}"
            yield Hit(Place(entry, path), message, "Correct the id, or add the record.")
