"""Reporting clocks: which were added, taken away or given another period, and which past incidents they could have touched."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook.backtest.bench import Bench, Side, recorded
from incidentbook.backtest.model import Judged
from incidentbook.records.incident import Incident
from incidentbook.records.policy.obligations import Obligation, Obligations, Submission
from incidentbook.records.vocabulary import IncidentType
from incidentbook.repository import Repository

ORDER = 80
TITLE = "Reporting clocks"
POLICY = "obligations"
NOTE = (
    "A record says that an incident was one of security, or that data was exposed. Whether a law applied, and when somebody was "
    "aware, it does not say: these are incidents to look at, not duties broken. A reportable outage is not found."
)
_ABSENT, _PROPOSED, _LATER = "not in the catalogue", "proposed only", "not in force then"


def reads(house: Repository) -> Any:
    """Return of each obligation what sets its clocks."""
    return {item.id: _clocks(item) for item in house.policy(Obligations).obligations}


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each obligation that changed and each incident that it could have touched."""
    one, other = reads(bench.before.repo), reads(bench.after.repo)
    changed = [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
    signs = [(incident, sign) for incident in bench.past() if (sign := _sign(incident))]
    for name in changed:
        for incident, sign in signs:
            day = bench.day(incident.started)
            before, after = (_answer(side, name, day) for side in bench.sides)
            yield Judged(
                (incident.id,), before, after, sign, before != after and not {before, after} <= {_ABSENT, _PROPOSED, _LATER},
                about=name, group=name, day=day, recorded=recorded(incident), sure=False,
            )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield for each obligation how many incidents it could have touched."""
    totals = Counter(item.group for item in judged)
    found = Counter(item.group for item in judged if item.differs)
    for name, count in sorted(found.items()):
        yield f"{name}: its clocks could have run otherwise in {count} of {totals[name]} incidents of security or exposed data"


def _sign(incident: Incident) -> str:
    """Return what the record says that a reporting duty could rest on; empty where it says nothing of the kind."""
    said = ["type security"] if incident.type is IncidentType.SECURITY else []
    said += ["data exposed"] if incident.classification.data_exposed else []
    return ", ".join(said)


def _answer(side: Side, name: str, day: dt.date | None) -> str:
    item = next((item for item in side.policy(Obligations).obligations if item.id == name), None)
    if item is None:
        return _ABSENT
    if item.status != "in-force":
        return _PROPOSED
    if day is None or not item.binds(day):
        return _LATER
    return "; ".join(_due(submission, item) for submission in item.due)


def _due(submission: Submission, item: Obligation) -> str:
    text = f"{submission.name or submission.id} {submission.within} from {submission.after or item.starts_at}"
    limit = submission.at_most
    return f"{text}, at most {limit.within} from {limit.after}" if limit else text


def _clocks(item: Obligation) -> Any:
    due = tuple((one.id, one.within, one.calendar, one.place, one.after, one.at_most, one.when) for one in item.due)
    return item.starts_at, item.status, item.effective_from, due
