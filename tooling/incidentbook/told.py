"""What reports and post-mortems say of one incident, in lines: the same words and figures wherever they stand. No layout."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from incidentbook import downtime
from incidentbook.records.entries import RoleInterval
from incidentbook.records.incident import Incident
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import Moment, words

_LEVELS = {"outage": "complete outage", "partial": "partial outage", "degraded": "partial degradation"}
_AUDIENCES = {
    "responders": "Internal alert",
    "executives": "Stakeholder notification",
    "support": "Support notification",
    "customers": "Customer notification",
    "public": "Status page update",
    "regulator": "Regulator notification",
}


def moment(incident: Incident, at: Moment, zone: ZoneInfo) -> str:
    """Write a time of the log in ``zone``: the time of day, after the date where it is not the start's."""
    started = incident.started
    local = at.at.astimezone(zone)
    same_day = started is not None and started.astimezone(zone).date() == local.date()
    about = "about " if at.uncertain else ""
    return f"{about}{local:%H:%M:%S}" if same_day else f"{about}{local:%Y-%m-%d %H:%M:%S}"


def outage_seconds(incident: Incident, level: str, policy: MetricsPolicy, now: dt.datetime) -> float:
    """Return how long phases of a level lasted, in seconds, overlaps counted once."""
    parts = [part for part in downtime.segments([incident], policy, now) if part.level == level]
    return covered([(part.start, part.end) for part in parts])


def covered(stretches: list[tuple[dt.datetime, dt.datetime]]) -> float:
    """Return the length in seconds of the union of ``stretches``."""
    total, reached = 0.0, None
    for start, end in sorted(stretches):
        begin = start if reached is None or start > reached else reached
        if end > begin:
            total += (end - begin).total_seconds()
            reached = end
    return total


def customer(incident: Incident) -> Iterator[str]:
    """Yield what it did to customers: counts, then notes."""
    found, share = incident.impact.customer, incident.classification.customers_affected_pct
    if share is not None:
        yield f"{share:g}% of customers affected"
    counts = {
        "failed transactions": found.failed_transactions,
        "customer support tickets": found.support_tickets,
        "accounts affected": found.accounts_affected,
    }
    yield from (f"{count:,} {name}" for name, count in counts.items() if count is not None)
    yield from found.notes


def technical(incident: Incident, policy: MetricsPolicy, now: dt.datetime) -> Iterator[str]:
    """Yield how long each level of impact lasted, what could have been worse, then notes."""
    for level, said in _LEVELS.items():
        seconds = outage_seconds(incident, level, policy, now)
        if seconds:
            yield f"{words(seconds)} of {said}"
    for risk in incident.impact.risks:
        by = f" by {risk.mitigated_by}" if risk.mitigated_by else ""
        yield f"{risk.risk} ({risk.status}{by})"
    yield from incident.impact.technical.notes


def durations(incident: Incident, policy: MetricsPolicy) -> Iterator[str]:
    """Yield the incident's own response times, each with its pair of milestones."""
    for key, definition in policy.shown_durations.items():
        seconds = incident.seconds_between(definition.from_, definition.to)
        pair = f"{definition.from_} to {definition.to}"
        label = f"{definition.name or key} ({definition.abbreviation or key.upper()})"
        if seconds == 0 and definition.zero == "unmeasured":
            yield f"{label}: not measured (both times are the same) ({pair})"
        elif seconds is not None:
            yield f"{label}: {words(seconds)} ({pair})"


def roles(incident: Incident, names: KnowledgeBase) -> Iterator[str]:
    """Yield who held which role, and from when to when, in the zone of the knowledge base."""
    for item in incident.roles:
        when = held(incident, item, names.zone)
        yield f"{item.role.replace('-', ' ').capitalize()}: {names.team_name(item.holder)} ({when})"


def held(incident: Incident, item: RoleInterval, zone: ZoneInfo) -> str:
    """Say from when to when a role was held."""
    start = moment(incident, item.from_, zone) if item.from_ else "start"
    end = moment(incident, item.to, zone) if item.to else "now" if incident.is_open else "the end"
    return f"{start} to {end}"


def communications(incident: Incident, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Yield who was told what as (time, text), in the order of time."""
    rows = sorted(((item.at, item) for item in incident.communications if item.at), key=lambda row: row[0].at)
    for at, item in rows:
        yield moment(incident, at, zone), f"{_AUDIENCES.get(item.audience, item.audience)}: {item.text}"
