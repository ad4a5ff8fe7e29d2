"""How many incidents started in the window, by severity, type, service, factor and team; near misses and drills apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from incidentbook import slices
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity

ORDER = 10
GROUP = "Counts"
KEYS = frozenset({"incidents", "near-misses", "drills"})
_NAMES = {
    "service": "by the services in their record",
    "factor": "by the contributing factors that their post-mortem found",
    "team": "by the teams that own the services hit, or where no service says, that held a role",
}


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the count by severity and by type, then by service, factor and team, then what policy keeps apart."""
    counted, excluded = scope.population.counted, scope.population.excluded
    unknown = sum(1 for incident in counted if incident.unresolved_when_last_seen)
    still_open = scope.population.open - unknown
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
        excluded=excluded,
        open=still_open,
        counts_open=True,
        note=f"{unknown} unresolved when last seen" if unknown else "",
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
        excluded=excluded,
        parts=dict(Counter(incident.type.label for incident in counted if incident.type).most_common()),
    )
    for dimension, text in _NAMES.items():
        yield _by(scope, dimension, text)
    yield from _apart(scope)


def _by(scope: Scope, dimension: str, text: str) -> Figure:
    counted = scope.population.counted
    parts = slices.slices(scope.repo, counted, dimension)
    nameless = sum(len(part.incidents) for part in parts if part.label == slices.NONE)
    shared = Counter(part.name for part in parts)
    names = {part.label: part.name if shared[part.name] == 1 else f"{part.name} ({part.label})" for part in parts}
    return Figure(
        key=f"incidents.by-{dimension}",
        name=f"Incidents by {dimension}",
        unit="count",
        value=len(counted),
        definition=f"incidents that started in the window, {text}; one incident may count several times",
        n=len(counted) - nameless,
        missing=nameless,
        excluded=scope.population.excluded,
        parts={names[part.label]: len(part.incidents) for part in parts if part.label != slices.NONE},
        detail=True,
    )


def _apart(scope: Scope) -> Iterator[Figure]:
    started = (*scope.population.counted, *scope.population.apart)
    near = [incident for incident in started if incident.near_miss and not incident.exercise]
    drills = [incident for incident in started if incident.exercise]
    over = sum(1 for drill in drills if not drill.is_open)
    text = "records that started in the window and say"
    yield Figure(
        "near-misses", "Near misses", "count", len(near), f"{text} `near_miss: true`; in no figure of reliability",
        n=len(near),
    )  # fmt: skip
    yield Figure(
        "drills", "Drills held", "count", over, f"{text} `exercise: true`, once they are over; in no figure of reliability",
        n=len(drills), open=len(drills) - over,
    )  # fmt: skip
