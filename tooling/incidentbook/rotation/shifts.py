"""Who is on call, from when to when: overrides win over holidays, these over turns, and of two alike the one that starts last."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from incidentbook.records.policy.rotation import Holiday, Rotation, RotationPolicy
from incidentbook.rotation.turns import DAY, midnight, turns

_FIRST_LOOK = dt.timedelta(days=8)
_FAR = dt.timedelta(days=800)


class Why(enum.StrEnum):
    """Why a team is on call; each wins over those before it."""

    NOBODY = "nobody"
    TURN = "turn"
    HOLIDAY = "holiday"
    OVERRIDE = "override"


class Shift(NamedTuple):
    """A stretch in which one team, or nobody, is on call.

    Attributes:
        start: included; in UTC.
        end: not included; in UTC.
        team: its slug; empty where nobody is on call.
        why: what gives it to them.
        reason: the override's, or the holiday's name; else empty.

    """

    start: dt.datetime
    end: dt.datetime
    team: str = ""
    why: Why = Why.NOBODY
    reason: str = ""


def shifts(
    policy: RotationPolicy, rotation: Rotation, zone: ZoneInfo, start: dt.datetime, end: dt.datetime
) -> list[Shift]:
    """Return the shifts that have a part in the window, in their order; they follow on one another and leave no gap.

    A shift is returned whole, however early it began; only stretches with nobody on call are cut at the window.

    Args:
        policy: with the overrides and holidays.
        rotation: whose shifts.
        zone: the knowledge base's, for a rotation that names none.
        start: of the window.
        end: of the window, later than its start.

    """
    start, end = start.astimezone(dt.UTC), end.astimezone(dt.UTC)
    touching = _claims(policy, rotation, zone, start, end)
    since = min([start, *(claim.start for claim in touching)])
    until = max([end, *(claim.end for claim in touching)])
    whole = _laid(_claims(policy, rotation, zone, since, until), since, until)
    inside = (shift for shift in whole if shift.start < end and shift.end > start)
    return [shift if shift.team else Shift(max(shift.start, start), min(shift.end, end)) for shift in inside]


def now_and_next(
    policy: RotationPolicy, rotation: Rotation, zone: ZoneInfo, at: dt.datetime
) -> tuple[Shift, Shift | None]:
    """Return the shift at ``at`` and the one behind it; None where nothing changes within two years."""
    span = _FIRST_LOOK
    while True:
        found = shifts(policy, rotation, zone, at, at + span)
        if len(found) > 1 or span > _FAR:
            return found[0], found[1] if len(found) > 1 else None
        span *= 4


def on_call(policy: RotationPolicy, role: str, zone: ZoneInfo, at: dt.datetime) -> str:
    """Return the team that is on call for ``role`` at ``at``: of several rotations the first that has one; empty for nobody."""
    a_moment = dt.timedelta(seconds=1)
    found = (shifts(policy, rotation, zone, at, at + a_moment)[0].team for rotation in policy.of_role(role))
    return next((team for team in found if team), "")


def _claims(
    policy: RotationPolicy, rotation: Rotation, zone: ZoneInfo, start: dt.datetime, end: dt.datetime
) -> list[Shift]:
    """Return everything that gives the role to a team within the window, in the order of the file where starts are equal."""
    zone = rotation.zone_or(zone)
    found = [Shift(turn.start, turn.end, turn.team, Why.TURN) for turn in turns(rotation, zone, start, end)]
    days = _days_off(policy, rotation, start, end)
    found += (_on_holiday(rotation, holiday, day, zone) for holiday, day in days)
    for override in policy.overrides:
        if override.rotation == rotation.id and override.team and override.from_ and override.to:
            since, until = (moment.at.astimezone(dt.UTC) for moment in (override.from_, override.to))
            found.append(Shift(since, until, override.team, Why.OVERRIDE, override.reason))
    return [claim for claim in found if claim.start < claim.end and claim.start < end and claim.end > start]


def _days_off(
    policy: RotationPolicy, rotation: Rotation, start: dt.datetime, end: dt.datetime
) -> Iterator[tuple[Holiday, dt.date]]:
    """Yield the holidays that may touch the window, whatever the zone, where the rotation has somebody for them."""
    if rotation.on_holidays and rotation.start is not None:
        first, last = start.date() - DAY, end.date() + DAY
        for holiday in policy.holidays:
            if holiday.date is not None and first <= holiday.date <= last and holiday.holds_at(rotation.place):
                yield holiday, holiday.date


def _on_holiday(rotation: Rotation, holiday: Holiday, day: dt.date, zone: ZoneInfo) -> Shift:
    since, until = midnight(day, zone), midnight(day + DAY, zone)
    if rotation.start is not None:
        since = max(since, rotation.start.at.astimezone(dt.UTC))
    return Shift(since, until, rotation.on_holidays, Why.HOLIDAY, holiday.name)


def _laid(claims: list[Shift], start: dt.datetime, end: dt.datetime) -> Iterator[Shift]:
    """Lay claims over one another and yield what is seen from above, joined where the same claim goes on."""
    edges = {moment for claim in claims for moment in (claim.start, claim.end) if start < moment < end}
    waiting = sorted(enumerate(claims), key=lambda pair: pair[1].start, reverse=True)
    active: list[tuple[int, Shift]] = []
    last, top = start, None
    for since, _ in pairwise([*sorted({start, *edges}), end]):
        while waiting and waiting[-1][1].start <= since:
            active.append(waiting.pop())
        active = [pair for pair in active if pair[1].end > since]
        now = max(active, key=_rank, default=None)
        if now != top:
            if last < since:
                yield _cut(top, last, since)
            last, top = since, now
    yield _cut(top, last, end)


def _rank(pair: tuple[int, Shift]) -> tuple[int, dt.datetime, int]:
    """Order claims: by what they are, by their start, and behind one another as they stand in the file."""
    number, claim = pair
    return list(Why).index(claim.why), claim.start, number


def _cut(pair: tuple[int, Shift] | None, start: dt.datetime, end: dt.datetime) -> Shift:
    return pair[1]._replace(start=start, end=end) if pair else Shift(start, end)
