"""A merged or duplicate record that leads to no incident.

What it checks
    What an incident is merged into, or a duplicate of, is neither merged nor cancelled itself. A record that names what it is
    merged into has the status `merged`.

Why it matters
    A reader who follows the link wants to arrive. A record that says both that it is merged and that it is not is counted
    twice or not at all.

Bad example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: No booking could be made
    status: merged
    severity: sev3
    milestones: {started: 2025-01-15T02:30:00Z}
    links: {merged_into: INC-2025-003}
    # incidents/2025/INC-2025-003.yml (whole)
    id: INC-2025-003
    title: Bookings fail
    status: merged
    severity: sev3
    milestones: {started: 2025-01-15T02:31:00Z}
    links: {merged_into: INC-2025-001}

Good example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: No booking could be made
    status: merged
    severity: sev3
    milestones: {started: 2025-01-15T02:30:00Z}
    links: {merged_into: INC-2025-001}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB411"
NAME = "merge-chain"
SUMMARY = "A merged or duplicate record leads to no incident"
GRADE = Grade.WARNING
KINDS = ("incident",)
_SAID = {"duplicate_of": "a duplicate of", "merged_into": "merged into"}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every link that ends nowhere, and at the status that contradicts one; IB410 has links to itself."""
    own, status = _text(entry, "id"), _text(entry, "status")
    for path, target in walk.all_texts(entry.document.value, ("links.duplicate_of", "links.merged_into")):
        found = context.incidents(target)
        if target == own or not found:
            continue
        yield from _dead_end(entry, path, target, found[0])
        if path[-1] == "merged_into" and status not in ("", "merged"):
            message = f"This incident is merged into {words.shown(target)}, and its status is `{words.shown(status)}`"
            link = Place(entry, path, message="the link")
            yield Hit(Place(entry, ("status",)), message, "Write `status: merged`, or take the link out.", (link,))


def _dead_end(entry: Entry[Any], path: tuple[str | int, ...], target: str, found: Entry[Any]) -> Iterator[Hit]:
    status = _text(found, "status")
    if status not in ("merged", "cancelled"):
        return
    onward = _text(found, "links.merged_into")
    message = f"This incident is {_SAID[str(path[-1])]} {words.shown(target)}, which is {status} itself"
    hint = f"Link to {words.shown(onward)} at once." if onward else "Link to the incident that tells the story."
    if onward == _text(entry, "id"):
        message = f"This incident and {words.shown(target)} are merged into each other"
        hint = "Let one of the two stand by itself, with the status that it had."
    yield Hit(Place(entry, path), message, hint, (Place(found, ("status",), message=f"{status} here"),))


def _text(entry: Entry[Any], key: str) -> str:
    return next((text for _, text in walk.texts(entry.document.value, key)), "")
