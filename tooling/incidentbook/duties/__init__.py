"""What policy asks of the response to an incident, and whether it was given: one place for the checker and the backtest.

Nothing here reads a clock: whoever asks brings a `Clock`, so that the checker can note what its answers depend on.
"""

from __future__ import annotations

import datetime as dt
from typing import Protocol
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import Severity, Status

_TICK = dt.timedelta(microseconds=1)


class Clock(Protocol):
    """Whoever knows what has come and what has not, and where days end."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which days end."""
        ...

    def is_past(self, moment: dt.datetime) -> bool:
        """Whether ``moment`` has come: now is at it or after it."""
        ...

    def is_over(self, moment: dt.datetime) -> bool:
        """Whether ``moment`` lies behind: now is after it."""
        ...

    def or_now(self, moment: dt.datetime | None) -> dt.datetime:
        """Return ``moment``, or now where it has not come yet or nobody knows it."""
        ...


@frozen
class Standing:
    """A clock that stands still at ``now``."""

    now: dt.datetime
    zone: ZoneInfo

    def is_past(self, moment: dt.datetime) -> bool:
        """Whether ``moment`` has come."""
        return self.now >= moment

    def is_over(self, moment: dt.datetime) -> bool:
        """Whether ``moment`` lies behind."""
        return self.now >= moment + _TICK

    def or_now(self, moment: dt.datetime | None) -> dt.datetime:
        """Return ``moment``, or now where it has not come yet or nobody knows it."""
        return moment if moment is not None and self.is_past(moment) else self.now


def exempt(incident: Incident) -> str:
    """Return why no policy judges the response to an incident, or an empty text where policy does.

    It does not judge drills, near misses, cancelled, merged, imported and unclassified records, nor one that has no start.
    """
    reasons = {
        "drill": incident.exercise,
        "near miss": incident.near_miss,
        "cancelled": incident.status is Status.CANCELLED,
        "merged": incident.status is Status.MERGED,
        "imported": incident.provenance is not None,
        "unclassified": incident.severity in (None, Severity.UNCLASSIFIED),
        "without a start": incident.started is None,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def covers(effective_from: dt.date | None, moment: dt.datetime | None, zone: ZoneInfo) -> bool:
    """Whether a policy holds for what happened at ``moment``: not before the day on which it takes effect in ``zone``."""
    return moment is not None and (effective_from is None or moment.astimezone(zone).date() >= effective_from)


def is_judged(incident: Incident, effective_from: dt.date | None, zone: ZoneInfo) -> bool:
    """Whether a policy judges the incident: it is not exempt, and did not start before the policy took effect."""
    return not exempt(incident) and covers(effective_from, incident.started, zone)


def clock_start(incident: Incident) -> tuple[Moment, str] | None:
    """Return when the clocks of its severity begin, and what began then.

    That is the declaration (the start, where none was made), or the later moment at which it was given its severity.
    """
    first = incident.milestone("declared")
    moment, name = (first, "declaration") if first else (incident.milestone("started"), "start")
    if moment is None:
        return None
    changes = ((change.at, change.to) for change in incident.severity_history if change.at)
    before: Severity | None = None
    for at, to in sorted(changes, key=lambda change: change[0].at):
        if to == incident.severity and before not in (None, incident.severity) and at.at > moment.at:
            moment, name = at, "change of severity"
        before = to
    return moment, name


def end(incident: Incident, clock: Clock) -> dt.datetime:
    """Return when its clocks stop: once it is resolved, or closed, or now."""
    over = incident.milestone("resolved") or incident.milestone("closed")
    return clock.or_now(over.at if over else None)
