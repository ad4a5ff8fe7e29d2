"""Incidents whose severity is the one that the business-impact matrix gives, or was decided otherwise with a reason."""

from __future__ import annotations

from incidentbook import assessment, downtime
from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Return the share of those whose record holds facts that the matrix can judge."""
    impact = downtime.of_repository(asked.repo, asked.now)
    judged, against = 0, []
    for item in asked.counted:
        verdict = assessment.judge(asked.repo, item, asked.window, asked.now, impact)
        if verdict.severity is None:
            continue
        judged += 1
        if item.severity != verdict.severity and item.classification.override is None:
            against.append(item.id)
    return Found.share(judged - len(against), judged, "incidents with the severity of the matrix", against)
