"""Ladders of escalation: in which past incidents a step came due of which nothing is written down, under one policy only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidentbook.backtest.bench import Bench, recorded
from incidentbook.backtest.model import Judged, tally
from incidentbook.duties import escalation
from incidentbook.entry import Entry
from incidentbook.records.build import build
from incidentbook.records.incident import Incident
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.time import words
from incidentbook.repository import Repository

ORDER = 25
TITLE = "Escalation"
POLICY = "escalation"
NOTE = "That nothing shows that somebody was told proves little: these are incidents to look at."


def reads(house: Repository) -> Any:
    """Return the ladders."""
    ladders = house.policy(EscalationPolicy).escalation
    return {name: [(rung.wait, rung.notify, rung.by) for rung in rungs] for name, rungs in ladders.items()}


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each incident whose severity's ladder has changed."""
    one, other = reads(bench.before.repo), reads(bench.after.repo)
    entries = {
        entry.record.id: entry for entry in reversed(bench.records.incidents) if entry.record
    }  # of one id the first
    for incident in bench.past():
        name, waited = str(incident.severity), escalation.alone(incident, bench.clock)
        if one.get(name) == other.get(name) or waited is None:
            continue
        steps = _untold(incident, waited, bench)
        if any(steps):  # figures need no text of a record, and here texts may show a call
            steps = _untold(_whole(entries[incident.id], incident), waited, bench)
        before, after = ("not shown" if found else "shown" for found in steps)
        named = max(steps, key=len)
        said = f"nobody took it on for {words(waited.total_seconds())}"
        yield Judged(
            (incident.id,), before, after, f"{said}; nothing shows a call of {', '.join(named)}" if named else said,
            before != after, day=bench.day(incident.started), sure=False,
            recorded=recorded(incident),
        )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield of how many the record would lack a step."""
    yield from tally(judged, "escalations of incidents whose ladder changed")


def _untold(incident: Incident, waited: dt.timedelta, bench: Bench) -> list[list[str]]:
    team_name = bench.records.knowledge_base.team_name
    return [
        [
            f"{rung.notify} after {words(wait.total_seconds())}"
            for _, rung, wait in escalation.untold(incident, side.policy(EscalationPolicy), waited, team_name)
        ]
        for side in bench.sides
    ]


def _whole(entry: Entry[Incident], incident: Incident) -> Incident:
    """Return the record with its texts; that of a view, which has no file, is whole as it is."""
    value = entry.document.value
    return (build(Incident, value) if isinstance(value, Mapping) else None) or incident
