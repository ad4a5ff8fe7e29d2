"""What is due next in an incident, by the policies of its knowledge base. No I/O and no clock of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import parse_duration

COMMANDER = "incident-commander"


class Due(NamedTuple):
    """Something to do, with the instant by which policy wants it done."""

    at: dt.datetime
    what: str

    def late(self, now: dt.datetime) -> bool:
        """Whether its time is over at ``now``."""
        return now > self.at


def due(
    incident: Incident, severities: Severities, communications: CommunicationsPolicy, escalation: EscalationPolicy
) -> list[Due]:
    """Return what is due, the earliest first. Drills are practised like the real thing, so they owe the same."""
    if not incident.is_open:
        return sorted(_afterwards(incident, severities))
    began = incident.milestone("declared") or incident.milestone("started")
    if began is None:
        return []
    found = [
        *_taking_on(incident, severities, began.at),
        *_calls(incident, escalation, began.at),
        *_updates(incident, communications, began.at),
    ]
    return sorted(found)


def _taking_on(incident: Incident, severities: Severities, began: dt.datetime) -> Iterator[Due]:
    level = severities.level(incident.severity)
    within = level.target("acknowledge")
    if within is not None and incident.milestone("acknowledged") is None:
        yield Due(began + within, "acknowledge it: inc ack")
    within = level.target("commander")
    if within is not None and not any(role.role == COMMANDER and role.to is None for role in incident.roles):
        yield Due(began + within, f"name who leads: inc assign {COMMANDER} TEAM")


def _calls(incident: Incident, escalation: EscalationPolicy, began: dt.datetime) -> Iterator[Due]:
    """Yield the steps of the ladder that are to come while nobody has taken the incident on."""
    if incident.milestone("acknowledged") or any(role.role == COMMANDER for role in incident.roles):
        return
    for rung in escalation.ladder(incident.severity):
        if rung.wait is not None:
            yield Due(began + rung.wait, f"call {rung.notify}{f' by {rung.by}' if rung.by else ''}")


def _updates(incident: Incident, communications: CommunicationsPolicy, began: dt.datetime) -> Iterator[Due]:
    cadence = communications.cadence.get(str(incident.severity))
    every = parse_duration(cadence.every) if cadence else None
    if cadence is None or every is None:
        return
    sent = [
        (message.at.at, message.next_update.at if message.next_update else message.at.at + every)
        for message in incident.communications
        if message.at is not None and message.audience in cadence.audiences
    ]
    at = max(sent)[1] if sent else began + every
    yield Due(at, f"tell {' or '.join(cadence.audiences)} how it stands")


def _afterwards(incident: Incident, severities: Severities) -> Iterator[Due]:
    level = severities.level(incident.severity)
    resolved = incident.milestone("resolved")
    within = parse_duration(level.postmortem_within)
    if level.postmortem == "required" and resolved is not None and within is not None and incident.counts:
        yield Due(resolved.at + within, "hold the post-mortem")
