"""``inc classify``: how severe it is, by business impact."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from incidentbook.cli import _context, _facts, _respond
from incidentbook.records.impact import SeverityOverride
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import IncidentType, Severity
from incidentbook.response.draft import Draft

if TYPE_CHECKING:
    from incidentbook.classification import Verdict
    from incidentbook.records.incident import Incident

EPILOG = """\b
Examples:
  inc classify                   asks on a terminal, else shows how it stands
  inc classify --customers-pct 60 --revenue-per-hour "85000 USD" --apply
  inc classify --data-exposed --no-safety-risk
  inc classify --override sev2 --reason "A regulator watches" --by security
  inc classify --type availability --service public-api
"""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")


@click.command(epilog=EPILOG)
@click.option(
    "--customers-pct", type=click.FloatRange(0, 100), metavar="P", help="Share of all customers hit, in per cent."
)
@click.option("--revenue-per-hour", metavar='"N USD"', help="Revenue lost in each hour of full outage, estimated.")
@click.option("--data-loss", type=click.Choice(_facts.LOSSES), help="Whether data was lost, and can be had back.")
@click.option("--data-exposed/--no-data-exposed", default=None, help="Somebody could see data that was not theirs.")
@click.option("--safety-risk/--no-safety-risk", default=None, help="People could come to harm.")
@_context.one_of("--type", [item.value for item in IncidentType], "What sort of harm it does", name="kind")
@_respond.services_option
@click.option("--apply", "apply_", is_flag=True, help="Take the severity over that the matrix gives.")
@click.option("--override", type=click.Choice(_respond.LEVELS), help="Another severity than the matrix gives.")
@click.option("--reason", default="", help="Why the criteria do not fit here; for --override.")
@click.option("--by", metavar="ROLE|TEAM", default="", help="Who decided that; for --override.")
@_respond.at_option
@_respond.incident_option
@_context.json_option
@click.pass_context
def command(
    ctx: click.Context,
    customers_pct: float | None,
    revenue_per_hour: str | None,
    data_loss: str | None,
    kind: str | None,
    services: tuple[str, ...],
    override: str | None,
    reason: str,
    by: str,
    at: str,
    named: str,
    *,
    data_exposed: bool | None,
    safety_risk: bool | None,
    apply_: bool,
    as_json: bool,
) -> None:
    """Judge the severity by the business-impact matrix of policy/severities.yml, and list the criteria that decide."""
    from incidentbook.response import judging  # noqa: PLC0415 - measures what no other command of a responder needs

    why = " ".join(reason.split())
    _make_sense(override, why, by, apply_=apply_)
    place = _respond.desk(ctx)
    moment = place.when(at)
    place.known_services(services)
    choice, seen = _respond.look(place, named)
    facts: dict[str, Any] = {
        "customers_affected_pct": customers_pct,
        "revenue_per_hour": _facts.money(revenue_per_hour, seen.incident) if revenue_per_hour else None,
        "data_loss": data_loss,
        "data_exposed": data_exposed,
        "safety_risk": safety_risk,
    }
    facts = {name: _facts.whole(value) for name, value in facts.items() if value is not None}
    asked = not (facts or kind or services or override or apply_ or as_json) and _facts.at_a_terminal()
    if asked:  # before the lock is taken: nobody else is to wait for an answer
        facts = _facts.ask(seen.incident, place.house.policy(Severities))
    whole = functools.cache(lambda: _context.load(ctx))

    def judged(incident: Incident) -> Verdict:
        return judging.verdict(place.house, incident, place.now, whole)

    judged(seen.incident)  # what has to be loaded is loaded before the lock is taken
    if asked and (found := _differing(seen, facts, judged)) is not None:
        apply_ = click.confirm(f"The matrix says {found}, the record {seen.incident.severity}. Change it?", err=True)
    chosen = SeverityOverride(Severity(override), why, by) if override else None
    answer = _Answer(facts, kind or "", services, chosen, apply_)
    more: dict[str, object] = {}

    def edit(record: Draft) -> list[str]:
        lines = _state(record, answer)
        lines += _decide(place, record, answer, judged(record.incident), moment)
        return [*lines, *_told(place, record.incident, judged(record.incident), more)]

    if any(answer):
        _respond.change(place, named, "inc classify", edit, as_json=as_json, more=more)
    else:
        _respond.tell(place, choice, seen.incident, edit(seen), as_json=as_json, more=more)


class _Answer(NamedTuple):
    """What a responder says: facts by their keys in the record, and what is to become of the severity."""

    facts: dict[str, Any]
    kind: str
    services: tuple[str, ...]
    override: SeverityOverride | None
    apply: bool


def _state(record: Draft, answer: _Answer) -> list[str]:
    """Write down what is known now, and say it back."""
    from incidentbook.response import judging  # noqa: PLC0415 - as above

    judging.state(record, answer.facts)
    lines = [f"{judging.FACTS[name]}: {_facts.said(value)}" for name, value in answer.facts.items()]
    if answer.kind and answer.kind != record.get("type"):
        record.set(("type",), answer.kind)
        lines.append(f"type: {answer.kind}")
    for slug in answer.services:
        if slug not in record.incident.services:
            record.append(("services",), slug)
            lines.append(f"service: {slug}")
    return lines


def _decide(place: _respond.Desk, record: Draft, answer: _Answer, found: Verdict, at: dt.datetime) -> list[str]:
    """Follow the matrix or override it, where that was asked for, and say what became of the severity."""
    from incidentbook.response import judging  # noqa: PLC0415 - as above

    before = record.incident.severity
    if answer.override:
        judging.override(record, found, answer.override, at, place.now)
    elif answer.apply:
        judging.follow(record, found, at, place.now)
    after = record.incident.severity
    return [f"{before} → {after} at {place.clock(at)}"] if after is not before else []


def _make_sense(override: str | None, reason: str, by: str, *, apply_: bool) -> None:
    """Refuse an override without its reason, and a reason without one. Raises click.BadParameter."""
    if override and apply_:
        raise click.BadParameter("The matrix is applied or overridden, not both.", param_hint="--override")
    if override and not reason:
        raise click.BadParameter("Say why the criteria do not fit here.", param_hint="--reason")
    if override and not _SLUG.match(by):
        raise click.BadParameter("Say which role or team decided, as `incident-commander`.", param_hint="--by")
    if not override and (reason or by):
        raise click.BadParameter("It belongs to --override SEVERITY.", param_hint="--reason" if reason else "--by")


def _told(place: _respond.Desk, incident: Incident, found: Verdict, more: dict[str, object]) -> list[str]:
    """Return what the matrix says, a line each, and put it into ``more`` for programs."""
    from incidentbook.response import judging  # noqa: PLC0415 - as above

    policy = place.house.policy(Severities)
    missing = judging.unstated(policy, incident)
    more["classification"] = {
        "severity": found.severity.value if found.severity else None,
        "differs": judging.differs(found, incident),
        "criteria": [
            {"name": item.name, "text": item.text, "met": item.met, "deciding": item.deciding}
            for item in found.criteria
        ],
        "not_stated": missing,
    }
    if found.severity is None:
        return ["The matrix has no say yet: nothing is stated that it judges.", *_not_stated(missing)]
    lines = [f"{found.severity.label} by the matrix{'' if found.criteria else f': {judging.because(found)}'}"]
    for mark, item in judging.criteria(found):
        lines.append(f"  {mark} {item.name}: {item.text}{'' if item.deciding else ' (does not decide)'}")
    lines += _not_stated(missing)
    chosen = incident.classification.override
    if chosen is not None:
        lines.append(f"overridden by {chosen.decided_by}: {chosen.severity}, {chosen.reason}")
    if judging.differs(found, incident):
        lines.append(f"the record says {incident.severity}: --apply takes {found.severity} over; to keep it:")
        lines.append(f'  inc classify --override {incident.severity} --reason "…" --by ROLE')
    return lines


def _not_stated(missing: list[str]) -> list[str]:
    from incidentbook.response import judging  # noqa: PLC0415 - as above

    return [f"not stated: {', '.join(judging.FACTS[name] for name in missing)}"] if missing else []


def _differing(seen: Draft, facts: dict[str, Any], judged: Any) -> Severity | None:
    """Return the matrix's severity with ``facts`` stated, where the record has another; nothing is written."""
    from incidentbook.response import judging  # noqa: PLC0415 - as above

    trial = Draft(seen.path, seen.text)
    judging.state(trial, facts)
    found: Verdict = judged(trial.incident)
    return (
        found.severity
        if judging.differs(found, trial.incident) and not trial.incident.classification.override
        else None
    )
