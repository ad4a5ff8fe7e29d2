"""The computed parts that follow from an incident's record and from policy: lines of Markdown, none where nothing is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from incidentbook import costs, told
from incidentbook import timeline as chronology
from incidentbook.computed.case import Case
from incidentbook.markdown import escape
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import Moment, words


def facts(case: Case, incident: Incident) -> Iterator[str]:
    """Say what it was, when it was, and how it came to be known."""
    started, resolved = incident.milestone("started"), incident.milestone("resolved")
    seconds = incident.seconds_between("started", "resolved")
    services, detection = case.house.policy(Services), incident.detection
    by = "" if detection.by == "unknown" else detection.by.replace("-", " ")
    yield from _fields(
        ("Incident", f"{incident.id}: {incident.title}"),
        ("Severity", case.house.policy(Severities).label(incident.severity)),
        ("Services", ", ".join(map(services.name, incident.services))),
        ("Started", _day(case, started)),
        ("Resolved", _day(case, resolved)),
        ("Duration", words(seconds) if seconds is not None else ""),
        ("Detected by", " through ".join(part for part in (by, detection.source) if part)),
        ("In short", incident.impact.summary),
    )


def timeline(case: Case, incident: Incident) -> Iterator[str]:
    """Say what happened in the order of time."""
    yield from _table(case, ((_moment(case, incident, at), text) for at, text in chronology.rows(incident)))


def impact(case: Case, incident: Incident) -> Iterator[str]:
    """Say what it did, with the figures that follow from its phases and from policy."""
    policy = case.house.policy(MetricsPolicy)
    revenue = costs.lost_revenue(incident, policy, case.now)
    lost = [f"Revenue loss: {revenue} (estimated)"] if revenue is not None else []
    business = incident.impact.business
    reputation = [f"Reputation: {business.reputation}"] if business.reputation else []
    yield from _list(
        [*told.customer(incident), *lost, *reputation, *business.notes, *told.technical(incident, policy, case.now)]
    )


def response_times(case: Case, incident: Incident) -> Iterator[str]:
    """Say how long it took to detect, acknowledge and so on, each with its pair of milestones."""
    yield from _list(told.durations(incident, case.house.policy(MetricsPolicy)))


def roles(case: Case, incident: Incident) -> Iterator[str]:
    """Say which team held which role, and from when to when."""
    yield from _list(told.roles(incident, case.house.knowledge_base))


def communications(case: Case, incident: Incident) -> Iterator[str]:
    """Say who was told what, and when."""
    yield from _table(case, told.communications(incident, case.house.zone))


def changes(case: Case, incident: Incident) -> Iterator[str]:
    """Say what was changed before it started, the last first."""
    started = incident.started
    before = [(change.at, change) for change in incident.changes if change.at and started and change.at.at <= started]
    for at, change in sorted(before, key=lambda pair: pair[0].at, reverse=True):
        ago = words((started - at.at).total_seconds()) if started and at.at < started else ""
        when = f"{_day(case, at)}{f', {ago} before' if ago else ''}"
        verdict = _verdict(suspected=change.suspected, caused=change.caused)
        notes = [change.kind.replace("-", " "), change.service, change.ref, verdict]
        yield f"- {escape(f'{when}: {change.text}')} ({escape(', '.join(note for note in notes if note))})"


def hypotheses(case: Case, incident: Incident) -> Iterator[str]:
    """Say what was thought while it burned, and what became of it."""
    del case
    yield from _list(f"{item.status.capitalize()}: {item.text}" for item in incident.investigation.hypotheses)


def _verdict(*, suspected: bool, caused: bool | None) -> str:
    if caused is not None:
        return "it was the cause" if caused else "not the cause"
    return "suspected" if suspected else ""


def _day(case: Case, at: Moment | None) -> str:
    if at is None:
        return ""
    return f"{'about ' if at.uncertain else ''}{at.at.astimezone(case.house.zone):%Y-%m-%d %H:%M:%S %Z}"


def _moment(case: Case, incident: Incident, at: Moment) -> str:
    return told.moment(incident, at, case.house.zone)


def _fields(*pairs: tuple[str, str]) -> Iterator[str]:
    yield from (f"- **{label}:** {escape(value)}" for label, value in pairs if value)


def _list(items: Iterable[str]) -> Iterator[str]:
    yield from (f"- {escape(item)}" for item in items)


def _table(case: Case, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    lines = [f"| {escape(time)} | {escape(text)} |" for time, text in rows]
    if lines:
        yield from (f"| Time ({escape(case.house.zone.key)}) | What |", "| --- | --- |", *lines)
