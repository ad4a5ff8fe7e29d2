"""The burn-down of action items: how many were open, overdue and done at the end of each stretch, as Git had them then."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from incidentbook import periods
from incidentbook.chronicle.lives import Lives, item_of
from incidentbook.frozen import frozen
from incidentbook.history.facts import ItemFacts
from incidentbook.periods import Window
from incidentbook.records.action_item import ActionStatus
from incidentbook.records.time import UTC

if TYPE_CHECKING:
    from incidentbook.outputs import actions_burndown as printed

MONTHS, WEEKS = "month", "week"
_FEW_DAYS = 62  # up to so many days a period is divided into weeks
_OPEN, _DONE, _CANCELLED, _NOT_THERE = "open", "done", "cancelled", ""
_KINDS = {status.value: _DONE if status.finished else _OPEN for status in ActionStatus if status.committed}


@frozen
class Level:
    """One stretch of time: what happened to items in it, and how they stood at its end.

    Everything is None where the past does not reach back so far. What stood where it begins, if it was cut off there, is open or
    done and no news.

    Attributes:
        window: the stretch.
        committed: items that began to bind somebody in it.
        finished: items that became done or verified in it.
        reopened: items that were done or cancelled, and became open again in it.
        dropped: items that were open, and were cancelled, made proposals again or taken away in it.
        open: at its end, committed to and not finished.
        overdue: of these, how many were late by the due day that they had then, without a waiver that held.
        done: done or verified at its end.

    """

    window: Window
    committed: int | None = None
    finished: int | None = None
    reopened: int | None = None
    dropped: int | None = None
    open: int | None = None
    overdue: int | None = None
    done: int | None = None

    def plain(self) -> printed.Level:
        """Return it for JSON."""
        return {
            "window": self.window.plain(),
            "committed": self.committed,
            "finished": self.finished,
            "reopened": self.reopened,
            "dropped": self.dropped,
            "open": self.open,
            "overdue": self.overdue,
            "done": self.done,
        }


def levels(lives: Lives, windows: Sequence[Window]) -> list[Level]:
    """Return the burn-down over ``windows``, which follow one another in time."""
    events = sorted(
        ((event, life.id) for life in lives.items.values() for event in life.events), key=lambda pair: pair[0].place
    )
    standing = _Standing()
    waiting = iter([*events, None])
    following = next(waiting)
    found = []
    for window in windows:
        told: Counter[str] = Counter()
        while following is not None and _is_before_end(following[0].at, window):
            event, name = following
            news = standing.change(name, event.facts)
            if event.at >= window.start and not event.older:
                told.update(news)
            following = next(waiting)
        found.append(_level(lives, window, standing, told))
    return found


class _Standing:
    """How all items stand at one moment after another.

    Attributes:
        kinds: how many items are open, done, and so on.

    """

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()
        self._items: dict[str, str] = {}
        self._open: dict[str, ItemFacts] = {}
        self._overdue_from: dict[str, dt.datetime | None] = {}  # told for those that are asked for, which are few

    def change(self, name: str, facts: ItemFacts | None) -> Iterable[str]:
        """Take in what an item says from now on; return what that is, for the counts of its stretch."""
        was, now = self._items.get(name, _NOT_THERE), _kind(facts)
        self._items[name] = now
        self.kinds[was] -= 1
        self.kinds[now] += 1
        self._open.pop(name, None)
        self._overdue_from.pop(name, None)
        if now == _OPEN and facts is not None:
            self._open[name] = facts
        return _news(was, now)

    def overdue(self, moment: dt.datetime, zone: ZoneInfo) -> int:
        """Return how many are overdue at ``moment``."""
        for name in self._open.keys() - self._overdue_from.keys():
            end = item_of(self._open[name]).overdue_from(zone)
            self._overdue_from[name] = end.astimezone(UTC) if end else None  # in a zone, to compare takes longer
        return sum(1 for end in self._overdue_from.values() if end is not None and end <= moment)


def stretches(window: Window, by: str = "") -> list[Window]:
    """Divide a period into calendar months or ISO 8601 weeks in its own zone; the first and the last may be parts of one.

    Args:
        window: the period.
        by: ``month`` or ``week``; months for more than two months where nothing is said, else weeks.

    """
    by = by or (MONTHS if window.seconds > _FEW_DAYS * 86400 else WEEKS)
    return list(_stretches(window, by))


def _stretches(window: Window, by: str) -> Iterator[Window]:
    zone = ZoneInfo(window.zone)
    start = window.start
    while start < window.end:
        whole = periods.month_of(start, zone) if by == MONTHS else _week_of(start, zone)
        end = min(whole.end, window.end)
        yield Window(start, end, whole.label, window.zone, partial=window.partial and end < whole.end)
        start = end


def _week_of(moment: dt.datetime, zone: ZoneInfo) -> Window:
    day = moment.astimezone(zone).date()
    monday = day - dt.timedelta(days=day.weekday())
    ends = (dt.datetime.combine(monday + dt.timedelta(days=days), dt.time(), tzinfo=zone) for days in (0, 7))
    start, end = (moment.astimezone(UTC) for moment in ends)
    year, week, _ = monday.isocalendar()
    return Window(start, end, f"{year}-W{week:02}", str(zone))


def _is_before_end(moment: dt.datetime, window: Window) -> bool:
    """Whether ``moment`` lies before the end of a window; one that is not over yet ends at "now", which belongs to it."""
    return moment < window.end or (window.partial and moment == window.end)


def _kind(facts: ItemFacts | None) -> str:
    """Return how an item stands: open, done, proposed, cancelled, without a status, or not there."""
    return _NOT_THERE if facts is None else _KINDS.get(facts.status, facts.status)


def _news(was: str, now: str) -> Iterator[str]:
    """Say what an event is, for the counts of its stretch: what opens and what closes add up to the change of what is open."""
    if now == was:
        return
    if now == _OPEN and was in (_DONE, _CANCELLED):
        yield "reopened"
    elif now in (_OPEN, _DONE) and was not in (_OPEN, _DONE):
        yield "committed"
    if now == _DONE:
        yield "finished"
    elif was == _OPEN:
        yield "dropped"


def _level(lives: Lives, window: Window, standing: _Standing, told: Counter[str]) -> Level:
    if lives.begins is None or not _is_before_end(lives.begins, window):
        return Level(window)
    return Level(
        window,
        committed=told["committed"], finished=told["finished"], reopened=told["reopened"], dropped=told["dropped"],
        open=standing.kinds[_OPEN], done=standing.kinds[_DONE],
        overdue=standing.overdue(window.end, ZoneInfo(window.zone)),
    )  # fmt: skip
