"""Severity by the business-impact matrix: which past incidents a changed criterion makes more or less severe."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from incidentbook import assessment
from incidentbook.backtest.bench import Bench, Side, recorded
from incidentbook.backtest.model import Judged, tally
from incidentbook.classification import Measures, Verdict, classify
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Severity
from incidentbook.repository import Repository

ORDER = 10
TITLE = "Severity matrix"
POLICY = "severities"
NOTE = "The matrix judges the facts of the record; the recorded severity stays as it is and stands beside."
_LEVEL = "slo_breached"  # takes the objectives of services, and how phases are weighed


def reads(house: Repository) -> Any:
    """Return the criteria that decide; where a service level does, what that rests on too."""
    matrix = house.policy(Severities)
    criteria = {name: level.any for name, level in matrix.severities.items()}
    if _LEVEL not in _deciding(matrix):
        return criteria
    metrics, services = house.policy(MetricsPolicy), house.policy(Services).services
    levels = {slug: service.slo.availability for slug, service in services.items() if service.slo}
    return criteria, levels, metrics.availability, metrics.exclude, metrics.windows.get("default")


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield the matrix's severity of every incident of which the record says something that a criterion judges."""
    for incident in bench.past():
        facts = [_facts(incident, side, bench.now) for side in bench.sides]
        if not any(facts):
            bench.left["without a fact that a criterion judges"] += 1
            continue
        one, other = (classify(side.policy(Severities), known) for side, known in zip(bench.sides, facts, strict=True))
        yield Judged(
            (incident.id,), _label(one), _label(other), _because(one, other, incident), one.severity != other.severity,
            day=bench.day(incident.started), recorded=recorded(incident),
        )  # fmt: skip


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield how many would be of which severity, and how often each matrix agrees with the record."""
    yield from tally(judged, "past incidents")
    if any(item.differs for item in judged):
        agree = [
            sum(item.recorded == item.before for item in judged),
            sum(item.recorded == item.after for item in judged),
        ]
        yield f"the recorded severity is what the matrix gives in {agree[1]} of {len(judged)}, and was in {agree[0]}"


def _deciding(matrix: Severities) -> set[str]:
    return {criterion.measure for level in matrix.severities.values() for criterion in level.any}


def _facts(incident: Incident, side: Side, now: dt.datetime) -> Measures:
    """Return what the deciding criteria of one end judge; a service level, which costs a look at all others, only there."""
    deciding = _deciding(side.policy(Severities))
    subject = incident if _LEVEL in deciding else dataclasses.replace(incident, services=())
    length = parse_duration(side.policy(MetricsPolicy).windows.get("default")) or dt.timedelta(days=30)
    end = min(assessment.last_impact(incident) or now, now)
    found = assessment.measures(side.repo, subject, Window(end - length, end, ""), now, side.impact)
    return {name: value for name, value in found.items() if name in deciding}


def _label(verdict: Verdict) -> str:
    return verdict.severity.label if verdict.severity else "no severity"


def _because(one: Verdict, other: Verdict, incident: Incident) -> str:
    """Return the criteria that make the worse of two verdicts: they decide in whichever direction the policy changed."""
    order = list(Severity)
    worse = min((one, other), key=lambda verdict: order.index(verdict.severity) if verdict.severity else len(order))
    met = [f"{item.name}: {item.text}" for item in worse.criteria if item.deciding and item.met]
    said = "; ".join(met) or "no criterion is met, so the mildest severity stands"
    override = incident.classification.override
    return f"{said}; the record overrides the matrix" if override and override.reason else said
