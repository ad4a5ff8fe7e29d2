"""What is wrong with a text that should be a day or a time, in words."""

from __future__ import annotations

import calendar
import re

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})\Z")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?\Z")
_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(.*)\Z", re.DOTALL
)
_OFFSET = re.compile(r"Z\Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9]\Z")
FIRST_YEAR, LAST_YEAR = 1000, 9999


def day_trouble(text: str) -> str:
    """Say why a text of the form 2030-02-30 is no day (``and February 2030 has 28 days``); empty for any other text."""
    match = _DAY.match(text)
    if match is None:
        return ""
    year, month, day = (int(part) for part in match.groups())
    if year == LAST_YEAR:
        return f"and the year {LAST_YEAR} is not meant here"
    if year < FIRST_YEAR:
        return f"and years before {FIRST_YEAR} are not meant here"
    if not 1 <= month <= len(calendar.month_name) - 1:
        return f"and there is no month {month}"
    days = calendar.monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"and {calendar.month_name[month]} {year} has {days} days"


def time_trouble(text: str) -> tuple[str, str]:
    """Say why a text is no RFC 3339 time with an offset, and how to mend it."""
    if _CLOCK.match(text):
        return "has no day", f"Write the whole time with its day and offset: 2025-01-15T{text[:5].rjust(5, '0')}:00Z."
    if _DAY.match(text):
        trouble = day_trouble(text)
        if trouble:
            return f"is {text}, {trouble}", "Write a day that exists, and the time: 2025-01-15T02:30:00Z."
        return "is a day without a time", f"Write the time too: {text}T02:30:00Z."
    match = _TIME.match(text)
    if match is None:
        return "is not a time", "Write it as 2025-01-15T02:30:00Z, or with an offset such as +01:00 in place of Z."
    day, hour, minute, second, offset = match.groups()
    return _trouble(text, day, (hour, minute, second), offset)


def _trouble(text: str, day: str, clock: tuple[str, str, str | None], offset: str) -> tuple[str, str]:
    hour, minute, second = clock
    good = f"{day}T{hour}:{minute}:{second or '00'}"
    if trouble := day_trouble(day):
        return f"is on {day}, {trouble}", "Write a day that exists."
    if int(hour) > 23:  # noqa: PLR2004 - hours of a day
        return f"has the hour {hour}", "Hours run from 00 to 23; midnight is 00:00 of the day that begins."
    if int(minute) > 59 or int(second or 0) > 60:  # noqa: PLR2004 - minutes of an hour, seconds with a leap second
        return f"has the clock {hour}:{minute}:{second or '00'}", "Minutes and seconds run from 00 to 59."
    if not offset:
        return "has no offset from UTC", f"Add Z for UTC, or an offset: {good}Z, {good}+01:00."
    if second is None:
        return "has no seconds", f"Write {good}{offset}."
    if text[10] == " " or "," in text:
        return (
            "is not written as RFC 3339",
            f"Write {good}{offset.strip()}: a T between day and clock, a dot before fractions.",
        )
    if not _OFFSET.match(offset):
        return (
            f"has the offset `{' '.join(offset.split())[:20]}`",
            f"Write Z for UTC or an offset such as +01:00: {good}Z.",
        )
    return "is not written as RFC 3339", f"Write {good}{offset}."
