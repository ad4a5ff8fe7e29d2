"""What the rules about the response share: which incidents policy judges, and until when its clocks run."""

from __future__ import annotations

import datetime as dt
from typing import Any

from incidentbook import clocks
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.rules.context import Context


def judged(entry: Entry[Any], context: Context, effective_from: dt.date | None) -> Incident | None:
    """Return the incident when policy judges it.

    It does not judge drills, near misses, cancelled, merged, imported and unclassified records, nor what started before the
    policy took effect.
    """
    incident = entry.record
    if not isinstance(incident, Incident) or not clocks.judges(incident, effective_from, context.zone):
        return None
    return incident


def end(incident: Incident, context: Context) -> dt.datetime:
    """Return when its clocks stop: once it is resolved, or closed, or now."""
    over = incident.milestone("resolved") or incident.milestone("closed")
    return context.or_now(over.at if over else None)
