"""When something happened, as a responder types it: `-5m`, `14:05`, `2025-01-15 14:05`, or RFC 3339 with an offset."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from incidentbook.records.time import UTC, parse_time

GRAMMAR = "-5m, -1h30m, 14:05 (the last time the clock said so), 2025-01-15 14:05, or 2025-01-15T14:05:00Z"
GRAMMAR_EITHER = "+2h, -1d, 14:05 (today), 2025-01-15 14:05, or 2025-01-15T14:05:00Z"
_AGO = re.compile(r"-(?:(\d{1,4})d)?(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?\Z", re.ASCII)
_LOCAL = re.compile(r"(?:(\d{4}-\d{2}-\d{2})[ T])?(\d{1,2}:\d{2}(?::\d{2})?)\Z", re.ASCII)
_TOLERANCE = dt.timedelta(minutes=1)  # clocks of two machines differ


def parse_when(text: str, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the instant that ``text`` names, in UTC.

    Args:
        text: see ``GRAMMAR``; a time without an offset is on the clocks of ``zone``.
        now: what ``-5m`` counts back from, and the latest that a time without a date may be.
        zone: the knowledge base's zone.

    Raises:
        ValueError: it is none of these, lies ahead, or is a time that the clocks of ``zone`` skipped or showed twice.

    """
    moment = _moment(text.strip(), now, zone)
    if moment > now + _TOLERANCE:
        raise ValueError(f"{text!r} lies ahead: it is {now.astimezone(zone):%H:%M} in {zone.key}")
    return moment.astimezone(UTC)


def parse_ahead(text: str, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the instant ahead that ``text`` names, in UTC.

    It may be `30m` or `1h30m`, `14:05` (the next time that the clock says so), or a date with a time.

    Raises:
        ValueError: it is none of these, is over, or is a time that the clocks of ``zone`` skip or show twice.

    """
    text = text.strip().removeprefix("+")
    ahead = _AGO.match(f"-{text}")
    if ahead is not None and any(ahead.groups()):
        return (now + (now - _moment(f"-{text}", now, zone))).astimezone(UTC)
    local, today = _LOCAL.match(text), now.astimezone(zone).date()
    days = (today, today + dt.timedelta(days=1)) if local and not local[1] else ()
    moments = [_moment(f"{day} {text}", now, zone) for day in days] or [_moment(text, now, zone)]
    moment = next((each for each in moments if each > now), None)
    if moment is None:
        raise ValueError(f"{text!r} is over: it is {now.astimezone(zone):%H:%M} in {zone.key}")
    return moment.astimezone(UTC)


def parse_either(text: str, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the instant that ``text`` names, be it over or ahead (`+2d`), in UTC; `14:05` is today's.

    Raises:
        ValueError: it is none of these, or is a time that the clocks of ``zone`` skip or show twice.

    """
    text = text.strip()
    if text.startswith("+"):
        return parse_ahead(text, now, zone)
    local = _LOCAL.match(text)
    today = f"{now.astimezone(zone).date()} " if local and not local[1] else ""
    return _moment(f"{today}{text}", now, zone).astimezone(UTC)


def _moment(text: str, now: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    if text == "now":
        return now
    exact = parse_time(text)
    if exact is not None:
        return exact
    ago = _AGO.match(text)
    if ago is not None and any(ago.groups()):
        days, hours, minutes, seconds = (int(part or 0) for part in ago.groups())
        return now - dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    local = _LOCAL.match(text)
    if local is None:
        raise ValueError(f"{text!r} is no time; write {GRAMMAR}")
    try:
        clock = dt.time.fromisoformat(local[2].rjust(5, "0") if local[2].count(":") == 1 else local[2].rjust(8, "0"))
        day = dt.date.fromisoformat(local[1]) if local[1] else now.astimezone(zone).date()
    except ValueError as error:
        raise ValueError(f"{text!r} is no time: {error}") from error
    moment = _on_the_clocks(dt.datetime.combine(day, clock), zone)
    if not local[1] and moment > now:
        moment = _on_the_clocks(dt.datetime.combine(day - dt.timedelta(days=1), clock), zone)
    return moment


def _on_the_clocks(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return when the clocks of ``zone`` showed ``local``. Raises ValueError where they never did, or did so twice."""
    first, second = local.replace(tzinfo=zone), local.replace(tzinfo=zone, fold=1)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0) != local:
        raise ValueError(f"The clocks of {zone.key} never showed {local:%Y-%m-%d %H:%M}: they were put forward then")
    if first.utcoffset() != second.utcoffset():
        offsets = " or ".join(f"{moment:%Y-%m-%dT%H:%M:%S}{_offset(moment)}" for moment in (first, second))
        raise ValueError(f"The clocks of {zone.key} showed {local:%Y-%m-%d %H:%M} twice; write {offsets}")
    return first


def _offset(moment: dt.datetime) -> str:
    text = f"{moment:%z}"
    return f"{text[:3]}:{text[3:5]}"
