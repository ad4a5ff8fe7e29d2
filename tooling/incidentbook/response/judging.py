"""Severity by business impact: the facts of a record held against the matrix in policy, and what becomes of the answer."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping

from incidentbook import assessment
from incidentbook.classification import Judged, Verdict, classify
from incidentbook.errors import IncidentbookError
from incidentbook.periods import Window
from incidentbook.records.impact import SeverityOverride
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import parse_duration
from incidentbook.repository import Repository
from incidentbook.response import moves
from incidentbook.response.draft import Draft

FACTS = {
    "customers_affected_pct": "customers affected",
    "revenue_per_hour": "revenue lost per hour",
    "data_loss": "data loss",
    "data_exposed": "data exposed",
    "safety_risk": "safety risk",
}
_LENGTH = dt.timedelta(days=30)
_NONE = "no criterion of a higher severity is met"


def verdict(house: Repository, incident: Incident, now: dt.datetime, whole: Callable[[], Repository]) -> Verdict:
    """Return what the matrix says of ``incident``: nothing where nothing is known that could decide.

    Args:
        house: the policies.
        incident: the one to judge.
        now: when phases that are not over are cut off.
        whole: loads the knowledge base; asked only where a service level decides, for which other incidents count too.

    """
    judged, repo = incident, house
    if by_service_level(house.policy(Severities)) and incident.services:
        repo = whole()
    else:
        judged = dataclasses.replace(incident, services=())
    length = parse_duration(repo.policy(MetricsPolicy).windows.get("default")) or _LENGTH
    end = assessment.last_impact(incident) or now
    known = assessment.measures(repo, judged, Window(end - length, end, ""), now)
    policy = repo.policy(Severities)
    return classify(policy, known) if _deciding(policy) & known.keys() else Verdict(None, ())


def by_service_level(policy: Severities) -> bool:
    """Whether a service level can decide, for which the whole knowledge base is read."""
    return "slo_breached" in _deciding(policy)


def unstated(policy: Severities, incident: Incident) -> list[str]:
    """Return the facts that could decide and that the record does not state."""
    known = incident.classification
    return [name for name in FACTS if name in _deciding(policy) and getattr(known, name) in (None, "")]


def because(found: Verdict, *, briefly: bool = False) -> str:
    """Return the criteria that decided, in a line: with their figures, or by their names."""
    met = [item for item in found.criteria if item.deciding and item.met]
    if briefly:
        return ", ".join(item.name for item in met) or _NONE
    return "; ".join(f"{item.name}: {item.text}" for item in met) or _NONE


def differs(found: Verdict, incident: Incident) -> bool:
    """Whether the record has another severity than the matrix gives it, without an override that says why."""
    override = incident.classification.override
    chosen = override is not None and override.severity is incident.severity
    return found.severity is not None and found.severity is not incident.severity and not chosen


def state(draft: Draft, facts: Mapping[str, object]) -> None:
    """Write facts of business impact into the record; a later one takes the place of an earlier."""
    for name, value in facts.items():
        draft.set(("classification", name), value)


def follow(draft: Draft, found: Verdict, at: dt.datetime, now: dt.datetime) -> None:
    """Take the matrix's severity over. Raises IncidentbookError where it has none, or an override stands against it."""
    override = draft.incident.classification.override
    if found.severity is None:
        raise IncidentbookError(
            "The record states nothing that the matrix judges, so there is nothing to apply",
            hint="`inc classify --help` lists the facts.",
        )
    if override is not None and override.severity is not found.severity:
        raise IncidentbookError(
            f"An override says {override.severity}: {override.reason}",
            hint="Take `classification.override` out by hand.",
        )
    if draft.incident.severity is not found.severity:
        moves.change_severity(draft, found.severity, at, now, f"By the matrix: {because(found)}")


def override(draft: Draft, found: Verdict, chosen: SeverityOverride, at: dt.datetime, now: dt.datetime) -> None:
    """Choose a severity against the matrix, with its reason. Raises IncidentbookError where the matrix says the same."""
    if chosen.severity is None or chosen.severity is found.severity:
        raise IncidentbookError(
            f"The matrix says {found.severity} too: {because(found)}", hint="--apply takes that over."
        )
    plain = {"severity": chosen.severity.value, "reason": chosen.reason, "decided_by": chosen.decided_by}
    draft.set(("classification", "override"), plain)
    if draft.incident.severity is not chosen.severity:
        moves.change_severity(draft, chosen.severity, at, now, chosen.reason)


def criteria(found: Verdict) -> list[tuple[str, Judged]]:
    """Return each criterion with its mark, deciding ones first."""
    return [("✓" if item.met else "✗", item) for item in found.criteria]


def _deciding(policy: Severities) -> set[str]:
    return {criterion.measure for level in policy.severities.values() for criterion in level.any}
