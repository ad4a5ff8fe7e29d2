"""Downtime-equivalent: impact phases weighed by how bad they were. One second of partial outage counts as half of one, say.

Where phases overlap, the worst one counts; nothing is counted twice.
"""

from __future__ import annotations

import datetime as dt
import heapq
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from incidentbook import population
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import UTC
from incidentbook.records.vocabulary import PhaseLevel
from incidentbook.repository import Repository


@dataclass(frozen=True, slots=True)
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
    """Return the impact of ``incidents`` as segments; a phase that has no end yet lasts until ``now``.

    A phase that ends before it starts, or starts after ``now``, has no length and is left out (the checker reports it).
    """
    return [segment for incident in incidents for segment in _of(incident, policy, now)]


def of_repository(repo: Repository, now: dt.datetime) -> list[Segment]:
    """Return the impact of every incident of a knowledge base that policy counts."""
    return segments(population.counted(repo), repo.policy(MetricsPolicy), now)


def _of(incident: Incident, policy: MetricsPolicy, now: dt.datetime) -> Iterator[Segment]:
    for phase in incident.impact.phases:
        if phase.from_ is None:
            continue
        end = min(phase.to.at, now) if phase.to else now
        weight = phase.fraction if phase.fraction is not None else policy.availability.weight(phase.level)
        if end > phase.from_.at:
            services = frozenset(phase.services or incident.services)
            yield Segment(phase.from_.at, end, min(max(weight, 0.0), 1.0), services, incident.id, phase.level)


def affecting(parts: Iterable[Segment], service: str | None) -> list[Segment]:
    """Return the segments that hit ``service``; all of them for None."""
    return [part for part in parts if service is None or service in part.services]


def by_incident(parts: Sequence[Segment], start: dt.datetime, end: dt.datetime) -> dict[str, float]:
    """Return downtime-equivalent seconds from ``start`` to ``end`` by incident.

    Where incidents overlap, the second goes to the one that weighs most, and among equals to the one that began first; so the
    values add up to `downtime`.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    inside = [part for part in parts if part.start < end and part.end > start and part.weight > 0]
    inside.sort(key=lambda part: part.start)
    edges = sorted({min(max(edge, start), end) for part in inside for edge in (part.start, part.end)})
    shares: dict[str, float] = defaultdict(float)
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
            worst = inside[running[0][-1]]
            shares[worst.incident] += (right - left).total_seconds() * worst.weight
    return dict(shares)


def downtime(parts: Sequence[Segment], start: dt.datetime, end: dt.datetime) -> float:
    """Return the downtime-equivalent seconds from ``start`` to ``end``."""
    return sum(by_incident(parts, start, end).values())


def availability(parts: Sequence[Segment], start: dt.datetime, end: dt.datetime) -> float:
    """Return availability from ``start`` to ``end`` in per cent: 100 (1 - downtime-equivalent / elapsed time)."""
    elapsed = (end.astimezone(UTC) - start.astimezone(UTC)).total_seconds()
    return 100.0 * (1.0 - downtime(parts, start, end) / elapsed) if elapsed > 0 else 100.0
