"""What is due next in an incident, by the policies of its knowledge base. No I/O and no clock of its own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from incidentbook.duties import updates
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy, Owed
from incidentbook.records.policy.escalation import EscalationPolicy, Rung
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Disclosure

COMMANDER = "incident-commander"
CALL = "escalation"
OnCall = Callable[[str, dt.datetime], str]


class Due(NamedTuple):
    """Something to do, with the instant by which policy wants it done."""

    at: dt.datetime
    what: str

    def late(self, now: dt.datetime) -> bool:
        """Whether its time is over at ``now``."""
        return now > self.at


def nobody(role: str, at: dt.datetime) -> str:
    """Know of no rotation."""
    del role, at
    return ""


def due(
    incident: Incident,
    severities: Severities,
    communications: CommunicationsPolicy,
    escalation: EscalationPolicy,
    on_call: OnCall = nobody,
    level: Disclosure = Disclosure.INTERNAL,
) -> list[Due]:
    """Return what is due, the earliest first. Drills are practised like the real thing, so they owe the same.

    Args:
        incident: what is said of it so far.
        severities: targets by severity.
        communications: the cadence of updates.
        escalation: who is called while nobody has taken it on.
        level: who may read the incident, where its record does not say it.
        on_call: says which team is on call for a role at an instant; empty where it is none, or no role that goes round.

    """
    if not incident.is_open:
        return sorted(_afterwards(incident, severities))
    began = incident.milestone("declared") or incident.milestone("started")
    if began is None:
        return []
    found = [
        *_taking_on(incident, severities, began.at, on_call),
        *(
            Due(at, f"call {_whom(rung, at, on_call)}{f' by {rung.by}' if rung.by else ''}")
            for at, rung in open_steps(incident, escalation)
        ),
        *_updates(incident, communications.owed(incident.severity, incident.disclosure or level), began.at),
    ]
    return sorted(found)


def _taking_on(incident: Incident, severities: Severities, began: dt.datetime, on_call: OnCall) -> Iterator[Due]:
    level = severities.level(incident.severity)
    within = level.target("acknowledge")
    if within is not None and incident.milestone("acknowledged") is None:
        yield Due(began + within, "acknowledge it: inc ack")
    within = level.target("commander")
    if within is not None and not any(role.role == COMMANDER and role.to is None for role in incident.roles):
        whom = "" if on_call(COMMANDER, began + within) else " TEAM"
        yield Due(began + within, f"name who leads: inc assign {COMMANDER}{whom}")


def open_steps(incident: Incident, escalation: EscalationPolicy) -> list[tuple[dt.datetime, Rung]]:
    """Return the steps of the ladder that nobody has climbed, the earliest first; none once somebody has taken it on.

    A step is climbed by a call (an entry of kind ``escalation``) of whom it names, over whatever channel: by one at its time or
    later, and where it is the first that names them by any.
    """
    began = incident.milestone("declared") or incident.milestone("started")
    taken = incident.milestone("acknowledged") or any(role.role == COMMANDER for role in incident.roles)
    if began is None or taken:
        return []
    calls = [(entry.at.at, entry.text) for entry in incident.timeline if entry.kind == CALL and entry.at]
    steps = [(began.at + rung.wait, rung) for rung in escalation.ladder(incident.severity) if rung.wait is not None]
    found: list[tuple[dt.datetime, Rung]] = []
    named: set[str] = set()
    for at, rung in sorted(steps, key=lambda step: step[0]):
        called = [when for when, text in calls if _names(text, rung.notify)]
        if not any(when >= at or rung.notify not in named for when in called):
            found.append((at, rung))
        named.add(rung.notify)
    return found


def _names(text: str, slug: str) -> bool:
    """Whether ``text`` names a team or role, by its slug or with blanks for its hyphens."""
    words = re.escape(slug).replace(r"\-", "[ -]")
    return re.search(rf"(?<![\w-]){words}(?![\w-])", text, re.IGNORECASE) is not None


def _whom(rung: Rung, at: dt.datetime, on_call: OnCall) -> str:
    team = on_call(rung.notify, at)
    return f"{rung.notify} ({team})" if team else rung.notify


def _updates(incident: Incident, owed: Owed | None, began: dt.datetime) -> Iterator[Due]:
    if owed is None:
        return
    at = updates.next_due(incident, owed, began)
    yield Due(at, f"tell {' or '.join(owed.audiences)} how it stands")


def _afterwards(incident: Incident, severities: Severities) -> Iterator[Due]:
    level = severities.level(incident.severity)
    resolved = incident.milestone("resolved")
    within = parse_duration(level.postmortem_within)
    if level.postmortem == "required" and resolved is not None and within is not None and incident.counts:
        yield Due(resolved.at + within, "hold the post-mortem")
