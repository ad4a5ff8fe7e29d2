"""One role, held by two at once.

What it checks
    A role that only one can hold is held by one at a time: `incident-commander`, `scribe`, whatever ends in `-lead`, and every
    role of `policy/rotation.yml`. Five minutes in which two hold it are a hand-over. An interval without `to` lasts until it
    is written.

Why it matters
    Two incident commanders are none: each thinks that the other decides. Mostly, though, the end of the first was forgotten,
    and every later figure about hand-overs is wrong.

Bad example
    # incidents/2025/INC-2025-001.yml
    roles:
      - {id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:32:00Z}
      - {id: r2, role: incident-commander, holder: platform, from: 2025-01-15T03:30:00Z, to: 2025-01-15T04:45:00Z}

Good example
    # incidents/2025/INC-2025-001.yml
    roles:
      - {id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:32:00Z, to: 2025-01-15T03:32:00Z}
      - {id: r2, role: incident-commander, holder: platform, from: 2025-01-15T03:30:00Z, to: 2025-01-15T04:45:00Z}
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.time import Moment
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, KeyPath, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB208"
NAME = "role-overlap"
SUMMARY = "A role that only one can hold is held by two at once"
GRADE = Grade.WARNING
KINDS = ("incident",)
_HAND_OVER = dt.timedelta(minutes=5)


class _Held(NamedTuple):
    start: dt.datetime
    end: dt.datetime | None
    path: KeyPath
    name: str
    open: bool


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at each interval that begins while another of its role has more than a hand-over left."""
    by_role: dict[str, list[_Held]] = {}
    for path, interval in walk.find(entry.document.value, "roles.*"):
        role = interval.get("role") if isinstance(interval, dict) else None
        if isinstance(role, str) and (held := _held(path, interval)):
            by_role.setdefault(role, []).append(held)
    for role, intervals in by_role.items():
        if len(intervals) < 2 or not _single(role, context):  # noqa: PLR2004 - one cannot overlap
            continue
        intervals.sort(key=lambda held: held.start)
        longest = intervals[0]
        for held in intervals[1:]:
            ends = [end for end in (longest.end, held.end) if end]
            shared = context.or_now(min(ends, default=None)) - held.start
            if shared > _HAND_OVER:
                yield _hit(entry, role, longest, held, shared)
            if longest.end is not None and (held.end is None or held.end > longest.end):
                longest = held


def _hit(entry: Entry[Any], role: str, first: _Held, second: _Held, shared: dt.timedelta) -> Hit:
    long = "" if first.open else f" for {duration(shared.total_seconds())}"
    why = f"`{first.name}` has no end" if first.open else f"`{first.name}` has not ended"
    message = f"Two hold the role {words.shown(role)} at once{long}: `{second.name}` begins, and {why}"
    other = Place(entry, first.path, message="the interval that goes on")
    return Hit(Place(entry, (*second.path, "from")), message, "Write when the first gave the role away.", (other,))


def _held(path: KeyPath, interval: dict[str, Any]) -> _Held | None:
    start, end = Moment.from_plain(interval.get("from")), Moment.from_plain(interval.get("to"))
    if start is None:
        return None
    # Of an uncertain time, the bound that leaves the least overlap.
    name = interval.get("id") if isinstance(interval.get("id"), str) else f"item {int(path[1]) + 1}"
    return _Held(start.latest or start.at, (end.earliest or end.at) if end else None, path, str(name), end is None)


def _single(role: str, context: Context) -> bool:
    return role in ("incident-commander", "scribe") or role.endswith("-lead") or role in _rotated(context)


def _rotated(context: Context) -> frozenset[str]:
    rotation = context.policies.get("rotation")
    if rotation is None:
        return frozenset()
    value = rotation.document.value
    return context.once((NAME,), lambda: frozenset(role for _, role in walk.texts(value, "rotations.*.role")))
