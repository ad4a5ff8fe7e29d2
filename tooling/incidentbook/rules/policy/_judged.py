"""What the rules about the response share: which incidents policy judges, and from when its clocks run."""

from __future__ import annotations

import datetime as dt
from typing import Any

from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import Severity
from incidentbook.rules.context import Context


def judged(entry: Entry[Any], context: Context, effective_from: dt.date | None) -> Incident | None:
    """Return the incident when policy judges it.

    It does not judge drills, near misses, cancelled, merged, imported and unclassified records, nor what started before the
    policy took effect.
    """
    incident = entry.record
    if not isinstance(incident, Incident) or not incident.counts or incident.provenance is not None:
        return None
    if incident.severity in (None, Severity.UNCLASSIFIED) or incident.started is None:
        return None
    if effective_from is not None and incident.started.astimezone(context.zone).date() < effective_from:
        return None
    return incident


def clock_start(incident: Incident) -> tuple[Moment, str] | None:
    """Return when the clocks of its severity begin, and what began then.

    That is the declaration (the start, where none was made), or the later moment at which it was given its severity.
    """
    first = incident.milestone("declared")
    moment, name = (first, "declaration") if first else (incident.milestone("started"), "start")
    if moment is None:
        return None
    changes = ((change.at, change.to) for change in incident.severity_history if change.at)
    before: Severity | None = None
    for at, to in sorted(changes, key=lambda change: change[0].at):
        if to == incident.severity and before not in (None, incident.severity) and at.at > moment.at:
            moment, name = at, "change of severity"
        before = to
    return moment, name


def end(incident: Incident, context: Context) -> dt.datetime:
    """Return when its clocks stop: once it is resolved, or closed, or now."""
    over = incident.milestone("resolved") or incident.milestone("closed")
    return context.or_now(over.at if over else None)
