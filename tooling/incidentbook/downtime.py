"""Downtime-equivalent: impact phases weighed by how bad they were. One second of partial outage counts as half of one, say.

Where phases overlap, the worst one counts; nothing is counted twice.
"""

from __future__ import annotations

import bisect
import datetime as dt
import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from incidentbook import population
from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import UTC, Moment
from incidentbook.records.vocabulary import PhaseLevel
from incidentbook.repository import Repository


@frozen
class Segment:
    """A stretch of impact: ``weight`` (0 to 1) seconds of downtime for each second, on ``services``."""

    start: dt.datetime
    end: dt.datetime
    weight: float
    services: frozenset[str]
    incident: str
    level: PhaseLevel | None = None

    @property
    def seconds(self) -> float:
        """Its length in seconds, not weighed."""
        return (self.end - self.start).total_seconds()


def segments(incidents: Iterable[Incident], policy: MetricsPolicy, now: dt.datetime) -> list[Segment]:
    """Return the impact of ``incidents`` as segments.

    A phase without an end ends with its incident: when that was resolved or, if imported, last seen; else it lasts until ``now``.
    A phase that ends before it starts, or starts after ``now``, has no length and is left out (the checker reports it).
    """
    return [segment for incident in incidents for segment in _of(incident, policy, now)]


class ImpactOverTime(Protocol):
    """Whoever knows the impact on a service over some time."""

    def seconds(self, service: str, start: dt.datetime, end: dt.datetime) -> float:
        """Return the downtime-equivalent seconds of ``service`` from ``start`` to ``end``."""
        ...


class Impact:
    """Segments by service in the order of time, so that a question about one month does not read the years around it."""

    def __init__(self, parts: Iterable[Segment]) -> None:
        self._parts: dict[str | None, list[Segment]] = defaultdict(list)
        for part in sorted(parts, key=lambda part: part.start):
            for service in (None, *part.services):
                self._parts[service].append(part)
        self._courses: dict[str, _Course] = {}
        self._starts = {service: [part.start for part in found] for service, found in self._parts.items()}
        # the latest end so far never falls, so that it can be searched
        self._reached = {
            service: list(itertools.accumulate((part.end for part in found), max))
            for service, found in self._parts.items()
        }

    def during(self, service: str | None, start: dt.datetime, end: dt.datetime) -> list[Segment]:
        """Return the segments that hit ``service`` (any for None) between ``start`` and ``end``, whole, in their order."""
        if service not in self._starts:
            return []
        first = bisect.bisect_right(self._reached[service], start)
        last = bisect.bisect_left(self._starts[service], end)
        return [part for part in self._parts[service][first:last] if part.end > start]

    def seconds(self, service: str, start: dt.datetime, end: dt.datetime) -> float:
        """Return the downtime-equivalent seconds of ``service`` from ``start`` to ``end``, as `downtime` does, but at once."""
        if service not in self._parts:
            return 0.0
        if service not in self._courses:
            self._courses[service] = _Course(self._parts[service])
        course = self._courses[service]
        return course.until(end) - course.until(start)


class _Course:
    """How bad it was in the course of time, added up, so that of any stretch of it no segment has to be looked at."""

    def __init__(self, parts: Sequence[Segment]) -> None:
        self._stretches = list(_worst(parts, min(part.start for part in parts), max(part.end for part in parts)))
        self._starts = [start for start, _, _ in self._stretches]
        lost = ((end - start).total_seconds() * part.weight for start, end, part in self._stretches)
        self._before = list(itertools.accumulate(lost, initial=0.0))

    def until(self, moment: dt.datetime) -> float:
        """Return the downtime-equivalent seconds before ``moment``."""
        last = bisect.bisect_right(self._starts, moment) - 1
        if last < 0:
            return 0.0
        start, end, part = self._stretches[last]
        return self._before[last] + (min(moment, end) - start).total_seconds() * part.weight


@frozen
class Lost:
    """What a service, or any, lost in some time.

    Attributes:
        shares: downtime-equivalent seconds by incident.
        silent: how many incidents of that time hit it and do not say when.
        known: whether anybody can say; not where all incidents are silent, nor where no record tells of that time.
        elapsed: how long it was, in seconds.

    """

    shares: dict[str, float]
    silent: int
    known: bool
    elapsed: float

    @property
    def seconds(self) -> float:
        """All of it."""
        return sum(self.shares.values())

    @property
    def availability(self) -> float | None:
        """What is left of 100 % after it, in per cent; None where nobody can say."""
        return 100.0 * (1.0 - self.seconds / self.elapsed) if self.known and self.elapsed else None


