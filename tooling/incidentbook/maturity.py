"""The five-level maturity assessment: what is attested, level by level, and what is still missing for the target."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.records.policy.maturity import MaturityCriterion, MaturityPolicy

LOWEST, HIGHEST = 1, 5


@frozen
class DimensionLevel:
    """Where one dimension stands, and the criteria that stand between it and the target."""

    name: str
    level: int
    missing: tuple[MaturityCriterion, ...]


@frozen
class Assessment:
    """The whole: the lowest dimension decides, since a process without people is none."""

    level: int
    target: int
    dimensions: tuple[DimensionLevel, ...]


def assess(policy: MaturityPolicy, now: dt.datetime, zone: ZoneInfo) -> Assessment | None:
    """Assess by the policy's rubric as it stood at ``now``; None where there is no rubric.

    A level is reached when every criterion of it and of the levels below is met, as far up as the rubric asks for anything. A
    criterion is met when the day of its attestation had begun in ``zone`` before ``now``.
    """
    if not policy.dimensions:
        return None
    found = []
    for name, dimension in policy.dimensions.items():
        unmet = [item for item in dimension.criteria if not _met(item, now, zone)]
        asked = max((item.level for item in dimension.criteria), default=LOWEST)
        level = min((item.level for item in unmet), default=asked + 1) - 1
        missing = tuple(item for item in unmet if item.level <= policy.target)
        found.append(DimensionLevel(name, max(level, LOWEST), missing))
    return Assessment(min(item.level for item in found), policy.target, tuple(found))


def _met(criterion: MaturityCriterion, now: dt.datetime, zone: ZoneInfo) -> bool:
    return criterion.attested is not None and dt.datetime.combine(criterion.attested, dt.time(), tzinfo=zone) < now
