"""Times that are complete and not written as RFC 3339 asks for: the way to write the one instant that they can mean."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.time import parse_time
from incidentbook.rules.context import Context

_TIME = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<clock>[0-9]{2}:[0-9]{2})(?P<second>:[0-9]{2}(?P<fraction>[.,][0-9]+)?)?"
    r" ?(?P<offset>Z|z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?\s*\Z"
)
_UTC = ("UTC", "Etc/UTC")
_MINUTE = dt.timedelta(minutes=1)


def stated_zone(context: Context) -> ZoneInfo | None:
    """Return the zone that the knowledge base states; None where it states none, or one that does not exist."""
    entry = context.policies.get("knowledge-base")
    name = entry.record.time_zone if entry is not None and isinstance(entry.record, KnowledgeBase) else ""
    given: Any = entry.document.value if entry is not None else None
    return context.zone if isinstance(given, dict) and given.get("time_zone") == name == context.zone.key else None


def written_out(text: str, zone: ZoneInfo | None) -> str | None:
    """Return ``text`` as RFC 3339 has it; None where it is not a day and a clock time, or may mean two instants or none.

    Args:
        text: what stands in a file.
        zone: where the clock hung from which a time without offset was read; None when nobody says.

    """
    match = _TIME.match(text)
    if match is None:
        return None
    second = (match["second"] or ":00").replace(",", ".")
    local = f"{match['day']}T{match['clock']}{second}"
    offset = _offset(match["offset"], exact=match["second"] is not None)
    if not match["offset"]:
        offset = _offset_in(zone, local) if zone is not None else None
    return f"{local}{offset}" if offset and parse_time(f"{local}{offset}") is not None else None


def twice_or_never(text: str, zone: ZoneInfo | None) -> bool:
    """Whether ``text`` is a complete local time that the clocks of ``zone`` showed twice, or never."""
    match = _TIME.match(text)
    if zone is None or match is None or match["offset"]:
        return False
    local = parse_time(f"{match['day']}T{match['clock']}{(match['second'] or ':00').replace(',', '.')}Z")
    return local is not None and len(_offsets(zone, local)) > 1


def _offset(given: str | None, *, exact: bool) -> str | None:
    """Return a written offset as RFC 3339 has it; hours alone only behind seconds, where they cannot be the end of a span."""
    if not given:
        return None
    if given[0] not in "+-":
        return "Z"
    digits = given[1:].replace(":", "")
    if len(digits) == len("01") and not exact:
        return None
    return f"{given[0]}{digits[:2]}:{digits[2:] or '00'}"


def _offset_in(zone: ZoneInfo, local: str) -> str | None:
    """Return the offset that the clocks of ``zone`` had at ``local``; None when they showed it twice or never."""
    moment = parse_time(f"{local}Z")
    offsets = _offsets(zone, moment) if moment is not None and ":60" not in local else set()
    if len(offsets) != 1:
        return None
    (offset,) = offsets
    if zone.key in _UTC:
        return "Z"
    minutes, rest = divmod(abs(offset), _MINUTE)
    return None if rest else f"{'-' if offset < dt.timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


def _offsets(zone: ZoneInfo, moment: dt.datetime) -> set[dt.timedelta]:
    """Return the offsets that a local time can have: two of them where the clocks were put on or back."""
    found = (moment.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return {offset for offset in found if offset is not None}
