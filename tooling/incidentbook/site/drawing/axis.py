"""A time axis: where an instant stands, and which instants are written below it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_STEPS = tuple(
    [1, 5, 15, 30]
    + [minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30)]
    + [hours * _HOUR for hours in (1, 2, 3, 6, 12)]
    + [days * _DAY for days in (1, 2, 7, 14)]
)
_MONTHS = (1, 3, 6, 12, 24, 60, 120)
_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SHORTEST = dt.timedelta(minutes=10)  # a picture of one instant shows the minutes around it
_ROOM = 78.0  # between two labels, in the unit of the picture
_YEAR = 12
_FIRST, _LAST = (dt.datetime(year, 1, 2, tzinfo=dt.UTC) for year in (1, 9999))  # the calendar itself ends beyond these


@frozen
class Axis:
    """A stretch of time from ``left`` to ``right``, in the unit of the picture. Instants outside it stand at its ends."""

    start: dt.datetime
    end: dt.datetime
    left: float
    right: float
    zone: ZoneInfo

    @classmethod
    def over(cls, start: dt.datetime, end: dt.datetime, left: float, right: float, zone: ZoneInfo) -> Axis:
        """Return an axis over some time, with a little room at both ends so that marks there are seen whole."""
        length = end - start
        spare = max((_SHORTEST - length) / 2, length / 50)
        spare = max(min(spare, start - _FIRST, _LAST - end), dt.timedelta(minutes=1))
        return cls(start - spare, end + spare, left, right, zone)

    def x(self, moment: dt.datetime) -> float:
        """Return where an instant stands."""
        share = (moment - self.start) / (self.end - self.start)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def holds(self, moment: dt.datetime) -> bool:
        """Whether an instant lies within it."""
        return self.start <= moment <= self.end

    def ticks(self) -> list[tuple[float, str]]:
        """Return instants at round times with what to write there; the day is told where it begins to be another one."""
        wanted = (self.end - self.start).total_seconds() * _ROOM / (self.right - self.left)
        step = next((step for step in _STEPS if step >= wanted), None)
        return list(self._clock(step) if step else self._calendar(wanted))

    def _clock(self, step: int) -> Iterator[tuple[float, str]]:
        day = None
        for local in self._rounded(step):
            words = f"{local:%H:%M:%S}" if step < _MINUTE else f"{local:%H:%M}"
            named = f"{local.day} {_NAMES[local.month - 1]}"
            if step >= _DAY:
                words = named
            elif local.date() != day:
                words = f"{named} {words}"
            day = local.date()
            yield self.x(local), words

    def _rounded(self, step: int) -> Iterator[dt.datetime]:
        first = self.start.astimezone(self.zone)
        midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
        if step >= _DAY:
            days = 0
            while (local := midnight + dt.timedelta(days=days)) <= self.end:
                if local >= self.start:
                    yield local
                days += step // _DAY
            return
        # whole steps since midnight by the clock that goes on, so that a night of summer time is no gap
        begin = midnight.astimezone(dt.UTC)
        count = -int((begin - self.start).total_seconds() // step)
        while (moment := begin + dt.timedelta(seconds=step * count)) <= self.end:
            if moment >= self.start:
                yield moment.astimezone(self.zone)
            count += 1

    def _calendar(self, wanted: float) -> Iterator[tuple[float, str]]:
        longest = _MONTHS[-1] * math.ceil(wanted / (_MONTHS[-1] * 30 * _DAY))
        step = next((months for months in _MONTHS if months * 30 * _DAY >= wanted), longest)
        first = self.start.astimezone(self.zone)
        number = (first.year * _YEAR + first.month - 1) // step * step
        while True:
            year, month = divmod(number, _YEAR)
            if year >= _LAST.year:
                return
            local = dt.datetime(max(year, 1), month + 1, 1, tzinfo=self.zone)
            if local > self.end:
                return
            if local >= self.start:
                yield self.x(local), str(year) if step >= _YEAR else f"{_NAMES[month]} {year}"
            number += step
