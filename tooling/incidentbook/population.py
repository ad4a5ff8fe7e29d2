"""Which incidents a figure is about: what policy counts, and what it leaves out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.vocabulary import Severity, Status
from incidentbook.repository import Repository


@frozen
class Population:
    """The incidents that a window is about.

    Attributes:
        counted: real incidents that started in the window, oldest first.
        excluded: how many that started in it were left out by policy, by reason.

    """

    counted: tuple[Incident, ...]
    excluded: dict[str, int]


def exclusion(incident: Incident, policy: MetricsPolicy) -> str | None:
    """Return why policy leaves an incident out of reliability metrics, or None when it counts."""
    reasons = {
        "exercise": incident.exercise,
        "near_miss": incident.near_miss,
        "cancelled": incident.status is Status.CANCELLED,
        "merged": incident.status is Status.MERGED,
    }
    found = next((name for name, holds in reasons.items() if holds and name in policy.exclude), None)
    return {"exercise": "drill", "near_miss": "near miss"}.get(found or "", found)


def population(
    repo: Repository, policy: MetricsPolicy, window: Window, severities: Collection[Severity] | None = None
) -> Population:
    """Return the incidents that started in ``window``: those that count, and how many do not.

    Both are told of ``severities`` only, where these are given.
    """
    counted: list[Incident] = []
    excluded: Counter[str] = Counter()
    for incident in repo.all_incidents():
        if window.holds(incident.started) and (severities is None or incident.severity in severities):
            reason = exclusion(incident, policy)
            if reason is None:
                counted.append(incident)
            else:
                excluded[reason] += 1
    counted.sort(key=lambda incident: (incident.started, incident.id))
    return Population(tuple(counted), dict(sorted(excluded.items())))


def counted(repo: Repository) -> list[Incident]:
    """Return every incident that policy counts, whenever it started."""
    policy = repo.policy(MetricsPolicy)
    return [incident for incident in repo.all_incidents() if exclusion(incident, policy) is None]
