"""The burn-down of action items: how many were open, overdue and done at the end of each stretch, as Git had them then."""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from incidentbook import periods
from incidentbook.chronicle.lives import Lives, item_of
from incidentbook.frozen import frozen
from incidentbook.history.facts import ItemFacts
from incidentbook.periods import Window
from incidentbook.records.action_item import ActionStatus
from incidentbook.records.time import UTC

MONTHS, WEEKS = "month", "week"
_FEW_DAYS = 62  # up to so many days a period is divided into weeks
_OPEN, _DONE, _CANCELLED, _NOT_THERE = "open", "done", "cancelled", ""
_KINDS = {status.value: _DONE if status.finished else _OPEN for status in ActionStatus if status.committed}


@frozen
class Level:
    """One stretch of time: what happened to items in it, and how they stood at its end.

    Everything is None where the past does not reach back so far.

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

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        names = ("committed", "finished", "reopened", "dropped", "open", "overdue", "done")
        return {"window": self.window.plain(), **{name: getattr(self, name) for name in names}}


def levels(lives: Lives, windows: Sequence[Window]) -> list[Level]:
    """Return the burn-down over ``windows``, which follow one another in time."""
    events = sorted(
        ((event, life.id) for life in lives.items.values() for event in life.events), key=lambda pair: pair[0].at
    )
    standing: dict[str, ItemFacts | None] = {}
    waiting = iter([*events, None])
    following = next(waiting)
    found = []
    for window in windows:
        told: Counter[str] = Counter()
        while following is not None and _is_before_end(following[0].at, window):
            event, name = following
            if event.at >= window.start:
                told.update(_news(_kind(standing.get(name)), _kind(event.facts)))
            standing[name] = event.facts
            following = next(waiting)
        found.append(_level(lives, window, standing, told))
    return found


def stretches(window: Window, by: str = "") -> list[Window]:
    """Divide a period into calendar months or weeks (of ISO 8601, from Monday), in its own zone; the first and the last may be parts of one.

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


@functools.lru_cache(maxsize=1 << 15)
def _overdue_from(facts: ItemFacts, zone: ZoneInfo) -> dt.datetime | None:
    end = item_of(facts).overdue_from(zone)
    return end.astimezone(UTC) if end else None  # compared with many a moment, which takes longer in a zone


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


def _level(lives: Lives, window: Window, standing: dict[str, ItemFacts | None], told: Counter[str]) -> Level:
    if lives.begins is None or not _is_before_end(lives.begins, window):
        return Level(window)
    zone = ZoneInfo(window.zone)
    kinds = Counter(map(_kind, standing.values()))
    ends = (_overdue_from(facts, zone) for facts in standing.values() if facts and _kind(facts) == _OPEN)
    return Level(
        window,
        committed=told["committed"], finished=told["finished"], reopened=told["reopened"], dropped=told["dropped"],
        open=kinds[_OPEN], overdue=sum(1 for end in ends if end is not None and end <= window.end), done=kinds[_DONE],
    )  # fmt: skip
