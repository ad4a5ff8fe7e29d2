"""What ``inc oncall`` says: in words, as a table, as JSON and as a calendar."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

import click

from incidentbook.records.policy.rotation import Holiday, Rotation, RotationPolicy
from incidentbook.records.time import short, utc_text
from incidentbook.repository import Repository
from incidentbook.rotation import shifts
from incidentbook.rotation.shifts import Shift, Why

WIDTH = 80
_ROLE = 22
WEEK = dt.timedelta(weeks=1)


class Rota(NamedTuple):
    """What is asked for.

    Attributes:
        house: the knowledge base.
        policy: of the rotations.
        rotations: those asked for.
        at: the instant asked for.

    """

    house: Repository
    policy: RotationPolicy
    rotations: list[Rotation]
    at: dt.datetime

    def shifts(self, rotation: Rotation, weeks: int) -> list[Shift]:
        """Return the shifts of the weeks from the instant on."""
        return shifts.shifts(self.policy, rotation, self.house.zone, self.at, self.at + weeks * WEEK)

    def team(self, slug: str) -> str:
        """Return a team's name."""
        return self.house.knowledge_base.team_name(slug) if slug else "nobody"

    def contact(self, slug: str) -> str:
        """Return how a team is reached; empty where policy does not say it."""
        team = self.house.knowledge_base.teams.get(slug)
        return team.contact if team else ""

    def clock(self, moment: dt.datetime) -> str:
        """Say an instant on the clocks of the knowledge base."""
        local = moment.astimezone(self.house.zone)
        return f"{local:%a %Y-%m-%d %H:%M} {local.tzname()}"


def now(rota: Rota) -> str:
    """Say who is on call at the instant, a paragraph for each rotation."""
    lines = [click.style(f"On call at {rota.clock(rota.at)}", bold=True)]
    for rotation in rota.rotations:
        current, coming = shifts.now_and_next(rota.policy, rotation, rota.house.zone, rota.at)
        contact = f" ({rota.contact(current.team)})" if rota.contact(current.team) else ""
        team = click.style(rota.team(current.team), bold=bool(current.team), fg=None if current.team else "red")
        lines.append(f"{rotation.role:<{_ROLE}}{team}{contact}{_because(current)}")
        details = [_until(rota, coming)]
        if rotation.handover and current.team:
            details.append(f"Hand-over: {rotation.handover}")
        for detail in details:
            indent = " " * _ROLE
            lines += textwrap.wrap(
                detail, WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
            )
    lines += _holidays(rota, rota.at)
    return "\n".join(lines) + "\n"


def _until(rota: Rota, coming: Shift | None) -> str:
    if coming is None:
        return "and nobody comes"
    apart = (coming.start - rota.at).total_seconds()
    return f"until {rota.clock(coming.start)} (in {short(apart)}), then {rota.team(coming.team)}{_because(coming)}"


def _because(shift: Shift) -> str:
    if shift.why in (Why.NOBODY, Why.TURN):
        return ""
    return f", {shift.why}{f': {shift.reason}' if shift.reason else ''}"


def _holidays(rota: Rota, end: dt.datetime) -> Iterator[str]:
    """Say which days off there are until ``end``, and where."""
    for holiday in _days_off(rota, rota.at, end):
        where = f"in {holiday.place}" if holiday.place else "everywhere"
        yield f"{holiday.date} is a holiday {where}: {holiday.name}"


def _days_off(rota: Rota, start: dt.datetime, end: dt.datetime) -> list[Holiday]:
    first, last = (moment.astimezone(rota.house.zone).date() for moment in (start, end))
    found = (holiday for holiday in rota.policy.holidays if holiday.date and first <= holiday.date <= last)
    return sorted(found, key=lambda holiday: (holiday.date or first, holiday.place, holiday.name))


def listed(rota: Rota, weeks: int) -> str:
    """List the shifts of some weeks by the day on which they begin, a table for each rotation."""
    zone = rota.house.zone
    lines: list[str] = []
    for rotation in rota.rotations:
        lines.append(click.style(f"{rotation.role} ({rotation.id}), times in {zone.key}", bold=True))
        for day, same in itertools.groupby(rota.shifts(rotation, weeks), lambda one: one.start.astimezone(zone).date()):
            shown = (f"{one.start.astimezone(zone):%H:%M} {rota.team(one.team)}{_because(one)}" for one in same)
            lines += textwrap.wrap(f"  {day:%a %Y-%m-%d}  {'; '.join(shown)}", WIDTH, subsequent_indent=" " * 18)
    lines += _holidays(rota, rota.at + weeks * WEEK)
    return "\n".join(lines) + "\n"


def json_now(rota: Rota) -> str:
    """Tell a program who is on call at the instant."""
    found: list[dict[str, Any]] = []
    for rotation in rota.rotations:
        current, coming = shifts.now_and_next(rota.policy, rotation, rota.house.zone, rota.at)
        until = utc_text(coming.start) if coming else None
        found.append(
            {
                **_plain(rota, rotation, current),
                "until": until,
                "handover": rotation.handover or None,
                "next": _plain(rota, rotation, coming) if coming else None,
            }
        )
    days = [_holiday(holiday) for holiday in _days_off(rota, rota.at, rota.at)]
    return _dumped({"at": utc_text(rota.at), "on_call": found, "holidays": days})


def json_listed(rota: Rota, weeks: int) -> str:
    """Tell a program the shifts of some weeks."""
    found = [
        _plain(rota, rotation, shift) | {"until": utc_text(shift.end)}
        for rotation in rota.rotations
        for shift in rota.shifts(rotation, weeks)
    ]
    end = rota.at + weeks * WEEK
    days = [_holiday(holiday) for holiday in _days_off(rota, rota.at, end)]
    return _dumped({"from": utc_text(rota.at), "to": utc_text(end), "shifts": found, "holidays": days})


def _plain(rota: Rota, rotation: Rotation, shift: Shift) -> dict[str, Any]:
    return {
        "rotation": rotation.id,
        "role": rotation.role,
        "team": shift.team or None,
        "name": rota.team(shift.team) if shift.team else None,
        "contact": rota.contact(shift.team) or None,
        "why": shift.why.value,
        "reason": shift.reason or None,
        "from": utc_text(shift.start),
    }


def _holiday(holiday: Holiday) -> dict[str, Any]:
    return {"date": str(holiday.date), "name": holiday.name, "place": holiday.place or None}


def _dumped(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def calendar(rota: Rota, weeks: int) -> str:
    """Return the shifts of some weeks, and the days off in them, as an iCalendar feed."""
    from incidentbook.rotation.feed import Posted, feed  # noqa: PLC0415 - icalendar is for this only

    posted = [Posted(rotation, shift) for rotation in rota.rotations for shift in rota.shifts(rotation, weeks)]
    days = _days_off(rota, rota.at, rota.at + weeks * WEEK)
    holds_from = rota.policy.effective_from or rota.at.date()
    stamp = dt.datetime.combine(holds_from, dt.time(), tzinfo=dt.UTC)
    return feed(rota.house.knowledge_base, posted, days, stamp)
