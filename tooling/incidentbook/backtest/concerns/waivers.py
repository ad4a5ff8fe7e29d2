"""Waivers of action items: which are longer than one policy allows and not than the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook.backtest.bench import Bench
from incidentbook.backtest.model import Judged, tally
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.time import parse_duration, words
from incidentbook.repository import Repository

ORDER = 41
TITLE = "Waivers"
POLICY = "actions"
NOTE = "A waiver runs from the due day of its item."
_LONG = "too long"


def reads(house: Repository) -> Any:
    """Return the longest waiver."""
    return parse_duration(house.policy(ActionsPolicy).waiver_max)


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each waiver of which both days are known."""
    longest = [parse_duration(side.policy(ActionsPolicy).waiver_max) for side in bench.sides]
    for entry, _, item in bench.records.action_items():
        if entry.record is None or item.waiver is None or item.waiver.until is None or item.due is None:
            continue
        length = item.waiver.until - item.due
        before, after = (_answer(length, most) for most in longest)
        starts = [found.started for name in entry.record.incidents if (found := bench.records.incident(name))]
        yield Judged(
            entry.record.incidents, before, after,
            f"runs {words(length.total_seconds())}; allowed {_text(longest[0])} → {_text(longest[1])}",
            (before == _LONG) != (after == _LONG), about=item.id, day=bench.day(min(filter(None, starts), default=None)),
        )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many would be too long."""
    yield from tally(judged, "waivers")


def _answer(length: dt.timedelta, longest: dt.timedelta | None) -> str:
    if longest is None:
        return "without a limit"
    return _LONG if length > longest else "short enough"


def _text(longest: dt.timedelta | None) -> str:
    return words(longest.total_seconds()) if longest is not None else "any length"
