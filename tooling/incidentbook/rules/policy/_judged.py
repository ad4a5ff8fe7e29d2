"""What the rules about the response share: the incident of a file, where policy judges it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from incidentbook import duties
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.rules.context import Context


def judged(entry: Entry[Any], context: Context, effective_from: dt.date | None) -> Incident | None:
    """Return the incident when policy judges it.

    It does not judge drills, near misses, cancelled, merged, imported and unclassified records, nor what started before the
    policy took effect.
    """
    incident = entry.record
    if not isinstance(incident, Incident) or not duties.is_judged(incident, effective_from, context.zone):
        return None
    return incident
