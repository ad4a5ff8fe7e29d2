"""Incidents of a Statuspage page: incidents.json, summary.json.

Shapes that are read: ``{page, incidents: []}``, ``{page, incident: {}}``, ``{page, scheduled_maintenances: []}`` and
``summary.json``, which holds several of them. Source: https://developer.statuspage.io and the ``/api/v2`` pages of any status
page. Scheduled maintenances are planned work; they are listed with that reason and make no incident.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from incidentbook.errors import ImportFileError
from incidentbook.importers import _values as values
from incidentbook.importers._model import Draft, Oddity, Parsed, Reason, Rejected, ServiceRef
from incidentbook.importers._read import kind_of
from incidentbook.importers._updates import Dialect, Update, communication, last_seen, read

SOURCE = "statuspage"
EXPECTED = "an object with `incidents`, `incident` or `scheduled_maintenances`, as Statuspage's API gives it"
_LISTS = ("incidents", "scheduled_maintenances")
_SINGLES = ("incident", "scheduled_maintenance")
STATUSES = {
    "investigating": "investigating",
    "identified": "identified",
    "monitoring": "monitoring",
    "resolved": "resolved",
    "postmortem": "resolved",
}
PHASES = ("investigating", "identified", "monitoring", "resolved")
IMPACTS = ("none", "minor", "major", "critical", "maintenance")


def parse(data: object) -> Parsed:
    """Return what a Statuspage file holds. Raises ImportFileError when it is not of one of the known shapes."""
    if not isinstance(data, Mapping) or not any(key in data for key in (*_LISTS, *_SINGLES)):
        raise ImportFileError(f"expected {EXPECTED}; found {kind_of(data)}")
    page = data.get("page")
    page = page if isinstance(page, Mapping) else {}
    drafts: list[Draft] = []
    rejected: list[Rejected] = []
    for index, (planned, raw) in enumerate(_records(data)):
        made = _reject(index, raw, planned=planned) or _draft(index, raw, page)
        (drafts if isinstance(made, Draft) else rejected).append(made)  # type: ignore[arg-type]
    known = ("page", *_LISTS, *_SINGLES)
    notes = tuple(f"`{key}` holds no incident and was not read" for key in data if key not in known)
    return Parsed(tuple(drafts), tuple(rejected), values.text_of(page, "name"), values.text_of(page, "url"), notes)


def _records(data: Mapping[str, Any]) -> Iterator[tuple[bool, Any]]:
    """Yield every record of the file, and whether it stands among the planned ones."""
    for key in _LISTS:
        items = data.get(key)
        if items is not None and not isinstance(items, list):
            raise ImportFileError(f"expected a list at `{key}`; found {kind_of(items)}")
        for raw in items or ():
            yield key == "scheduled_maintenances", raw
    for key in _SINGLES:
        if data.get(key) is not None:
            yield key == "scheduled_maintenance", data[key]


def _reject(index: int, raw: Any, *, planned: bool) -> Rejected | None:
    if not isinstance(raw, Mapping):
        return Rejected(index, f"#{index + 1}", Reason.NOT_AN_OBJECT, detail=f"found {kind_of(raw)}")
    source_id, title = values.text_of(raw, "id"), values.one_line(values.text_of(raw, "name"))
    if planned or raw.get("scheduled_for") is not None:
        return Rejected(index, source_id or f"#{index + 1}", Reason.SCHEDULED_MAINTENANCE, title)
    if not source_id:
        return Rejected(index, f"#{index + 1}", Reason.NO_ID, title)
    if not (values.time_of(raw, "started_at", set()) or values.time_of(raw, "created_at", set())):
        return Rejected(index, source_id, Reason.NO_START_TIME, title)
    return None


def _draft(index: int, raw: Mapping[str, Any], page: Mapping[str, Any]) -> Draft:
    odd: set[Oddity] = set()
    taken = {"id", "incident_updates"}
    times = {key: values.time_of(raw, key, odd) for key in ("started_at", "created_at", "monitoring_at", "resolved_at")}
    taken |= {key for key, text in times.items() if text}
    updates, left = read(raw.get("incident_updates"), DIALECT, odd)
    left = _without_parent(left, raw["id"])
    milestones = _milestones(times, updates, odd)
    title = values.one_line(values.text_of(raw, "name"))
    taken |= values.as_it_is(raw, "name", title, odd)
    status = _status(raw, times, updates, odd)
    if status == raw.get("status"):
        taken.add("status")
    if raw.get("impact") not in (None, *IMPACTS):
        odd.add(Oddity.UNKNOWN_IMPACT)
    odd |= values.odd_times(times["started_at"], times["created_at"], times["resolved_at"])
    record: dict[str, Any] = {
        "title": title or f"Statuspage incident {raw['id']}",
        "status": status,
        "severity": "unclassified",
        "disclosure": "public",
        "milestones": milestones,
    }
    if transitions := _transitions(updates):
        record["transitions"] = transitions
    if updates:
        record["communications"] = [communication(update, _phase(update)) for update in updates]
    record["provenance"] = _provenance(raw, page, taken, left, odd)
    return Draft(index, values.text_of(raw, "id"), record, _services(raw, odd), frozenset(odd))


def _update_id(raw: Mapping[str, Any], at: str, ids: Collection[str], odd: set[Oddity]) -> str:  # noqa: ARG001 - its id is enough
    source_id = values.text_of(raw, "id")
    made = values.entry_id("sp", source_id, [raw.get("display_at"), raw.get("created_at"), raw.get("body")])
    if not source_id:
        odd.add(Oddity.UPDATE_WITHOUT_ID)
    if made in ids:
        odd.add(Oddity.UPDATE_ID_TWICE)
        made = values.entry_id("sp", "", [raw, len(ids)])
    return made


def _taken(update: Update) -> set[str]:
    """Return the keys of an update that its entry holds as they are."""
    held = {"body": update.text, "display_at": update.at, "status": _phase(update)}
    taken = {key for key, value in held.items() if update.raw.get(key) == value}
    return taken | {"id"} if update.id == f"sp-{update.raw.get('id')}" else taken


def _without_parent(left: list[Any], incident_id: str) -> list[Any]:
    """Return what is left of updates without ``incident_id``, where it is the incident that they stand in."""
    kept = []
    for item in left:
        if isinstance(item, Mapping) and item.get("incident_id") == incident_id:
            item = {key: value for key, value in item.items() if key != "incident_id"}  # noqa: PLW2901 - the same, less a key
        if not isinstance(item, Mapping) or item.keys() - {"id"}:
            kept.append(item)
    return kept


def _phase(update: Update) -> str:
    return update.status if update.status in PHASES else "update"


DIALECT = Dialect(("display_at", "created_at", "updated_at"), "body", _update_id, _taken)


def _transitions(updates: list[Update]) -> list[dict[str, str]]:
    """Return a change of status for each update whose status is another than the one before; a post-mortem changes none."""
    found: list[dict[str, str]] = []
    for update in updates:
        status = STATUSES.get(update.status)
        if status is None or update.status == "postmortem" or (found and found[-1]["to"] == status):
            continue
        found.append({"id": f"{update.id}-to", "to": status, "at": update.at})
    return found


def _milestones(times: Mapping[str, str], updates: list[Update], odd: set[Oddity]) -> dict[str, Any]:
    """Return what the source states of the milestones, and nothing else."""
    started: Any = times["started_at"]
    if not started:
        odd.add(Oddity.START_NOT_STATED)
        reason = "created_at; the source states no start"
        started = {"at": times["created_at"], "confidence": "unknown", "source": reason}
    first = {status: next((u.at for u in updates if u.status == status), "") for status in ("identified", "monitoring")}
    given = {
        "started": started,
        "declared": times["created_at"],
        "identified": first["identified"],
        "mitigated": times["monitoring_at"] or first["monitoring"],
        "resolved": times["resolved_at"],
    }
    return {name: moment for name, moment in given.items() if moment}


def _status(raw: Mapping[str, Any], times: Mapping[str, str], updates: list[Update], odd: set[Oddity]) -> str:
    """Return the status that the source states; where it is none of its own, what its times and updates say."""
    stated = raw.get("status")
    status = STATUSES.get(stated) if isinstance(stated, str) else None
    latest = next((STATUSES[u.status] for u in reversed(updates) if u.status in STATUSES), None)
    if any(update.status not in STATUSES for update in updates):
        odd.add(Oddity.UNKNOWN_STATUS)
    if status is None:
        odd.add(Oddity.UNKNOWN_STATUS)
        return "resolved" if times["resolved_at"] else latest or "declared"
    if latest is not None and latest != status:
        odd.add(Oddity.STATUS_DISAGREES)
    if status == "resolved" and not times["resolved_at"] and not any(u.status == "resolved" for u in updates):
        odd.add(Oddity.RESOLVED_WITHOUT_TIME)
    return status


def _services(raw: Mapping[str, Any], odd: set[Oddity]) -> tuple[ServiceRef, ...]:
    components = raw.get("components")
    if components is not None and not isinstance(components, list):
        odd.add(Oddity.UNEXPECTED_SHAPE)
        return ()
    named = [item for item in components or () if isinstance(item, Mapping) and values.text_of(item, "name").strip()]
    if len(named) < len(components or ()):
        odd.add(Oddity.UNEXPECTED_SHAPE)
    return tuple(
        ServiceRef(values.one_line(values.text_of(item, "name")), values.text_of(item, "id")) for item in named
    )


def _provenance(
    raw: Mapping[str, Any], page: Mapping[str, Any], taken: set[str], left: list[Any], odd: set[Oddity]
) -> dict[str, Any]:
    """Return where the record comes from.

    ``last_seen`` is the latest time that the incident itself gives. The page's own ``updated_at`` is not used: it is the time of
    the page and would claim more than is known of an incident that stands in a file put together from several days.
    """
    shortlink = values.url_or_empty(values.text_of(raw, "shortlink"))
    updated = values.time_of(raw, "updated_at", odd)
    keys = ("updated_at", "resolved_at", "monitoring_at", "created_at", "started_at")
    seen = last_seen(raw, keys, raw.get("incident_updates"), DIALECT)
    if updated and seen == updated:
        taken.add("updated_at")
    if shortlink:
        taken.add("shortlink")
    original = values.rest(raw, taken)
    if left:
        original["incident_updates"] = left
    made = {
        "source": SOURCE,
        "id": values.text_of(raw, "id"),
        "page": values.text_of(page, "name") or values.text_of(page, "url"),
        "url": shortlink,
        "last_seen": seen,
    }
    if "page_id" not in original and values.text_of(page, "id"):
        original["page_id"] = values.text_of(page, "id")
    return {key: value for key, value in made.items() if value} | {"original": original}
