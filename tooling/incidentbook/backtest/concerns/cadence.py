"""Cadence of updates: which past incidents were told of in time by one policy and left in silence by the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook.backtest.bench import Bench, recorded
from incidentbook.backtest.model import Judged, tally
from incidentbook.duties import updates
from incidentbook.duties.updates import Stretch
from incidentbook.records.policy.communications import CommunicationsPolicy, Owed
from incidentbook.records.time import parse_duration, words
from incidentbook.repository import Repository

ORDER = 50
TITLE = "Cadence of updates"
POLICY = "communications"
NOTE = (
    "Updates are owed from the declaration until the resolution; a message that promised its next one is held to that."
)
_SILENT = "silent for too long"


def reads(house: Repository) -> Any:
    """Return how often whom each severity owes a word."""
    cadence = house.policy(CommunicationsPolicy).cadence
    return {name: (parse_duration(item.every), sorted(item.audiences)) for name, item in cadence.items()}


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each incident whose severity's cadence has changed."""
    for incident in bench.past():
        level = incident.disclosure or bench.records.knowledge_base.default_disclosure
        owed = [side.policy(CommunicationsPolicy).owed(incident.severity, level) for side in bench.sides]
        if owed[0] == owed[1]:
            continue
        found = [[*updates.silences(incident, item, bench.clock)] if item else [] for item in owed]
        before, after = (_answer(item, silences) for item, silences in zip(owed, found, strict=True))
        yield Judged(
            (incident.id,), before, after, f"{_longest(found)}; {_text(owed[0])} → {_text(owed[1])}",
            (before == _SILENT) != (after == _SILENT), day=bench.day(incident.started),
            recorded=recorded(incident),
        )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many would be silent for too long."""
    yield from tally(judged, "past incidents whose cadence changed")


def _answer(owed: Owed | None, silences: Sequence[Stretch]) -> str:
    if owed is None:
        return "owed no update"
    return _SILENT if silences else "told of in time"


def _longest(found: Sequence[Sequence[Stretch]]) -> str:
    longest = max((silence.seconds for silences in found for silence in silences), default=None)
    return f"longest silence {words(longest)}" if longest is not None else "no silence too long"


def _text(owed: Owed | None) -> str:
    return f"every {words(owed.every.total_seconds())} to {' or '.join(owed.audiences)}" if owed else "nothing owed"
