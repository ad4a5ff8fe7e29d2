"""A severity that the business-impact matrix does not give.

What it checks
    The severity of an incident is the one that `policy/severities.yml` gives its facts (`classification`), unless
    `classification.override` names it with a reason. Without a fact that any criterion could judge, nothing is said; a milder
    severity than the record's is reported only where a fact that would decide it is known. Drills, near misses, cancelled,
    merged, imported and unclassified records, and those from before the policy, are not judged.

Why it matters
    Severity decides who is woken, how often customers hear something and whether a post-mortem is owed. Given by feeling, it
    says more about the hour than about the incident.

Bad example
    # incidents/2025/INC-2025-001.yml
    severity: sev3
    classification: {customers_affected_pct: 100}

Good example
    # incidents/2025/INC-2025-001.yml
    severity: sev3
    classification:
      customers_affected_pct: 100
      override: {severity: sev3, reason: Only the demo system was hit, decided_by: incident-commander}
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from incidentbook import assessment
from incidentbook.classification import Measures, Verdict, classify
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Severity
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.rules.policy._judged import judged

CODE = "IB503"
NAME = "severity-against-matrix"
SUMMARY = "A severity is not the one that the impact matrix gives"
GRADE = Grade.WARNING
KINDS = ("incident",)
_ANY = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_HINT = "Give it that severity, correct the facts, or say in `classification.override` why it is another."


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at a severity that the matrix contradicts, or at an override that names another than the record has."""
    policy = context.policy(Severities)
    incident = judged(entry, context, policy.effective_from)
    if incident is None or incident.severity is None:
        return
    override = incident.classification.override
    if override is not None and override.severity not in (None, incident.severity):
        message = f"The override says {override.severity}, and the severity of the incident is {incident.severity}"
        said = Place(entry, ("severity",), message="the incident's severity")
        yield Hit(Place(entry, ("classification", "override", "severity")), message, "Correct one of them.", (said,))
    elif override is None or not override.reason:
        facts = _facts(incident, policy, context)
        verdict = classify(policy, facts)
        why = _contradiction(incident.severity, verdict, policy, facts)
        if why:
            message = f"The incident is {incident.severity}, and the impact matrix gives {verdict.severity}: {why}"
            given = ("severities", str(verdict.severity))
            matrix = Place(context.policies["severities"], given, message="policy says so here")
            yield Hit(Place(entry, ("severity",)), message, _HINT, (matrix,))


def _contradiction(severity: Severity, verdict: Verdict, policy: Severities, facts: Measures) -> str:
    """Say what makes the matrix's severity another one; empty where it is the same, or cannot be told."""
    order = [known for known in Severity if known.value in policy.severities]
    if verdict.severity is None or severity not in order or verdict.severity == severity:
        return ""
    met = [judged.text for judged in verdict.criteria if judged.deciding and judged.met]
    if order.index(verdict.severity) < order.index(severity):
        return "; ".join(met)
    known = [criterion.measure for criterion in policy.level(severity).any if criterion.measure in facts]
    if not known:
        return ""
    return "; ".join(met) or f"no fact of the record makes it {severity}"


def _facts(incident: Incident, policy: Severities, context: Context) -> Measures:
    """Return the incident's facts; service levels, for which other incidents count too, only where they decide anything."""
    deciding = {criterion.measure for level in policy.severities.values() for criterion in level.any}
    length = parse_duration(context.policy(MetricsPolicy).windows.get("default")) or dt.timedelta(days=30)
    judged = incident if "slo_breached" in deciding else dataclasses.replace(incident, services=())
    end = context.or_now(assessment.last_impact(incident)) if judged.services else _ANY
    facts = assessment.measures(context.house, judged, Window(end - length, end, ""), end, context)
    share = incident.classification.customers_affected_pct
    if share is not None and not 0 <= share <= 100:  # noqa: PLR2004 - no percentage: the schema rules say so
        deciding.discard("customers_affected_pct")
    return {measure: value for measure, value in facts.items() if measure in deciding}
