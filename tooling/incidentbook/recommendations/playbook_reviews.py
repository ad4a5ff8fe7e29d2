"""Review the playbooks of what keeps happening.

What calls for it: incidents of a type, on a service that the playbook names (any, where it names none), whose playbook's
review is over at "now". A playbook that says neither when it was reviewed nor how often it wants to be is not judged.

Silent when: the playbooks of all types that came up are up to date.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason, ids
from incidentbook.records.playbook import Playbook
from incidentbook.records.time import end_of_day

KIND = Kind.PROCESS
WHAT = "Review the playbooks whose day has passed"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield one with a reason for each playbook."""
    reasons = []
    for entry in asked.repo.playbooks:
        book = entry.record
        due = book.review_due if book and book.status != "retired" else None
        if book is None or due is None or not asked.clock.is_past(end_of_day(due, asked.zone)):
            continue
        hits = [item for item in asked.counted if item.type is book.type and _touches(book, item.services)]
        if hits:
            text = f"{book.id} was to be reviewed by {due}, and {len(hits)} of {len(asked.counted)} incidents are of its kind"
            reasons.append(Reason(text, ids(hits), len(asked.counted), (book.id,)))
    if reasons:
        yield Advice(tuple(reasons))


def _touches(book: Playbook, services: tuple[str, ...]) -> bool:
    return not book.services or not set(book.services).isdisjoint(services)
