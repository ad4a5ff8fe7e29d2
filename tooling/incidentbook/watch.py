"""From when until when incidents have been taken down: time without an incident is not time without records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import UTC

_CHANCE = 2.0  # mean gaps: a silence this long has a chance of exp(-2), 14 %, where incidents come singly
_GAP = 2  # incidents that have one between them


@frozen
class Watch:
    """From when until when incidents have been taken down.

    Attributes:
        since: None where there is no record, and policy does not say it.
        stated: whether policy says it (``records_from``); else it is when the first incident on record started.
        until: None where records go on.
        seen: when an import last saw anything, where that is what ``until`` was taken from; None where policy says it.

    """

    since: dt.datetime | None
    stated: bool
    until: dt.datetime | None = None
    seen: dt.datetime | None = None

    def of(self, window: Window) -> Window | None:
        """Return the part of ``window`` of which records tell; None where they tell of none.

        Where only the first record is known, a window that holds its start is told of from the window's own start: to begin
        with an incident would make incidents look more frequent than they are.
        """
        if self.since is None or window.end <= self.since or (self.until is not None and window.start >= self.until):
            return None
        start = max(window.start, self.since) if self.stated else window.start
        end = window.end if self.until is None else min(window.end, self.until)
        if start >= end:
            return None
        return window if (start, end) == (window.start, window.end) else replace(window, start=start, end=end)

    def tells_of(self, moment: dt.datetime) -> bool:
        """Whether records tell of ``moment``: what is on record from outside their time is there by chance."""
        begun = not self.stated or self.since is None or moment >= self.since
        return begun and (self.until is None or moment < self.until)

    def up_to(self, end: dt.datetime, length: dt.timedelta, zone: str) -> Window | None:
        """Return the time of ``length`` before ``end`` of which records tell, to learn from how much counts vary.

        None where they tell of none. It begins with the first record at the earliest: counts of a time of which nobody knows
        would vary for no reason.
        """
        if self.since is None:
            return None
        start, end = max(end - length, self.since), end if self.until is None else min(end, self.until)
        return Window(start, end, "", zone) if start < end else None

    def note(self, window: Window) -> str:
        """Say what a reader of a figure about ``window`` should know of it; empty where that is nothing."""
        if self.since is None:
            return "there is no record"
        return "; ".join(said for said in (self._begin(window, self.since), self._end(window)) if said)

    def _begin(self, window: Window, since: dt.datetime) -> str:
        day = _day(since, window)
        if window.end <= since:
            return f"records begin on {day}"
        if window.start >= since:
            return ""
        if self.stated:
            return f"from {day} on, when records begin"
        return f"nobody can tell whether there were no incidents before the first record, of {day}"

    def _end(self, window: Window) -> str:
        if self.until is None or window.end <= self.until:
            return ""
        last = self.until - dt.timedelta.resolution
        if window.start >= self.until:
            return (
                f"imports saw nothing after {_day(self.seen, window)}"
                if self.seen
                else f"records end on {_day(last, window)}"
            )
        if self.seen is None:
            return f"until {_day(last, window)}, when records end"
        return f"until {_day(last, window)}, since imports saw nothing after {_day(self.seen, window)}"


def watch(policy: MetricsPolicy, zone: ZoneInfo, dated: Sequence[tuple[dt.datetime, Incident]]) -> Watch:
    """Return from when until when incidents have been taken down.

    Where policy does not say until when (``records_until``) and every record is an import, nobody writes incidents down here,
    and an import reaches no further than what it last saw (``provenance.last_seen``). A silence after that which chance
    explains is still one without incidents: twice the mean time between two of them.

    Args:
        policy: what ``policy/metrics.yml`` says.
        zone: in which days begin and end.
        dated: every incident that says when it started, with that, in the order of time.

    """
    first = dated[0][0].astimezone(UTC) if dated else None
    since = _midnight(policy.records_from, zone) if policy.records_from else first
    stated = policy.records_from is not None
    if policy.records_until:
        return Watch(since, stated, _midnight(policy.records_until + dt.timedelta(days=1), zone))
    seen = None if policy.records_go_on else _last_seen(dated)
    if seen is None or first is None:
        return Watch(since, stated)
    silence = _CHANCE / (len(dated) - 1) * (dated[-1][0] - first)
    return Watch(since, stated, seen + silence, seen)


def _last_seen(dated: Sequence[tuple[dt.datetime, Incident]]) -> dt.datetime | None:
    """Return when imports last saw anything; None where an incident was written here, or where there are too few."""
    if len(dated) < _GAP:
        return None
    newest = dated[-1][0]
    for _, incident in dated:
        if incident.provenance is None or incident.provenance.last_seen is None:
            return None
        newest = max(newest, incident.provenance.last_seen.at)
    return newest.astimezone(UTC)


def _midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone).astimezone(UTC)


def _day(moment: dt.datetime, window: Window) -> dt.date:
    return moment.astimezone(ZoneInfo(window.zone)).date()
