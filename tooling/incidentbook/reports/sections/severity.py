"""Severity by the business-impact matrix, with the criteria that decided and the response targets."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import words
from incidentbook.records.vocabulary import Severity
from incidentbook.report_model import Bullets, Section, fields, group, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 20
_MEASURED = {"acknowledge": "acknowledged", "mitigate": "mitigated", "resolve": "resolved"}


def build(context: ReportContext) -> Section | None:
    """Severity, what the matrix says, its criteria, and how the response held against the severity's targets."""
    incident, matrix = context.incident, context.repo.policy(Severities)
    if incident.severity in (None, Severity.UNCLASSIFIED):
        return None
    override = incident.classification.override
    computed = context.verdict.severity
    met = [f"{item.name}: {item.text}" for item in context.verdict.criteria if item.met]
    return section(
        "Severity Classification",
        fields(
            ("Severity", matrix.label(incident.severity)),
            ("By the matrix", _otherwise(context) if computed and computed is not incident.severity else None),
            ("Override", override.reason if override else None),
        ),
        group("Criteria", Bullets(tuple(met))),
        group("Response targets", Bullets(tuple(_targets(context)))),
    )


def _otherwise(context: ReportContext) -> str:
    """Say the matrix's severity, and where it is only the mildest because the record has little to judge by yet."""
    label = context.repo.policy(Severities).label(context.verdict.severity)
    decided = any(item.deciding and item.met for item in context.verdict.criteria)
    return label if decided else f"{label}, as nothing that the record says meets a criterion"


def _targets(context: ReportContext) -> list[str]:
    level = context.repo.policy(Severities).level(context.incident.severity)
    lines = []
    for name, milestone in _MEASURED.items():
        target = level.target(name)
        if target is None:
            continue
        held = _held(context, milestone, target)
        lines.append(f"{name.capitalize()} within {words(target.total_seconds())}: {held}")
    update = level.target("update")
    if update is not None:
        lines.append(f"Update every {words(update.total_seconds())}")
    return lines


def _held(context: ReportContext, milestone: str, target: dt.timedelta) -> str:
    incident = context.incident
    took = incident.seconds_between("started", milestone)
    if took is not None:
        return f"{'met' if took <= target.total_seconds() else 'missed'} ({words(took)})"
    if incident.is_open and not incident.unresolved_when_last_seen and incident.started is not None:
        return "missed (not yet)" if context.now - incident.started > target else "not yet"
    return "no time recorded"
