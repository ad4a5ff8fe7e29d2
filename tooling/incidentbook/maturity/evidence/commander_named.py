"""Incidents of the two worst severities whose record says who commanded them."""

from __future__ import annotations

from incidentbook.duties import commander
from incidentbook.maturity.evidence import Asked, Found
from incidentbook.records.vocabulary import Severity


def look(asked: Asked) -> Found:
    """Return the share with an incident commander from a stated time on."""
    major = [item for item in asked.counted if item.severity in (Severity.SEV1, Severity.SEV2)]
    against = [item.id for item in major if commander.first(item) is None]
    return Found.share(len(major) - len(against), len(major), "major incidents with an incident commander", against)
