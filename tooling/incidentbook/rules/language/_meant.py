"""The two windows that a claim means, seen from the day on which it was written."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from zoneinfo import ZoneInfo

from incidentbook import periods
from incidentbook.periods import Window
from incidentbook.records.time import UTC

_LENGTH = dt.timedelta(days=90)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_SEVERAL = re.compile(r"\d{4}-(?:\d\d|Q\d) to ")
_BESIDE = ("before", "year before")  # which the other period says


def windows(before: str, after: str, anchor: dt.datetime, zone: ZoneInfo) -> tuple[Window, Window]:
    """Return the earlier and the later window.

    Without any period, the 90 days up to ``anchor`` and the 90 before; with the later one only, the one before it; with the
    earlier one only, all since. What lies in both would be compared with itself: in place of an earlier one that does not end
    before the later one begins stands the one before that, and its label says so.

    Args:
        before: the period that the claim is held against, as `prose.claimed_periods` gives it; empty where it names none.
        after: the period in which it is said to be so, likewise.
        anchor: when the text was written.
        zone: in which days and months begin.

    """
    earlier = _named(before, anchor, zone) if before and before not in _BESIDE else None
    if after:
        later = _named(after, anchor, zone)
    elif earlier is not None:
        end = max(anchor, earlier.end + (earlier.end - earlier.start))
        return earlier, Window(earlier.end, end, f"since {earlier.label}", earlier.zone)
    else:
        later = Window(anchor - _LENGTH, anchor, f"90 days to {anchor.astimezone(zone).date()}", str(zone))
    if before == "year before":
        earlier = _a_year_before(later, zone)
    elif earlier is not None and earlier.start >= later.start:  # "Q1 against Q4", "in Q4, against last quarter"
        earlier = _named(before, later.start, zone)
    if earlier is None:
        earlier = _previous(later, zone)
    elif earlier.end > later.start:
        instead = _previous(later, zone)
        earlier = dataclasses.replace(instead, label=f"{instead.label} instead of {earlier.label}")
    return earlier, later


def _previous(window: Window, zone: ZoneInfo) -> Window:
    year, half, number = window.label.partition("-H")
    if half:
        return _named(f"{year}-H1" if number == "2" else f"{int(year) - 1}-H2", window.start, zone)
    if not _SEVERAL.match(window.label):
        return periods.previous(window, zone)
    first, end = (moment.astimezone(zone) for moment in (window.start, window.end))
    months = (end.year - first.year) * 12 + end.month - first.month
    return _several(first.year * 12 + first.month - 1 - months, months, 3 if "Q" in window.label else 1, zone)


def _several(first: int, months: int, step: int, zone: ZoneInfo) -> Window:
    """Return the window of several months or quarters (``step`` months each) from a month, counted from year 0, on."""
    begin, last = (
        periods.calendar(number // 12, number % 12 + 1, step, zone) for number in (first, first + months - step)
    )
    return Window(begin.start, last.end, f"{begin.label} to {last.label}", str(zone))


def _named(text: str, anchor: dt.datetime, zone: ZoneInfo) -> Window:
    from incidentbook.prose.claimed_periods import MONTHS  # noqa: PLC0415 - its patterns take time to load

    first, several, last = text.partition("..")
    if several:
        end = _named(last, anchor, zone)
        begin = _named(first, end.start, zone)
        return Window(begin.start, end.end, f"{begin.label} to {end.label}", str(zone))
    year, _, part = text.rpartition("-")
    if part.lower() in MONTHS:
        return _calendar(year, MONTHS.index(part.lower()) + 1, 1, anchor, zone)
    if part[:1] == "Q":
        return _calendar(year, int(part[1]) * 3 - 2, 3, anchor, zone)
    if part[:1] == "H":
        half = _calendar(year, int(part[1]) * 6 - 5, 6, anchor, zone)
        return dataclasses.replace(half, label=f"{half.label}-{part}")
    which, _, unit = text.partition(" ")
    return _relative(which, unit, anchor, zone) if unit else periods.named(text, zone)


def _calendar(year: str, month: int, months: int, anchor: dt.datetime, zone: ZoneInfo) -> Window:
    """Return a part of a year; without a year, of the latest in which it had begun."""
    local = anchor.astimezone(zone)
    return periods.calendar(int(year) if year else local.year - (local.month < month), month, months, zone)


def _relative(which: str, unit: str, anchor: dt.datetime, zone: ZoneInfo) -> Window:
    number, _, units = unit.partition(" ")
    if units:
        length = dt.timedelta(days=int(number) * _DAYS[units.removesuffix("s")])
        return Window(anchor - length, anchor, f"{which} {unit}", str(zone))
    if unit == "week":
        end = anchor if which == "this" else anchor - dt.timedelta(days=7)
        return Window(end - dt.timedelta(days=7), end, f"{which} week", str(zone))
    local, months = anchor.astimezone(zone), _MONTHS[unit]
    this = periods.calendar(local.year, (local.month - 1) // months * months + 1, months, zone)
    return this if which == "this" else periods.previous(this, zone)


def _a_year_before(window: Window, zone: ZoneInfo) -> Window:
    start, end = (_back(moment.astimezone(zone)).astimezone(UTC) for moment in (window.start, window.end))
    return Window(start, end, f"a year before {window.label}", window.zone)


def _back(local: dt.datetime) -> dt.datetime:
    day = 28 if (local.month, local.day) == (2, 29) else local.day
    return local.replace(year=local.year - 1, day=day)
