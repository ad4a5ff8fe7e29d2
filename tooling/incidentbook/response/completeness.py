"""What a record still lacks for its status: the schema's conditions as a table, as a validator takes longer than a command.

A test holds the table against the schema.
"""

from __future__ import annotations

from collections.abc import Mapping

from incidentbook.records.vocabulary import Severity, Status

_CAUSE = ("type", "services")
_OVER = (*_CAUSE, "impact", "timeline")
NEEDED: Mapping[Status, tuple[str, ...]] = {
    Status.IDENTIFIED: _CAUSE,
    Status.MITIGATED: _CAUSE,
    Status.MONITORING: _CAUSE,
    Status.RESOLVED: _OVER,
    Status.CLOSED: (*_OVER, "summary", "resolution"),
    Status.MERGED: ("links",),
}
_HOW = {
    "type": "inc classify --type …", "services": "inc classify --service …", "impact": "inc impact outage --at …",
    "timeline": "inc log …", "summary": "by hand", "resolution": "by hand", "links": "by hand",
}  # fmt: skip


def lacking(record: object) -> list[str]:
    """Return the keys that the plain data of a record still lacks for its status; none for imports that nobody classified."""
    if not isinstance(record, Mapping) or record.get("severity") in (None, Severity.UNCLASSIFIED.value):
        return []
    needed = next((keys for status, keys in NEEDED.items() if status.value == record.get("status")), ())
    return [key for key in needed if key not in record]


def said(record: object) -> list[str]:
    """Return the line that tells a responder what is missing and what mends it; none where nothing is."""
    missing = ", ".join(f"{key} ({_HOW[key]})" for key in lacking(record))
    return [f"still missing: {missing}"] if missing else []
