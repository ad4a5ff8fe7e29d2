"""How many incidents started in the window, by severity and type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity

ORDER = 10
GROUP = "Counts"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the count, with the number of each severity and of each type in its parts."""
    counted = scope.population.counted
    unknown = sum(1 for incident in counted if incident.unresolved_when_last_seen)
    still_open = sum(1 for incident in counted if incident.is_open) - unknown
    states = {"still open": still_open, "unresolved when last seen": unknown}
    severities = Counter(incident.severity.label for incident in counted if incident.severity)
    named = [severity for severity in Severity if severity.value in scope.repo.policy(Severities).severities]
    parts = {severity.label: severities.pop(severity.label, 0) for severity in named or list(Severity)[:3]}
    parts |= dict(sorted(severities.items()))
    yield Figure(
        key="incidents",
        name="Incident count",
        unit="count",
        value=len(counted),
        definition="incidents that started in the window",
        n=len(counted),
        excluded=scope.population.excluded,
        note=", ".join(f"{count} {state}" for state, count in states.items() if count),
        parts=parts,
    )
    yield Figure(
        key="incidents.by-type",
        name="Incidents by type",
        unit="count",
        value=len(counted),
        definition="incidents that started in the window, by the type in their record",
        n=len(counted),
        missing=sum(1 for incident in counted if incident.type is None),
        excluded=scope.population.excluded,
        parts=dict(Counter(incident.type.label for incident in counted if incident.type).most_common()),
    )