UNKNOWN = Lost({}, 0, known=False, elapsed=0.0)


def lost(impact: Impact, service: str | None, window: Window, counted: Iterable[Incident]) -> Lost:
    """Return what ``service`` (any for None) lost in ``window``, of which records tell.

    Args:
        impact: of the whole knowledge base.
        service: its slug.
        window: the time.
        counted: the incidents that started in it.

    """
    silent = sum(1 for item in counted if not item.impact.phases and (service is None or service in item.services))
    parts = impact.during(service, window.start, window.end)
    return Lost(by_incident(parts, window.start, window.end), silent, bool(parts) or not silent, window.seconds)


def of_repository(repo: Repository, now: dt.datetime) -> Impact:
    """Return the impact of every incident of a knowledge base that policy counts."""
    return Impact(segments(population.counted(repo), repo.policy(MetricsPolicy), now))


def _of(incident: Incident, policy: MetricsPolicy, now: dt.datetime) -> Iterator[Segment]:
    over = _over(incident)
    for phase in incident.impact.phases:
        if phase.from_ is None:
            continue
        last = phase.to or over
        end = min(last.at, now) if last else now
        weight = phase.fraction if phase.fraction is not None else policy.availability.weight(phase.level)
        if end > phase.from_.at:
            services = frozenset(phase.services or incident.services)
            yield Segment(phase.from_.at, end, min(max(weight, 0.0), 1.0), services, incident.id, phase.level)


def _over(incident: Incident) -> Moment | None:
    """Return when the incident was over as far as anybody knows; None while it goes on."""
    seen = incident.provenance.last_seen if incident.provenance and incident.is_open else None
    return seen or incident.milestone("resolved") or incident.milestone("closed")


def by_incident(parts: Sequence[Segment], start: dt.datetime, end: dt.datetime) -> dict[str, float]:
    """Return downtime-equivalent seconds from ``start`` to ``end`` by incident.

    Where incidents overlap, the second goes to the one that weighs most, and among equals to the one that began first; so the
    values add up to `downtime`.
    """
    shares: dict[str, float] = defaultdict(float)
    for begin, over, worst in _worst(parts, start, end):
        shares[worst.incident] += (over - begin).total_seconds() * worst.weight
    return dict(shares)


def _worst(
    parts: Sequence[Segment], start: dt.datetime, end: dt.datetime
) -> Iterator[tuple[dt.datetime, dt.datetime, Segment]]:
    """Yield stretches of time between ``start`` and ``end`` with the segment that weighs most then, in the order of time."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    inside = [part for part in parts if part.start < end and part.end > start and part.weight > 0]
    inside.sort(key=lambda part: part.start)
    edges = sorted({min(max(edge, start), end) for part in inside for edge in (part.start, part.end)})
    running: list[tuple[float, dt.datetime, str, int]] = []  # worst first
    begun = 0
    for left, right in itertools.pairwise(edges):
        while begun < len(inside) and inside[begun].start <= left:
            part = inside[begun]
            heapq.heappush(running, (-part.weight, part.start, part.incident, begun))
            begun += 1
        while running and inside[running[0][-1]].end <= left:
            heapq.heappop(running)
        if running:
            yield left, right, inside[running[0][-1]]


def downtime(parts: Sequence[Segment], start: dt.datetime, end: dt.datetime) -> float:
    """Return the downtime-equivalent seconds from ``start`` to ``end``."""
    return sum(by_incident(parts, start, end).values())


def availability(parts: Sequence[Segment], start: dt.datetime, end: dt.datetime) -> float:
    """Return availability from ``start`` to ``end`` in per cent: 100 (1 - downtime-equivalent / elapsed time)."""
    return left(downtime(parts, start, end), start, end)


def left(seconds: float, start: dt.datetime, end: dt.datetime) -> float:
    """Return what downtime-equivalent ``seconds`` leave of 100 % from ``start`` to ``end``."""
    elapsed = (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()
    return 100.0 * (1.0 - seconds / elapsed) if elapsed > 0 else 100.0
