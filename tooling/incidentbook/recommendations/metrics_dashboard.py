"""Keep response times in sight, so that a missed target is seen before the next one.

What calls for it: incidents that missed the target to acknowledge, mitigate or resolve (from the start; one
that is still open has missed a target that is over), and resolved incidents whose record lacks a time that a figure needs.

Silent when: all targets were met and all times are there.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.incident import Incident

KIND = Kind.PROCESS
WHAT = "Implement incident metrics dashboard"
_TARGETS = {"acknowledge": "acknowledged", "mitigate": "mitigated", "resolve": "resolved"}


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where targets are missed, or nobody can say whether they are."""
    reasons = [reason for target in _TARGETS if (reason := _missed(asked, target)) is not None]
    resolved = [item for item in asked.judged if item.milestone("resolved")]
    wanted = {name for one in asked.scope.policy.shown_durations.values() for name in (one.from_, one.to)}
    lacking = [item for item in resolved if any(item.milestone(name) is None for name in wanted)]
    if lacking:
        reasons.append(
            Reason.share(
                lacking,
                len(resolved),
                "came without a time that response times are computed from",
                "resolved incidents",
            )
        )
    if reasons:
        yield Advice(tuple(reasons))


def _missed(asked: Asked, target: str) -> Reason | None:
    hits, of = [], 0
    for item in asked.judged_since(asked.severities.effective_from):
        within = asked.severities.level(item.severity).target(target)
        took = _took(asked, item, _TARGETS[target])
        if within is None or took is None:
            continue
        of += 1
        if took > within.total_seconds():
            hits.append(item)
    return Reason.share(hits, of, f"missed the target to {target}") if hits else None


def _took(asked: Asked, incident: Incident, milestone: str) -> float | None:
    """Return the seconds from the start; while it is open and not there yet, those until now."""
    took = incident.seconds_between("started", milestone)
    if took is None and incident.is_open and incident.started is not None:
        return (asked.now - incident.started).total_seconds()
    return took
