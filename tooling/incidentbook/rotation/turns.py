"""When whose turn is, were there neither holidays nor overrides.

Each team's turns recur by a rule of python-dateutil, on the clocks of the rotation's zone: a hand-over at 09:00 stays one at
09:00 when the clocks change. Where the clocks skip that time it is an hour later, and where they show it twice it is the first.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

from incidentbook.records.policy.rotation import FOLLOW_THE_SUN, Rotation

DAY = dt.timedelta(days=1)
_HOURS = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])\Z")
_UNITS: dict[str, tuple[Literal[1, 2, 3], str]] = {
    "daily": (DAILY, "days"),
    "weekly": (WEEKLY, "weeks"),
    "monthly": (MONTHLY, "months"),
}
_LAST_SURE_DAY = 28  # of a month: whoever begins on the 31st hands over on the last day of a shorter one


class Turn(NamedTuple):
    """From when (included) to when (not included) it is whose turn; instants in UTC."""

    start: dt.datetime
    end: dt.datetime
    team: str


def turns(rotation: Rotation, zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> list[Turn]:
    """Return the turns that have a part in the window, whole, in the order of their starts.

    Args:
        rotation: whose turns.
        zone: of the hand-overs.
        start: of the window.
        end: of the window; the turn that begins then has no part in it.

    """
    if rotation.start is None or not rotation.teams:
        return []
    first = rotation.start.at.astimezone(zone).replace(microsecond=0, tzinfo=None)
    # a day more on each side: clocks that change make local times overlap
    begin = max(first, _local(start, zone) - DAY)
    stop = _local(end, zone) + DAY
    shared = rotation.type == FOLLOW_THE_SUN and rotation.hours
    found = _by_hours(rotation, begin, stop) if shared else _by_handovers(rotation, first, begin, stop)
    began = _instant(first, zone)
    exact = (Turn(max(began, _instant(since, zone)), _instant(until, zone), team) for since, until, team in found)
    return sorted(turn for turn in exact if turn.start < turn.end and turn.start < end and turn.end > start)


Local = tuple[dt.datetime, dt.datetime, str]


def _by_handovers(rotation: Rotation, first: dt.datetime, begin: dt.datetime, stop: dt.datetime) -> Iterator[Local]:
    """Yield turns that each end where the next one begins."""
    found: list[tuple[dt.datetime, str]] = []
    for team, rule in _rules(rotation, first, begin):
        edges = [rule.before(begin, inc=True), *rule.between(begin, stop), rule.after(stop, inc=True)]
        found += [(edge, team) for edge in edges if edge is not None and edge.year < dt.MAXYEAR]
    for (since, team), (until, _) in pairwise(sorted(found, key=lambda pair: pair[0])):
        yield since, until, team


def _rules(rotation: Rotation, first: dt.datetime, begin: dt.datetime) -> Iterator[tuple[str, rrule]]:
    """Yield each place in the round with the rule by which its turns begin."""
    count = len(rotation.teams)
    frequency, unit = _UNITS.get(rotation.type, (DAILY, "days"))
    for place, team in enumerate(rotation.teams):
        if rotation.type == FOLLOW_THE_SUN:
            yield team, rrule(DAILY, dtstart=_closer(first + place * DAY / count, 1, begin))
            continue
        try:
            start = first + place * relativedelta(**{unit: rotation.length})  # type: ignore[arg-type]
        except (OverflowError, ValueError):  # beyond the last year there is no turn
            continue
        cycle = rotation.length * count
        if frequency == MONTHLY and first.day > _LAST_SURE_DAY:
            days = range(_LAST_SURE_DAY, first.day + 1)
            yield team, rrule(MONTHLY, interval=cycle, dtstart=start, bymonthday=days, bysetpos=-1)
        elif frequency == MONTHLY:
            yield team, rrule(MONTHLY, interval=cycle, dtstart=start)
        else:
            days_of_cycle = cycle * (7 if frequency == WEEKLY else 1)
            yield team, rrule(frequency, interval=cycle, dtstart=_closer(start, days_of_cycle, begin))


def _closer(first: dt.datetime, days: int, begin: dt.datetime) -> dt.datetime:
    """Return a later start of the same rule: it is walked from there, and a rotation may be years old."""
    return first + max(0, (begin - first).days // days - 1) * days * DAY


def _by_hours(rotation: Rotation, begin: dt.datetime, stop: dt.datetime) -> Iterator[Local]:
    """Yield the turns of teams that each have their hours; nobody has those that no team has."""
    for team in dict.fromkeys(rotation.teams):
        hours = _HOURS.match(rotation.hours.get(team, ""))
        if hours is None:
            continue
        opens, closes = dt.time(int(hours[1]), int(hours[2])), dt.time(int(hours[3]), int(hours[4]))
        for since in rrule(DAILY, dtstart=dt.datetime.combine(begin.date() - DAY, opens), until=stop):
            until = dt.datetime.combine(since.date() + (DAY if closes <= opens else 0 * DAY), closes)
            yield since, until, team


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Return when ``day`` begins on the clocks of ``zone``, in UTC."""
    return _instant(dt.datetime.combine(day, dt.time()), zone)


def _local(moment: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def _instant(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    return local.replace(tzinfo=zone).astimezone(dt.UTC)
