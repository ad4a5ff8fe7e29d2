"""Incidents of Google Cloud: its dashboard's incidents.json.

Source: https://status.cloud.google.com/incidents.json. Begin and end are real, so durations can be measured. An incident without
``end`` is open: the source states no phase of the response, so its status is ``declared``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from incidentbook.errors import ImportFileError
from incidentbook.importers import _values as values
from incidentbook.importers._model import Draft, Oddity, Parsed, Reason, Rejected, ServiceRef
from incidentbook.importers._read import kind_of
from incidentbook.importers._updates import Dialect, Update, communication, last_seen, read

SOURCE = "gcp"
PAGE = "Google Cloud"
ADDRESS = "https://status.cloud.google.com"
EXPECTED = "a list of incidents with `number` or `id` and `begin`, as Google Cloud's incidents.json holds it"
SEVERITIES = ("low", "medium", "high")


def parse(data: object) -> Parsed:
    """Return what an incidents.json holds. Raises ImportFileError when it is not of that shape."""
    if not isinstance(data, list):
        raise ImportFileError(f"expected {EXPECTED}; found {kind_of(data)}")
    if data and not any(isinstance(raw, Mapping) and raw.keys() & {"number", "begin", "external_desc"} for raw in data):
        raise ImportFileError(f"expected {EXPECTED}; found a list of {len(data)} whose first is {kind_of(data[0])}")
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    for index, raw in enumerate(data):
        refused = _reject(index, raw)
        if refused is None:
            drafts.append(_draft(index, raw))
        else:
            rejected.append(refused)
    return Parsed(tuple(drafts), tuple(rejected), PAGE, ADDRESS)


def _source_id(raw: Mapping[str, Any]) -> str:
    """Return the id; the older format's ``number`` is unique only within a service."""
    number, key = values.text_of(raw, "number"), values.text_of(raw, "service_key")
    return values.text_of(raw, "id") or (f"{key}/{number}" if key and number else number)


def _reject(index: int, raw: Any) -> Rejected | None:
    if not isinstance(raw, Mapping):
        return Rejected(index, f"#{index + 1}", Reason.NOT_AN_OBJECT, detail=f"found {kind_of(raw)}")
    title = _title(raw)
    if not _source_id(raw):
        return Rejected(index, f"#{index + 1}", Reason.NO_ID, title)
    if not (values.time_of(raw, "begin", set()) or values.time_of(raw, "created", set())):
        return Rejected(index, _source_id(raw), Reason.NO_START_TIME, title)
    return None


def _title(raw: Mapping[str, Any]) -> str:
    lines = (values.one_line(line) for line in values.text_of(raw, "external_desc").splitlines())
    return next((line for line in lines if line), "")


def _draft(index: int, raw: Mapping[str, Any]) -> Draft:
    odd: set[Oddity] = set()
    times = {key: values.time_of(raw, key, odd) for key in ("begin", "created", "end")}
    taken = {key for key, text in times.items() if text} | {"updates", "id"}
    title = _title(raw)
    taken |= values.as_it_is(raw, "external_desc", title, odd)
    if raw.get("severity") not in (None, *SEVERITIES):
        odd.add(Oddity.UNKNOWN_IMPACT)
    odd |= values.odd_times(times["begin"], times["created"], times["end"])
    updates, left = read(raw.get("updates"), DIALECT, odd)
    record: dict[str, Any] = {
        "title": title or f"{PAGE} incident {_source_id(raw)}",
        "status": "resolved" if times["end"] else "declared",
        "severity": "unclassified",
        "disclosure": "internal" if raw.get("public") is False else "public",
        "milestones": _milestones(times, odd),
    }
    if updates:
        record["communications"] = [communication(update, "update") for update in updates]
    record["provenance"] = _provenance(raw, taken, left, odd)
    name = values.one_line(values.text_of(raw, "service_name"))
    services = (ServiceRef(name, values.text_of(raw, "service_key")),) if name else ()
    return Draft(index, _source_id(raw), record, services, frozenset(odd))


def _milestones(times: Mapping[str, str], odd: set[Oddity]) -> dict[str, Any]:
    started: Any = times["begin"]
    if not started:
        odd.add(Oddity.START_NOT_STATED)
        reason = "created; the source states no begin"
        started = {"at": times["created"], "confidence": "unknown", "source": reason}
    given = {"started": started, "declared": times["created"], "resolved": times["end"]}
    return {name: moment for name, moment in given.items() if moment}


def _update_id(raw: Mapping[str, Any], at: str, ids: Collection[str], odd: set[Oddity]) -> str:  # noqa: ARG001 - none has one
    """Return an id for an update, which has none at the source: its instant, and a hash where two share it."""
    made = f"gcp-{values.instant(at):%Y%m%dT%H%M%S}"
    return values.entry_id("gcp", "", [made, raw, len(ids)]) if made in ids else made


def _taken(update: Update) -> set[str]:
    """Return the keys of an update that its entry holds as they are."""
    return {key for key, value in (("when", update.at), ("text", update.text)) if update.raw.get(key) == value}


DIALECT = Dialect(("when", "created", "modified"), "text", _update_id, _taken)


def _provenance(raw: Mapping[str, Any], taken: set[str], left: list[Any], odd: set[Oddity]) -> dict[str, Any]:
    uri = values.text_of(raw, "uri")
    modified = values.time_of(raw, "modified", odd)
    seen = last_seen(raw, ("modified", "created", "begin", "end"), raw.get("updates"), DIALECT)
    if modified and seen == modified:
        taken.add("modified")
    items = raw.get("updates")
    if isinstance(items, list) and raw.get("most-recent-update") in items:
        taken.add("most-recent-update")
    original = values.rest(raw, taken)
    if left:
        original["updates"] = left
    address = values.url_or_empty(f"{ADDRESS}/{uri.lstrip('/')}") if uri else ""
    made = {"source": SOURCE, "id": _source_id(raw), "page": PAGE, "url": address, "last_seen": seen}
    return {key: value for key, value in made.items() if value} | {"original": original}
