"""Post-mortems: of which past incidents one is asked for, or comes late, under one policy and not under the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook.backtest.bench import Bench, Side, recorded
from incidentbook.backtest.model import Judged, tally
from incidentbook.duties import postmortems
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities, SeverityLevel
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import parse_duration, words
from incidentbook.repository import Repository

ORDER = 30
TITLE = "Post-mortems"
POLICY = "severities"
NOTE = "A post-mortem of several incidents is held to the one resolved last; a day that was held is taken from its beginning."


def reads(house: Repository) -> Any:
    """Return of which severities one is asked for, and within what time."""
    levels = house.policy(Severities).severities
    return {name: _asks(level) for name, level in levels.items()}


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each incident that was resolved and whose severity's policy has changed."""
    changed = {
        name
        for name in _levels(bench.before) | _levels(bench.after)
        if _asks(_level(bench.before, name)) != _asks(_level(bench.after, name))
    }
    for incident in bench.past():
        resolved = incident.milestone("resolved")
        if str(incident.severity) not in changed:
            continue
        if resolved is None:
            bench.left["not resolved"] += 1
            continue
        postmortem = bench.records.postmortem_of(incident.id)
        one, other = (_answer(incident, postmortem, side, bench) for side in bench.sides)
        asked = [_text(_level(side, str(incident.severity))) for side in bench.sides]
        yield Judged(
            (incident.id,), one, other, f"{_held(postmortem)}; {asked[0]} → {asked[1]}", one != other,
            day=bench.day(resolved.at if postmortem is None else incident.started),
            recorded=recorded(incident),
        )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many would be late, missing or not asked for."""
    yield from tally(judged, "post-mortems of incidents whose policy changed")


def _levels(side: Side) -> set[str]:
    return set(side.policy(Severities).severities)


def _level(side: Side, severity: str) -> SeverityLevel:
    return side.policy(Severities).severities.get(severity, SeverityLevel())


def _asks(level: SeverityLevel) -> tuple[str, dt.timedelta | None, bool]:
    return level.postmortem, parse_duration(level.postmortem_within), level.postmortem_skippable


def _answer(incident: Incident, postmortem: Postmortem | None, side: Side, bench: Bench) -> str:
    policy = side.policy(Severities)
    if not postmortems.owed(incident, policy, bench.zone):
        return "not asked for"
    if postmortem is None:
        resolved = incident.milestone("resolved")
        within = parse_duration(policy.level(incident.severity).postmortem_within)
        waits = resolved is not None and within is not None and not bench.clock.is_past(resolved.at + within)
        return "not due yet" if waits else "missing"
    if postmortem.status == "skipped":
        barred = postmortems.unskippable(postmortem, bench.records.incident, policy, bench.zone)
        return "skipped, which it may not be" if barred else "skipped with a reason"
    by = postmortems.due(postmortem, bench.records.incident, policy, bench.clock)
    if by is not None and postmortems.late(postmortem, by.at, bench.clock):
        return "late"
    return "in time" if postmortem.held or postmortem.published or postmortem.status == "published" else "not late"


def _held(postmortem: Postmortem | None) -> str:
    if postmortem is None:
        return "there is none"
    day = postmortem.held or postmortem.published
    return f"held on {day}" if day else f"it is {postmortem.status or 'without a status'}"


def _text(level: SeverityLevel) -> str:
    asked, length, skippable = _asks(level)
    time = f" within {words(length.total_seconds())}" if length is not None else ""
    return f"{asked}{time}{' unless skipped with a reason' if skippable and asked == 'required' else ''}"
