"""Since when incidents have been taken down: time without an incident is not time without records."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import UTC


@frozen
class Watch:
    """Since when incidents have been taken down, so that one can tell time without an incident from time without records.

    Attributes:
        since: None where there is no record, and policy does not say it.
        stated: whether policy says it (``records_from``); else it is when the first incident on record started.

    """

    since: dt.datetime | None
    stated: bool

    def of(self, window: Window) -> Window | None:
        """Return the part of ``window`` of which records tell; None where they tell of none.

        Where only the first record is known, a window that holds its start is told of whole: to begin with an incident would
        make incidents look more frequent than they are.
        """
        if self.since is None or window.end <= self.since:
            return None
        if self.stated and window.start < self.since:
            return replace(window, start=self.since)
        return window

    def up_to(self, end: dt.datetime, length: dt.timedelta, zone: str) -> Window | None:
        """Return the time of ``length`` before ``end`` of which records tell, to learn from how much counts vary.

        None where they tell of none. It begins with the first record at the earliest: counts of a time of which nobody knows
        would vary for no reason.
        """
        start = end - length if self.since is None else max(end - length, self.since)
        return Window(start, end, "", zone) if self.since is not None and start < end else None

    def note(self, window: Window) -> str:
        """Say what a reader of a figure about ``window`` should know of it; empty where that is nothing."""
        if self.since is None:
            return "there is no record"
        day = self.since.astimezone(ZoneInfo(window.zone)).date()
        if window.end <= self.since:
            return f"records begin on {day}"
        if window.start >= self.since:
            return ""
        if self.stated:
            return f"from {day} on, when records begin"
        return f"nobody can tell whether there were no incidents before the first record, of {day}"


def watch(policy: MetricsPolicy, zone: ZoneInfo, first: dt.datetime | None) -> Watch:
    """Return since when incidents have been taken down, given when the ``first`` on record started."""
    if policy.records_from is not None:
        begin = dt.datetime.combine(policy.records_from, dt.time(), tzinfo=zone)
        return Watch(begin.astimezone(UTC), stated=True)
    return Watch(first.astimezone(UTC) if first else None, stated=False)
