"""TTx: the time from one milestone to another, as ``policy/metrics.yml`` defines each.

TTx is of one incident. The mean over a set is always given beside its median, since durations are close to log-normal and a
mean of few moves by itself (Davidovic, "Incident Metrics in SRE", 2021).
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from incidentbook.figures import Figure
from incidentbook.frozen import frozen
from incidentbook.metrics import Scope
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import DurationDefinition

ORDER = 20


@frozen
class Sample:
    """The durations of a set, in seconds, and how many incidents gave none, by reason."""

    seconds: tuple[float, ...]
    missing: int
    open: int
    unknown: int
    negative: int
    zero: int


def sample(incidents: tuple[Incident, ...], definition: DurationDefinition) -> Sample:
    """Return the measured durations. Ends before starts are set apart, never counted and never turned round."""
    seconds: list[float] = []
    missing = still_open = unknown = negative = zero = 0
    for incident in incidents:
        length = incident.seconds_between(definition.from_, definition.to)
        if length is None:
            unknown += incident.unresolved_when_last_seen
            still_open += incident.is_open and not incident.unresolved_when_last_seen
            missing += not incident.is_open
        elif length < 0:
            negative += 1
        elif length == 0 and definition.zero == "unmeasured":
            zero += 1
        else:
            seconds.append(length)
    return Sample(tuple(seconds), missing, still_open, unknown, negative, zero)


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the mean and the median of every TTx that policy defines."""
    for key, definition in scope.policy.durations.items():
        found = sample(scope.population.counted, definition)
        excluded = dict(scope.population.excluded)
        counts = {
            "negative": found.negative,
            "of zero length": found.zero,
            "unresolved when last seen": found.unknown,
        }
        excluded |= {reason: count for reason, count in counts.items() if count}
        for statistic, compute_one in (("mean", statistics.fmean), ("median", statistics.median)):
            yield Figure(
                key=f"m{key}" if statistic == "mean" else f"median-{key}",
                name=_name(definition, statistic, key),
                unit="seconds",
                value=compute_one(found.seconds) if found.seconds else None,
                definition=f"{definition.from_} to {definition.to}, over the incidents that started in the window",
                n=len(found.seconds),
                missing=found.missing,
                excluded=excluded,
                open=found.open,
            )


def _name(definition: DurationDefinition, statistic: str, key: str) -> str:
    if statistic == "mean":
        name, short = definition.mean_name or f"Mean {key}", definition.mean_abbreviation
    else:
        name, short = f"Median {(definition.name or key)[:1].lower()}{(definition.name or key)[1:]}", ""
    return f"{name} ({short})" if short else name
