"""The durations of a set of incidents between two milestones, and how many incidents gave none, by reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import DurationDefinition, MetricsPolicy
from incidentbook.records.vocabulary import MILESTONES

UNRESOLVED = "unresolved when last seen"


@frozen
class Sample:
    """The durations of a set, in seconds, and how many incidents gave none, by reason.

    Attributes:
        seconds: of those that are over, in the order of the set.
        lasting: how long those that are not over have lasted until now, or until they were last seen.
        missing: a milestone is not in the record.
        open: still open: their time so far is in ``lasting``.
        unknown: imported, and not over when last seen: likewise.
        negative: the end lies before the start.
        zero: of no length, where policy takes that for not measured.

    """

    seconds: tuple[float, ...] = ()
    lasting: tuple[float, ...] = ()
    missing: int = 0
    open: int = 0
    unknown: int = 0
    negative: int = 0
    zero: int = 0

    @property
    def excluded(self) -> dict[str, int]:
        """What was set apart, by reason, as far as there is any."""
        counts = {"negative": self.negative, "of zero length": self.zero, UNRESOLVED: self.unknown}
        return {reason: count for reason, count in counts.items() if count}

    @property
    def excluded_of_quantiles(self) -> dict[str, int]:
        """What was set apart of a quantile, to which what is not over counts too."""
        return {reason: count for reason, count in self.excluded.items() if reason != UNRESOLVED}


def measured(incident: Incident, policy: MetricsPolicy) -> Iterator[tuple[str, DurationDefinition, float]]:
    """Yield the incident's own response times: key, what policy says of it, and seconds; none that ends before it starts."""
    for key, definition in policy.shown_durations.items():
        seconds = incident.seconds_between(definition.from_, definition.to)
        if seconds is not None and seconds >= 0 and not (seconds == 0 and definition.zero == "unmeasured"):
            yield key, definition, seconds


def sample(incidents: Iterable[Incident], definition: DurationDefinition, now: dt.datetime) -> Sample:
    """Return the durations that ``definition`` means. Ends before starts are set apart, never counted and never turned round."""
    seconds: list[float] = []
    lasting: list[float] = []
    missing = still_open = unknown = negative = zero = 0
    for incident in incidents:
        length = incident.seconds_between(definition.from_, definition.to)
        if length is None:
            so_far = _so_far(incident, definition, now)
            if so_far is None:
                missing += 1
                continue
            unknown += incident.unresolved_when_last_seen
            still_open += not incident.unresolved_when_last_seen
            lasting.append(so_far)
        elif length < 0:
            negative += 1
        elif length == 0 and definition.zero == "unmeasured":
            zero += 1
        else:
            seconds.append(length)
    return Sample(tuple(seconds), tuple(lasting), missing, still_open, unknown, negative, zero)


def _so_far(incident: Incident, definition: DurationDefinition, now: dt.datetime) -> float | None:
    """Return how long an open incident has been on its way to the end of a duration; None where it has passed it unnoted."""
    begun = incident.milestone(definition.from_)
    if not incident.is_open or begun is None or definition.to not in MILESTONES:
        return None
    later = MILESTONES[MILESTONES.index(definition.to) + 1 :]
    if any(incident.milestone(name) for name in later):
        return None
    seen = incident.provenance.last_seen if incident.provenance else None
    so_far = ((seen.at if seen else now) - begun.at).total_seconds()
    return so_far if so_far >= 0 else None
