"""What a version of a file says that history is made of: read exactly, by the loader that everything else uses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from incidentbook import files
from incidentbook.entry import Entry
from incidentbook.records.action_item import ActionItem
from incidentbook.records.build import build
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Severity, Status


class ItemFacts(NamedTuple):
    """An action item as a version of its post-mortem has it; days as ISO dates, and everything empty where it is not given."""

    id: str = ""
    status: str = ""
    due: str = ""
    owner: str = ""
    priority: str = ""
    accepted_until: str = ""
    completed: str = ""
    waived_until: str = ""
    turn: str = ""  # the first day that is owed where some of its occurrences are told of; "none" where none is


class IncidentFacts(NamedTuple):
    """An incident as a version of its record has it."""

    id: str
    status: str
    severity: str


class PostmortemFacts(NamedTuple):
    """A post-mortem as a version of it stands."""

    status: str
    incidents: tuple[str, ...]
    items: tuple[ItemFacts, ...]


Facts = IncidentFacts | PostmortemFacts
STATUSES = frozenset(status.value for status in Status)
SEVERITIES = frozenset(severity.value for severity in Severity)


def read(path: str, data: bytes) -> Facts | None:
    """Return what the file at ``path`` says if it holds ``data``; None where it cannot be read, or is of no kind that counts."""
    value = Entry.of_bytes(path, data if len(data) <= files.MAX_SIZE else files.TOO_LARGE).document.value
    if not isinstance(value, Mapping):
        return None
    return postmortem(value) if path.startswith("postmortems/") else incident(value)


def incident(value: Mapping[str, Any]) -> IncidentFacts:
    """Return the facts in the data of an incident record."""
    return IncidentFacts(
        _text(value.get("id")), _word(value.get("status"), STATUSES), _word(value.get("severity"), SEVERITIES)
    )


def postmortem(value: Mapping[str, Any]) -> PostmortemFacts:
    """Return the facts in the front matter of a post-mortem."""
    keys = ("status", "incidents", "action_items")
    built = build(Postmortem, {key: value[key] for key in keys if key in value}) or Postmortem()
    return PostmortemFacts(built.status, built.incidents, tuple(map(item, built.action_items)))


def item(built: ActionItem) -> ItemFacts:
    """Return the facts of an action item."""
    days = (built.due, built.accepted_until, built.completed, built.waiver.until if built.waiver else None)
    due, accepted, completed, waived = (day.isoformat() if day else "" for day in days)
    status = built.status.value if built.status else ""
    owed = next(built.open_days(), None) if built.occurrences else None
    turn = (owed.isoformat() if owed else "none") if built.occurrences else ""
    return ItemFacts(built.id, status, due, built.owner, built.priority, accepted, completed, waived, turn)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _word(value: object, known: frozenset[str]) -> str:
    return value if isinstance(value, str) and value in known else ""
