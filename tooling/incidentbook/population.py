"""Which incidents a figure is about: what policy counts, and what it leaves out and why."""

from __future__ import annotations

import bisect
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
from incidentbook.watch import watch

DAY = 86_400
OUTSIDE = "outside the time of records"
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

    @property
    def open(self) -> int:
        """How many of those that count are not over."""
        return sum(1 for incident in self.counted if incident.is_open)


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


class Everybody:
    """Every incident that says when it started, in the order of time, so that a window is asked for without a look at all."""

    def __init__(self, repo: Repository, policy: MetricsPolicy) -> None:
        """Look at each once."""
        said = [(incident.started, incident) for incident in repo.all_incidents()]
        dated = [(start, incident) for start, incident in said if start is not None]
        dated.sort(key=lambda pair: (pair[0], pair[1].id))
        self.unstarted = len(said) - len(dated)
        self.watch = watch(policy, repo.zone, dated)
        self._starts = [start for start, _ in dated]
        self._judged = [(incident, exclusion(incident, policy) or self._by_chance(start)) for start, incident in dated]

    @property
    def counted(self) -> list[Incident]:
        """Every incident that counts, oldest first."""
        return [incident for incident, reason in self._judged if reason is None]

    def _by_chance(self, start: dt.datetime) -> str | None:
        """Return why an incident that started then does not count: nobody took all of its time down."""
        return None if self.watch.tells_of(start) else OUTSIDE

    def within(
        self,
        window: Window,
        severities: Collection[Severity] | None = None,
        holds: Callable[[Incident], bool] | None = None,
    ) -> Population:
        """Return the incidents that started in ``window``: those that count, and how many do not.

        Both are told of ``severities`` only, and of those that ``holds`` accepts, where these are given.
        """
        first, last = (bisect.bisect_left(self._starts, edge) for edge in (window.start, window.end))
        asked = [
            (incident, reason)
            for incident, reason in self._judged[first:last]
            if (severities is None or incident.severity in severities) and (holds is None or holds(incident))
        ]
        excluded = Counter(reason for _, reason in asked if reason is not None)
        return Population(
            tuple(incident for incident, reason in asked if reason is None),
            dict(sorted(excluded.items())),
            tuple(incident for incident, reason in asked if reason is not None),
        )


def population(
    repo: Repository, policy: MetricsPolicy, window: Window, severities: Collection[Severity] | None = None
) -> Population:
    """Return the incidents that started in one window, as `Everybody.within` does."""
    return Everybody(repo, policy).within(window, severities)


def is_long(window: Window) -> bool:
    """Whether `by_stretch` can say how much the counts of a window vary."""
    return window.seconds >= _FEWEST * min(_STRETCHES) * DAY


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
