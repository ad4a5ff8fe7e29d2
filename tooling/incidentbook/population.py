"""Which incidents a figure is about: what policy counts, and what it leaves out and why."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import UTC
from incidentbook.records.vocabulary import Severity, Status
from incidentbook.repository import Repository

DAY = 86_400
_STRETCHES = (30, 7)  # days
_FEWEST = 8


@frozen
class Population:
    """The incidents that a window is about.

    Attributes:
        counted: real incidents that started in the window, oldest first.
        excluded: how many that started in it were left out by policy, by reason.
        apart: those that were left out, oldest first.

    """

    counted: tuple[Incident, ...]
    excluded: dict[str, int]
    apart: tuple[Incident, ...] = ()


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
    repo: Repository,
    policy: MetricsPolicy,
    window: Window,
    severities: Collection[Severity] | None = None,
    holds: Callable[[Incident], bool] | None = None,
) -> Population:
    """Return the incidents that started in ``window``: those that count, and how many do not.

    Both are told of ``severities`` only, and of those that ``holds`` accepts, where these are given.
    """
    counted: list[Incident] = []
    apart: list[Incident] = []
    excluded: Counter[str] = Counter()
    for incident in repo.all_incidents():
        if not window.holds(incident.started) or not (severities is None or incident.severity in severities):
            continue
        if holds is not None and not holds(incident):
            continue
        reason = exclusion(incident, policy)
        if reason is None:
            counted.append(incident)
        else:
            apart.append(incident)
            excluded[reason] += 1
    return Population(_in_time(counted), dict(sorted(excluded.items())), _in_time(apart))


def _in_time(incidents: list[Incident]) -> tuple[Incident, ...]:
    return tuple(sorted(incidents, key=lambda incident: (incident.started, incident.id)))


def by_stretch(incidents: Sequence[Incident], window: Window) -> list[int]:
    """Count by equal stretches that end with the window, those without an incident included; none for a short window.

    How much such counts vary says how far to trust their mean, and it takes `_FEWEST` of them to say so: weeks from eight
    weeks on, stretches of 30 days from eight of those on.
    """
    step = next((days * DAY for days in _STRETCHES if window.seconds >= _FEWEST * days * DAY), 0)
    if not step:
        return []
    counts = [0] * int(window.seconds // step)
    first = window.end.astimezone(UTC) - dt.timedelta(seconds=len(counts) * step)
    for incident in incidents:
        place = (incident.started.astimezone(UTC) - first).total_seconds() // step if incident.started else -1
        if 0 <= place < len(counts):
            counts[int(place)] += 1
    return counts


def counted(repo: Repository) -> list[Incident]:
    """Return every incident that policy counts, whenever it started."""
    policy = repo.policy(MetricsPolicy)
    return [incident for incident in repo.all_incidents() if exclusion(incident, policy) is None]
