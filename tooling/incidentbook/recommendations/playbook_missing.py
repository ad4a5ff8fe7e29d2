"""Have a playbook for every type of incident that came twice.

What calls for it: two or more incidents of a type for which there is no playbook that may be used (a retired one may not).

Silent when: each type that came twice has one.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import slices
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason

KIND = Kind.SYSTEM
WHAT = "Write a playbook for a type of incident that came twice"
_TWICE = 2


def look(asked: Asked) -> Iterator[Advice]:
    """Yield one for each type without a playbook."""
    books = [entry.record for entry in asked.repo.playbooks if entry.record and entry.record.status != "retired"]
    covered = {book.type.value for book in books if book.type is not None}
    for part in slices.slices(asked.repo, asked.counted, "type"):
        if part.label not in (slices.NONE, *covered) and len(part.incidents) >= _TWICE:
            text = f"had the type {part.name.lower()}, for which there is no playbook"
            reason = Reason.share(part.incidents, len(asked.counted), text)
            yield Advice((reason,), f"Write a playbook for incidents of type {part.name.lower()}", part.label)
