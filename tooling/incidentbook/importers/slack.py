"""Incidents of Slack: the current state or the history of its status API.

Shapes that are read: the object of ``current`` with its ``active_incidents``, and the list of ``history``. Source:
https://docs.slack.dev/reference/slack-status-api. An incident has the time at which it was posted, and no other: no start, no
phase of the response, and no end but that a note says so. What is scheduled, completed or cancelled is planned work.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from incidentbook.errors import ImportFileError
from incidentbook.importers import _values as values
from incidentbook.importers._model import Draft, Oddity, Parsed, Reason, Rejected, ServiceRef
from incidentbook.importers._read import kind_of
from incidentbook.importers._updates import Dialect, Update, communication, last_seen, read

SOURCE = "slack"
PAGE = "Slack"
ADDRESS = "https://slack-status.com"
EXPECTED = (
    "an object with `active_incidents`, or a list of incidents with `date_created`, as Slack's status API gives it"
)
STATUSES = {"active": "declared", "resolved": "resolved"}
PLANNED = ("scheduled", "completed", "cancelled")
TYPES = ("incident", "notice", "outage")


def parse(data: object) -> Parsed:
    """Return what an answer of Slack's status API holds. Raises ImportFileError when it is not of that shape."""
    items = data.get("active_incidents") if isinstance(data, Mapping) else data
    if not isinstance(items, list):
        raise ImportFileError(f"expected {EXPECTED}; found {kind_of(data)}")
    if items and not any(isinstance(raw, Mapping) and raw.keys() & {"date_created", "notes"} for raw in items):
        raise ImportFileError(f"expected {EXPECTED}; found a list of {len(items)} whose first is {kind_of(items[0])}")
    made = [_reject(index, raw) or _draft(index, raw) for index, raw in enumerate(items)]
    drafts = tuple(item for item in made if isinstance(item, Draft))
    return Parsed(drafts, tuple(item for item in made if isinstance(item, Rejected)), PAGE, ADDRESS)


def _reject(index: int, raw: Any) -> Rejected | None:
    if not isinstance(raw, Mapping):
        return Rejected(index, f"#{index + 1}", Reason.NOT_AN_OBJECT, detail=f"found {kind_of(raw)}")
    source_id, title = values.text_of(raw, "id"), values.one_line(values.text_of(raw, "title"))
    if raw.get("status") in PLANNED:
        return Rejected(index, source_id or f"#{index + 1}", Reason.SCHEDULED_MAINTENANCE, title)
    if not source_id:
        return Rejected(index, f"#{index + 1}", Reason.NO_ID, title)
    if not values.time_of(raw, "date_created", set()):
        return Rejected(index, source_id, Reason.NO_START_TIME, title)
    return None


def _draft(index: int, raw: Mapping[str, Any]) -> Draft:
    odd: set[Oddity] = {Oddity.START_NOT_STATED}
    source_id, title = values.text_of(raw, "id"), values.one_line(values.text_of(raw, "title"))
    created = values.time_of(raw, "date_created", odd)
    taken = {"id", "date_created", "notes"} | values.as_it_is(raw, "title", title, odd)
    if raw.get("type") not in (None, *TYPES):
        odd.add(Oddity.UNKNOWN_IMPACT)
    updates, left = read(raw.get("notes"), DIALECT, odd)
    started = {"at": created, "confidence": "unknown", "source": "date_created; the source states no start"}
    record: dict[str, Any] = {
        "title": title or f"{PAGE} incident {source_id}",
        "status": _status(raw, odd),
        "severity": "unclassified",
        "disclosure": "public",
        "milestones": {"started": started, "declared": created},
    }
    if updates:
        record["communications"] = [communication(update, "update") for update in updates]
    record["provenance"] = _provenance(raw, taken, left, odd)
    return Draft(index, source_id, record, _services(raw, odd), frozenset(odd))


def _status(raw: Mapping[str, Any], odd: set[Oddity]) -> str:
    status = STATUSES.get(values.text_of(raw, "status"))
    if status is None:
        odd.add(Oddity.UNKNOWN_STATUS)
    elif status == "resolved":
        odd.add(Oddity.RESOLVED_WITHOUT_TIME)
    return status or "declared"


def _services(raw: Mapping[str, Any], odd: set[Oddity]) -> tuple[ServiceRef, ...]:
    """Return the services, which the source knows by their names only."""
    items = raw.get("services")
    names = [values.one_line(item) for item in items if isinstance(item, str)] if isinstance(items, list) else []
    if items is not None and (not isinstance(items, list) or len(names) < len(items)):
        odd.add(Oddity.UNEXPECTED_SHAPE)
    return tuple(ServiceRef(name, name) for name in names if name)


def _update_id(raw: Mapping[str, Any], at: str, ids: Collection[str], odd: set[Oddity]) -> str:  # noqa: ARG001 - none has one
    """Return an id for a note, which has none at the source: its instant, and a hash where two share it."""
    made = f"slack-{values.instant(at).astimezone(dt.UTC):%Y%m%dT%H%M%S}"
    return values.entry_id("slack", "", [made, raw, len(ids)]) if made in ids else made


def _taken(update: Update) -> set[str]:
    """Return the keys of a note that its entry holds as they are."""
    return {key for key, value in (("date_created", update.at), ("body", update.text)) if update.raw.get(key) == value}


DIALECT = Dialect(("date_created",), "body", _update_id, _taken)


def _provenance(raw: Mapping[str, Any], taken: set[str], left: list[Any], odd: set[Oddity]) -> dict[str, Any]:
    address = values.url_or_empty(values.text_of(raw, "url"))
    updated = values.time_of(raw, "date_updated", odd)
    seen = last_seen(raw, ("date_updated", "date_created"), raw.get("notes"), DIALECT)
    taken |= {key for key, held in (("url", address), ("date_updated", updated == seen and updated)) if held}
    original = values.rest(raw, taken)
    if left:
        original["updates"] = left
    made = {"source": SOURCE, "id": values.text_of(raw, "id"), "page": PAGE, "url": address, "last_seen": seen}
    return {key: value for key, value in made.items() if value} | {"original": original}
