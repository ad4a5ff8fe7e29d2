"""From a draft to the text of a record, and back: is the record here still exactly what an import wrote? Pure.

The digest covers the whole text (its own value apart, line ends as line feeds), so that a comment counts as an edit, too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from incidentbook import schema
from incidentbook.importers._model import Draft
from incidentbook.records.time import parse_time
from incidentbook.yaml12 import dump

MODELINE = "# yaml-language-server: $schema=../../schemas/incident.schema.json\n"
_BLANK = "sha256:" + "0" * 64
_DIGEST = re.compile(r"^  digest: (sha256:[0-9a-f]{64})$", re.MULTILINE)
MAX_NESTING = 90

Key = tuple[str, str, str]


def key_of(provenance: object) -> Key | None:
    """Return what a record is known by at the next import: source, page and id there; None where it was not imported."""
    if not isinstance(provenance, Mapping):
        return None
    origin = provenance.get("original")
    page = origin.get("page_id") if isinstance(origin, Mapping) else None
    name, source_id = provenance.get("source"), provenance.get("id")
    if not isinstance(name, str) or not isinstance(source_id, str):
        return None
    return name, str(page or provenance.get("page") or ""), source_id


def year_of(draft: Draft) -> int:
    """Return the year in which the incident started, by the offset that the source wrote."""
    return int(started(draft)[:4])


def started(draft: Draft) -> str:
    """Return when the incident started, as written."""
    moment = draft.record["milestones"]["started"]
    return str(moment["at"] if isinstance(moment, Mapping) else moment)


def compose(draft: Draft, incident_id: str, services: Sequence[str]) -> dict[str, Any]:
    """Return the whole record, in the order in which people read it."""
    head = ("title", "status", "severity", "type", "disclosure")
    made: dict[str, Any] = {"id": incident_id}
    made |= {name: draft.record[name] for name in head if name in draft.record}
    if services:
        made["services"] = list(services)
    made |= {name: value for name, value in draft.record.items() if name not in (*head, "provenance")}
    provenance = dict(draft.record["provenance"])
    original = provenance.pop("original", {})
    made["provenance"] = provenance | {"digest": _BLANK} | ({"original": original} if original else {})
    return made


def write(record: Mapping[str, Any]) -> str:
    """Return the text of a composed record, with its digest."""
    text = MODELINE + dump(record)
    return _DIGEST.sub(f"  digest: {_hash(text)}", text, count=1)


def is_ours(text: str) -> bool:
    """Whether a record's text is exactly what an import wrote."""
    found = _DIGEST.findall(text.replace("\r\n", "\n"))
    if len(found) != 1:
        return False
    plain = text.replace("\r\n", "\n")
    return bool(found[0] == _hash(_DIGEST.sub(f"  digest: {_BLANK}", plain)))


def _hash(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


def fault(record: Mapping[str, Any]) -> str:
    """Return why a composed record could not be kept as it is; empty when it can."""
    if not schema.valid("incident", record):
        error = next(schema.errors("incident", record))
        where = ".".join(str(step) for step in error.path) or "the record"
        return f"{where}: {error.keyword} asks for {str(error.expected)[:60]}"
    if _depth(record) > MAX_NESTING:
        return f"it is nested more than {MAX_NESTING} levels deep"
    return ""


def _depth(value: object) -> int:
    if isinstance(value, Mapping):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def differing(here: Mapping[str, Any], made: Mapping[str, Any]) -> list[str]:
    """Return the fields in which the record here differs from what the source says, without what the tool keeps itself."""
    found = [name for name in made if name not in ("id", "provenance") and here.get(name) != made[name]]
    return [*found, "provenance"] if _lasting(here.get("provenance")) != _lasting(made["provenance"]) else found


def _lasting(provenance: object) -> dict[str, Any]:
    """Return what a provenance holds but for what the tool keeps up to date in every record."""
    if not isinstance(provenance, Mapping):
        return {}
    original = provenance.get("original")
    original = original if isinstance(original, Mapping) else {}
    kept = {name: value for name, value in provenance.items() if name not in ("digest", "last_seen", "original")}
    lists = ("incident_updates", "updates")
    return kept | {"original": {k: v for k, v in original.items() if k not in lists}}


def is_older(draft: Draft, here: Mapping[str, Any]) -> bool:
    """Whether the record here was seen later at its source than the draft."""
    provenance = here.get("provenance")
    known = parse_time(provenance.get("last_seen")) if isinstance(provenance, Mapping) else None
    seen = parse_time(draft.record["provenance"].get("last_seen"))
    return known is not None and seen is not None and seen < known
