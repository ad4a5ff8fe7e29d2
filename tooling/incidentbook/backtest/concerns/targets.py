"""Targets of a severity: which past responses kept the old target and miss the new one, or the other way round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from incidentbook.backtest.bench import Bench, Side, recorded
from incidentbook.backtest.model import Judged, tally
from incidentbook.duties import clock_start, commander, end, updates
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy, Owed
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import words
from incidentbook.repository import Repository

ORDER = 20
TITLE = "Response targets"
POLICY = "severities"
NOTE = "Targets are those of the recorded severity; times run from the start, a commander's from the declaration."
NAMES = ("acknowledge", "commander", "update", "mitigate", "resolve", "duration")
MISSED = "missed"
_MILESTONES = {"acknowledge": "acknowledged", "mitigate": "mitigated", "resolve": "resolved", "duration": "resolved"}


class Took(NamedTuple):
    """How long something took, in seconds, and whether it is over; not over, it took at least so long."""

    seconds: float
    over: bool


def reads(house: Repository) -> Any:
    """Return all targets by severity."""
    levels = house.policy(Severities).severities
    return {name: {key: level.target(key) for key in NAMES} for name, level in levels.items()}


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each incident and target of its severity that has changed."""
    for incident in bench.past():
        for name in NAMES:
            was, is_ = (side.policy(Severities).level(incident.severity).target(name) for side in bench.sides)
            if was == is_:
                continue
            took = [
                _took(name, incident, bench, side, target) for side, target in zip(bench.sides, (was, is_), strict=True)
            ]
            if took[0] is None or took[1] is None:
                bench.left[f"without a time for {name}"] += 1
                continue
            before, after = _answer(took[0], was), _answer(took[1], is_)
            yield Judged(
                (incident.id,), before, after, f"{_said(name, max(took[0], took[1]))}; target {_text(was)} → {_text(is_)}",
                (before == MISSED) != (after == MISSED), about=name, group=name,
                day=bench.day(incident.started), recorded=recorded(incident),
            )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many would miss what they kept, by target."""
    yield from tally(judged, "changed targets of past incidents")


def _answer(took: Took, target: dt.timedelta | None) -> str:
    if target is None:
        return "without a target"
    if took.seconds > target.total_seconds():
        return MISSED
    return "kept" if took.over else "not due"


def _said(name: str, took: Took) -> str:
    if name == "update":
        return f"longest silence {words(took.seconds)}" if took.seconds else "no silence too long"
    return f"took {words(took.seconds)}" if took.over else f"not after {words(took.seconds)}"


def _text(target: dt.timedelta | None) -> str:
    return words(target.total_seconds()) if target is not None else "none"


def _took(name: str, incident: Incident, bench: Bench, side: Side, target: dt.timedelta | None) -> Took | None:
    if name == "update":
        return _silence(incident, bench, side, target)
    if name == "commander":
        return _commander(incident, bench)
    seconds = incident.seconds_between("started", _MILESTONES[name])
    if seconds is not None:
        return Took(seconds, over=True)
    if not incident.is_open or incident.started is None:
        return None
    return Took((bench.now - incident.started).total_seconds(), over=False)


def _commander(incident: Incident, bench: Bench) -> Took | None:
    began, held = clock_start(incident), commander.first(incident)
    if began is None:
        return None
    if held is not None:
        return Took(max((held.at - began[0].at).total_seconds(), 0), over=True)
    return Took((end(incident, bench.clock) - began[0].at).total_seconds(), over=False)


def _silence(incident: Incident, bench: Bench, side: Side, target: dt.timedelta | None) -> Took:
    """Return the longest silence beyond the target, towards those whom the cadence names; where it names nobody, anybody."""
    level = incident.disclosure or bench.records.knowledge_base.default_disclosure
    owed = side.policy(CommunicationsPolicy).owed(incident.severity, level)
    audiences = owed.audiences if owed else tuple(sorted({message.audience for message in incident.communications}))
    found = updates.silences(incident, Owed(target, audiences), bench.clock) if target is not None else ()
    return Took(max((silence.seconds for silence in found), default=0), over=True)
