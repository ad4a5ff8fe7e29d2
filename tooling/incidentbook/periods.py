"""Windows of time, and the one grammar of periods that every command and policy uses."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.records.time import UTC, end_of_day, parse_date, parse_duration, parse_time, utc_text

GRAMMAR = "30d, 48h, monthly, quarterly, 2025, 2025-Q1, 2025-01, or FROM..TO (dates, or times with an offset)"
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])\Z", re.IGNORECASE)
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])\Z")
_YEAR = re.compile(r"[0-9]{4}\Z")
_SERIES = {"monthly": (1, 12), "quarterly": (3, 8)}


class PeriodError(IncidentbookError):
    """A period that the grammar does not know."""


@frozen
class Window:
    """A half-open stretch of time, ``start`` inclusive and ``end`` exclusive, both in UTC.

    UTC, since Python subtracts two times of one zone as wall-clock times, which a change to summer time makes an hour wrong.

    Attributes:
        label: how a reader calls it (``2025-01``, ``30 days to 2025-01-15``).
        zone: the zone in which its days and months begin.
        partial: whether its calendar period had not ended at "now".

    """

    start: dt.datetime
    end: dt.datetime
    label: str
    zone: str = "UTC"
    partial: bool = False

    @property
    def seconds(self) -> float:
        """Its length in seconds of elapsed time."""
        return (self.end.astimezone(UTC) - self.start.astimezone(UTC)).total_seconds()

    def holds(self, moment: dt.datetime | None) -> bool:
        """Whether ``moment`` lies in it."""
        return moment is not None and self.start <= moment < self.end

    def plain(self) -> dict[str, object]:
        """Return it for JSON."""
        return {
            "label": self.label,
            "from": utc_text(self.start),
            "to": utc_text(self.end),
            "time_zone": self.zone,
            "partial": self.partial,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Window:
        """Return the window that ``plain`` gave."""
        start, end = (dt.datetime.fromisoformat(plain[name]) for name in ("from", "to"))
        return cls(start.astimezone(UTC), end.astimezone(UTC), plain["label"], plain["time_zone"], plain["partial"])


def parse(text: str, now: dt.datetime, zone: ZoneInfo) -> list[Window]:
    """Return the windows that ``text`` names, oldest first; all end at ``now`` at the latest.

    Raises:
        PeriodError: the text is not of the grammar, or the period has not begun at ``now``.

    """
    if text in _SERIES:
        months, count = _SERIES[text]
        return _series(now, zone, months, count)
    length = parse_duration(text)
    if length is not None and length:
        now = now.astimezone(UTC)
        if now.year <= length.days // 365 + 1:
            raise PeriodError(
                f"The period {text} begins before the calendar does", hint=f"A period is one of: {GRAMMAR}."
            )
        unit = {"d": "day", "h": "hour", "m": "minute", "s": "second"}[text[-1]]
        label = f"{int(text[:-1])} {unit}{'' if int(text[:-1]) == 1 else 's'} to {_last_day(now, zone)}"
        return [Window(now - length, now, label, str(zone))]
    return [_clip(named(text, zone), now)]


def previous(window: Window, zone: ZoneInfo) -> Window:
    """Return the window before: of a calendar month, quarter or year the one before it, else one as long."""
    lengths = ((_MONTH, 1), (_QUARTER, 3), (_YEAR, 12))
    months = next((months for form, months in lengths if form.match(window.label)), 0)
    if months:
        first = window.start.astimezone(zone)
        month = first.year * 12 + first.month - 1 - months
        return calendar(month // 12, month % 12 + 1, months, zone)
    start = window.start - (window.end - window.start)
    begin, end = (moment.astimezone(zone).date() for moment in (start, window.start))
    return Window(start, window.start, f"{begin} to {end}", window.zone)


def named(text: str, zone: ZoneInfo) -> Window:
    """Return the window of a calendar period or of ``FROM..TO``, whether it is over or not. Raises PeriodError."""
    if match := _QUARTER.match(text):
        return calendar(int(match[1]), int(match[2]) * 3 - 2, 3, zone)
    if match := _MONTH.match(text):
        return calendar(int(match[1]), int(match[2]), 1, zone)
    if _YEAR.match(text):
        return calendar(int(text), 1, 12, zone)
    first, dots, last = text.partition("..")
    start, end = _instant(first, zone, end=False), _instant(last, zone, end=True)
    if not dots or start is None or end is None:
        raise PeriodError(f"{text!r} is not a period", hint=f"A period is one of: {GRAMMAR}.")
    if end <= start:
        raise PeriodError(f"The period {text} ends before it starts", hint="Write it as FROM..TO.")
    return Window(start, end, f"{first} to {last}", str(zone))


def _instant(text: str, zone: ZoneInfo, *, end: bool) -> dt.datetime | None:
    day = parse_date(text)
    if day is None:
        moment = parse_time(text)
    elif day.year in (dt.MINYEAR, dt.MAXYEAR):
        moment = None
    else:
        moment = end_of_day(day, zone) if end else dt.datetime.combine(day, dt.time(), tzinfo=zone)
    return moment.astimezone(UTC) if moment else None


def calendar(year: int, month: int, months: int, zone: ZoneInfo) -> Window:
    """Return the window of ``months`` calendar months from the first of ``month``, in ``zone``. Raises PeriodError."""
    if not dt.MINYEAR < year < dt.MAXYEAR - 1:
        raise PeriodError(f"There is no year {year:04}", hint=f"A period is one of: {GRAMMAR}.")
    last = month - 1 + months
    start = dt.datetime(year, month, 1, tzinfo=zone).astimezone(UTC)
    end = dt.datetime(year + last // 12, last % 12 + 1, 1, tzinfo=zone).astimezone(UTC)
    label = {1: f"{year:04}-{month:02}", 3: f"{year:04}-Q{(month + 2) // 3}"}.get(months, f"{year:04}")
    return Window(start, end, label, str(zone))


def month_of(moment: dt.datetime, zone: ZoneInfo) -> Window:
    """Return the calendar month in ``zone`` that holds ``moment``."""
    local = moment.astimezone(zone)
    return calendar(local.year, local.month, 1, zone)


def _last_day(now: dt.datetime, zone: ZoneInfo) -> dt.date:
    """Return the last day that has anything of itself before ``now``: at midnight that is the day that ends there."""
    return (now.astimezone(UTC) - dt.timedelta.resolution).astimezone(zone).date()


def _series(now: dt.datetime, zone: ZoneInfo, months: int, count: int) -> list[Window]:
    local = _last_day(now, zone)
    current = (local.year * 12 + local.month - 1) // months * months
    firsts = [current - months * back for back in range(count - 1, -1, -1)]
    return [_clip(calendar(first // 12, first % 12 + 1, months, zone), now) for first in firsts]


def _clip(window: Window, now: dt.datetime) -> Window:
    if window.start >= now:
        raise PeriodError(
            f"The period {window.label} has not begun at {utc_text(now)}",
            hint="Choose an earlier one, or give --as-of.",
        )
    if window.end <= now:
        return window
    return Window(window.start, now.astimezone(UTC), window.label, window.zone, partial=True)
