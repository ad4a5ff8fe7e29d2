"""What it is, when it was, how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import words
from incidentbook.report_model import Section, fields, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 0


def build(context: ReportContext) -> Section | None:
    """Identity, severity, times and status."""
    incident = context.incident
    started, resolved = incident.milestone("started"), incident.milestone("resolved")
    kind = " (drill)" if incident.exercise else " (near miss)" if incident.near_miss else ""
    return section(
        "Incident Response Analysis",
        fields(
            ("Incident ID", incident.id),
            ("Severity", context.repo.policy(Severities).label(incident.severity)),
            ("Type", f"{incident.type.label} Incident{kind}" if incident.type else None),
            ("Status", _status(context)),
            ("Start Time", started.written if started else None),
            ("Resolution Time", resolved.written if resolved else None),
            ("Duration", words(context.seconds) if context.seconds is not None else None),
        ),
    )


def _status(context: ReportContext) -> str | None:
    """Say where it stands; of an imported record nobody can say more than its source did when it was last seen."""
    incident = context.incident
    if incident.status is None:
        return None
    seen = incident.provenance.last_seen if incident.provenance else None
    if incident.unresolved_when_last_seen and seen is not None:
        return f"{incident.status.value} (unresolved when last seen, {seen.written})"
    return incident.status.value
