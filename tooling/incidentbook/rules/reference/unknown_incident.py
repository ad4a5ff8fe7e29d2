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

from incidentbook.finding import Grade
from incidentbook.repository import Repository
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB405"
NAME = "unknown-incident"
SUMMARY = "An incident that a file names does not exist"
GRADE = Grade.ERROR
_LINKS = ("links.related.*", "links.duplicate_of", "links.merged_into")


def finalize(repo: Repository, context: Context) -> Iterator[Hit]:
    """Yield a hit at every incident id that no file has."""
    known = context.index.incidents
    # IB001 reports a file that cannot be read; what names it is right
    unreadable = {entry.path.rsplit("/", 1)[-1].removesuffix(".yml") for entry in repo.unreadable}
    for entries, patterns in ((repo.incidents, _LINKS), (repo.postmortems, ("incidents.*",))):
        for entry in entries:
            for path, incident in walk.all_texts(entry.document.value, patterns):
                if incident not in known and incident not in unreadable:
                    message = f"There is no incident `{words.shown(incident)}`{words.suggestion(incident, known)}"
                    yield Hit(Place(entry, path), message, "Correct the id, or add the record.")
