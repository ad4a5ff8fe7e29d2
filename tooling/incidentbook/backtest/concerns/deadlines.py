"""Deadlines of action items: which past promises agree with one policy and not with the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook.backtest.bench import Bench
from incidentbook.backtest.model import Judged, tally
from incidentbook.duties import deadlines
from incidentbook.duties.deadlines import Deadline
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.time import parse_duration
from incidentbook.repository import Repository

ORDER = 40
TITLE = "Deadlines of action items"
POLICY = "actions"
NOTE = "Finished items count too; proposed, cancelled and recurring ones, accepted risks and waived ones do not."
_LATE = "due too late"


def reads(house: Repository) -> Any:
    """Return the deadlines by severity and priority."""
    found = house.policy(ActionsPolicy).deadlines
    return {
        (severity, priority): parse_duration(text) for severity, row in found.items() for priority, text in row.items()
    }


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each action item whose deadline has changed."""
    for entry, _, item in bench.records.action_items():
        postmortem = entry.record
        if postmortem is None or item.due is None or not deadlines.bound(item):
            bench.left["not held to a deadline"] += 1
            continue
        was, is_ = (
            deadlines.deadline(postmortem, item, side.policy(ActionsPolicy), bench.records.incident, bench.zone)
            for side in bench.sides
        )
        if was == is_:
            continue
        before, after = _answer(item.due, was), _answer(item.due, is_)
        starts = [found.started for name in postmortem.incidents if (found := bench.records.incident(name))]
        said = f"due {item.due}, {item.priority} priority; by {_text(was)} → {_text(is_)}"
        yield Judged(
            postmortem.incidents, before, after, said, (before == _LATE) != (after == _LATE), about=item.id,
            day=bench.day(min(filter(None, starts), default=None)),
        )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many would be due too late."""
    yield from tally(judged, "action items whose deadline changed")


def _answer(due: dt.date, deadline: Deadline | None) -> str:
    if deadline is None:
        return "without a deadline"
    return _LATE if due > deadline.last else "due in time"


def _text(deadline: Deadline | None) -> str:
    return str(deadline.last) if deadline else "no day"
