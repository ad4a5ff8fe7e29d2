"""Times and durations: RFC 3339 with an offset, kept as written and compared in UTC."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen

UTC = dt.UTC
_RFC3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)\Z",
    re.ASCII,
)
_EDGES = ("0000", "0001", "9999")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d{1,18})([smhd])\Z", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_LONGEST = dt.timedelta(days=100_000)


@frozen
class Moment:
    """A point in time as somebody recorded it, perhaps uncertain.

    Attributes:
        at: the instant, with the offset that was written.
        written: the text as it stands in the file.
        earliest: the earliest it can have been; None when certain.
        latest: the latest it can have been; None when certain.
        confidence: high, medium, low, unknown, or empty when not stated.
        source: where the time was taken from.

    """

    at: dt.datetime
    written: str
    earliest: dt.datetime | None = None
    latest: dt.datetime | None = None
    confidence: str = ""
    source: str = ""

    @classmethod
    def from_plain(cls, value: object) -> Moment | None:
        """Read a time, or a mapping with ``at``; None when it is not a valid time."""
        if isinstance(value, str):
            return _moment(value)
        if not isinstance(value, Mapping):
            return None
        at = parse_time(value.get("at"))
        if at is None:
            return None
        return cls(
            at,
            str(value["at"]),
            parse_time(value.get("earliest")),
            parse_time(value.get("latest")),
            str(value.get("confidence") or ""),
            str(value.get("source") or ""),
        )

    @classmethod
    def of(cls, at: dt.datetime) -> Moment:
        """Return the certain moment ``at``, written in UTC."""
        return cls(at, utc_text(at))

    @property
    def uncertain(self) -> bool:
        """Whether the record gives a range, or a confidence below high."""
        return self.earliest is not None or self.latest is not None or self.confidence in ("medium", "low", "unknown")


@functools.lru_cache(maxsize=4096)  # a record says the same time to several rules
def _moment(text: str) -> Moment | None:
    at = parse_time(text)
    return None if at is None else Moment(at, text)


def parse_time(text: object) -> dt.datetime | None:
    """Return an RFC 3339 date-time with an offset as an aware datetime, or None.

    A leap second (``23:59:60``) is read as the second before it. The years 0000, 0001 and 9999 are refused: their edges cannot
    be told in every zone. Source: RFC 3339, section 5.6.
    """
    if not isinstance(text, str) or not _RFC3339.match(text) or text.startswith(_EDGES):
        return None
    try:
        return dt.datetime.fromisoformat(text if text[17:19] != "60" else f"{text[:17]}59{text[19:]}")
    except ValueError:  # a day that no month has
        return None


def parse_date(text: object) -> dt.date | None:
    """Return an ISO 8601 calendar date (``2025-01-16``), or None."""
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) and _DATE.match(text) else None
    except ValueError:
        return None


def parse_instant(text: object, zone: ZoneInfo) -> dt.datetime | None:
    """Return the instant that a time with an offset names, or the end of the day that a date names in ``zone``; else None."""
    day = parse_date(text)
    return end_of_day(day, zone) if day is not None else parse_time(text)


def parse_duration(text: object) -> dt.timedelta | None:
    """Return a policy's duration (``90s``, ``30m``, ``48h``, ``30d``), or None; more than 100,000 days is no duration."""
    match = _DURATION.match(text) if isinstance(text, str) else None
    seconds = int(match[1]) * _UNITS[match[2]] if match else None
    return dt.timedelta(seconds=seconds) if seconds is not None and seconds <= _LONGEST.total_seconds() else None


@functools.lru_cache(maxsize=8192)  # thousands of items share some hundred days
def end_of_day(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Return the first instant after ``day`` in ``zone``: a thing due that day is overdue from then on.

    The years 1 and 9999 are cut off ("never" is often written 9999-12-31): their edges cannot be told in every zone.
    """
    whole = min(max(day, dt.date(dt.MINYEAR + 1, 1, 1)), dt.date(dt.MAXYEAR - 1, 12, 30))
    return dt.datetime.combine(whole + dt.timedelta(days=1), dt.time(), tzinfo=zone)


def words(seconds: float) -> str:
    """Say a duration in words with its two largest units: ``2 hours 15 minutes``, ``3 days 4 hours``, ``0 seconds``."""
    sign = "minus " if seconds < 0 else ""
    left = round(abs(seconds))
    parts: list[str] = []
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60), ("second", 1)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count:,} {name}{'' if count == 1 else 's'}")
        elif parts:
            break
        if len(parts) == 2:  # noqa: PLR2004 - two units are what a reader can use
            break
    return sign + (" ".join(parts) or "0 seconds")


def short(seconds: float) -> str:
    """Say a duration briefly: ``2 h 15 min``, ``2 min 15 s``, ``3 d 4 h``."""
    names = {"day": "d", "hour": "h", "minute": "min", "second": "s"}
    return re.sub(r"(day|hour|minute|second)s?", lambda match: names[match[1]], words(seconds))


def clock(seconds: float) -> str:
    """Say a duration for a narrow column: ``2:15:00`` (hours, minutes, seconds), or, from a day on, ``3d 16h``."""
    left = round(abs(seconds))
    sign = "-" if seconds < 0 else ""
    days, left = divmod(left, 86400)
    hours, left = divmod(left, 3600)
    if days:  # whole hours, as `words` has it: more would not fit four times into 80 columns
        return f"{sign}{days}d {hours}h"
    minutes, left = divmod(left, 60)
    return f"{sign}{hours}:{minutes:02}:{left:02}"


def as_of_text(now: dt.datetime, *, to_come: bool) -> str:
    """Say as of when something is told, and whether that is still to come: then it is told from what is known already."""
    return f"as of {utc_text(now)}{', which is still to come' if to_come else ''}"


def utc_text(moment: dt.datetime) -> str:
    """Return an instant in UTC as RFC 3339 with ``Z``, to the second unless it has a fraction."""
    text = moment.astimezone(UTC).isoformat()
    return text.replace("+00:00", "Z")
