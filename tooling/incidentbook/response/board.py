"""What a board shows of an incident: from the record, what is due, and "now". No I/O, no clock and no terminal of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from incidentbook.frozen import frozen
from incidentbook.records.entries import Communication, Hypothesis, Remedy, RoleInterval, TimelineEntry
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import utc_text
from incidentbook.response.due import Due, due

if TYPE_CHECKING:
    from incidentbook.records.postmortem import Postmortem

ENTRIES = 5
_SINCE = ("started", "declared")


@frozen
class Clock:
    """Time that has passed since a milestone.

    Attributes:
        milestone: its name.
        since: its instant.
        seconds: how long ago that was; where ``until`` is given, how long it took until then.
        until: the milestone that stopped this clock; empty while it runs.

    """

    milestone: str
    since: dt.datetime
    seconds: float
    until: str = ""


@frozen
class Board:
    """What is shown of one incident at one instant.

    Attributes:
        now: the instant.
        severity: with its name by policy: ``SEV-1 (Critical)``.
        clocks: the running ones; of an incident that is over, how long it took.
        roles: those that are held.
        entries: the last of the timeline, in its order.
        unseen: how many entries come before those.
        told: the last message that was sent.
        next_update: when the next one is owed.
        coming: everything that is due, the earliest first, the next update included.
        hypotheses: those that are open.
        remedies: immediate ones that are neither done nor followed as an action item.
        postmortem_on: the day for which the post-mortem is planned.

    """

    incident: Incident
    now: dt.datetime
    severity: str
    clocks: tuple[Clock, ...]
    roles: tuple[RoleInterval, ...]
    entries: tuple[TimelineEntry, ...]
    unseen: int
    told: Communication | None
    next_update: Due | None
    coming: tuple[Due, ...]
    hypotheses: tuple[Hypothesis, ...]
    remedies: tuple[Remedy, ...]
    postmortem_on: dt.date | None

    @property
    def late(self) -> int:
        """How much of what is due is late."""
        return sum(item.late(self.now) for item in self.coming)


@frozen
class Rules:
    """What a board asks of the knowledge base's policies.

    Attributes:
        severities: their names.
        communications: the cadence of updates.
        due: returns what is due in an incident, the earliest first.

    """

    severities: Severities
    communications: CommunicationsPolicy
    due: Callable[[Incident], list[Due]]


def board(incident: Incident, rules: Rules, now: dt.datetime, postmortem: Postmortem | None = None) -> Board:
    """Return what is shown of ``incident`` at ``now``; ``postmortem`` is the one that covers it, if there is one."""
    coming = [] if not incident.is_open and held(postmortem) else rules.due(incident)
    entries = incident.timeline[-ENTRIES:]
    told = [message for message in incident.communications if message.at is not None]
    return Board(
        incident=incident,
        now=now,
        severity=rules.severities.label(incident.severity),
        clocks=tuple(_clocks(incident, now)),
        roles=tuple(role for role in incident.roles if role.to is None),
        entries=entries,
        unseen=len(incident.timeline) - len(entries),
        told=max(told, key=lambda message: message.at.at) if told else None,  # type: ignore[union-attr]
        next_update=_next_update(incident, rules.communications),
        coming=tuple(coming),
        hypotheses=tuple(idea for idea in incident.investigation.hypotheses if idea.status == "open"),
        remedies=tuple(step for step in incident.remediation.immediate if step.status != "done" and not step.action),
        postmortem_on=postmortem.scheduled if postmortem is not None and not held(postmortem) else None,
    )


def held(postmortem: Postmortem | None) -> bool:
    """Whether a post-mortem was held, or will not be."""
    return postmortem is not None and bool(
        postmortem.held or postmortem.published or postmortem.status in ("published", "skipped")
    )


def _clocks(incident: Incident, now: dt.datetime) -> list[Clock]:
    """Return the running clocks; of an incident that is over, how long it took and how long ago that was."""
    begun = [(name, moment.at) for name in _SINCE if (moment := incident.milestone(name))]
    if incident.is_open:
        return [Clock(name, at, (now - at).total_seconds()) for name, at in begun]
    resolved = incident.milestone("resolved")
    if resolved is None:
        return []
    took = [Clock(name, at, (resolved.at - at).total_seconds(), "resolved") for name, at in begun[:1]]
    return [*took, Clock("resolved", resolved.at, (now - resolved.at).total_seconds())]


def _next_update(incident: Incident, communications: CommunicationsPolicy) -> Due | None:
    """Return the next message that is owed: where no other policy says anything, that is all there is due."""
    found = due(incident, Severities(), communications, EscalationPolicy()) if incident.is_open else []
    return found[0] if found else None


def plain(shown: Board) -> dict[str, Any]:
    """Return a board as plain data for programs; times are RFC 3339 in UTC, durations seconds."""
    incident = shown.incident
    told = shown.told
    return {
        "id": incident.id,
        "title": incident.title,
        "status": incident.status.value if incident.status else None,
        "severity": incident.severity.value if incident.severity else None,
        "severity_label": shown.severity,
        "type": incident.type.value if incident.type else None,
        "services": list(incident.services),
        "exercise": incident.exercise,
        "clocks": [
            {"milestone": clock.milestone, "since": utc_text(clock.since), "seconds": clock.seconds}
            | ({"until": clock.until} if clock.until else {})
            for clock in shown.clocks
        ],
        "due": [_due(item, shown.now) for item in shown.coming],
        "next_update": _due(shown.next_update, shown.now) if shown.next_update else None,
        "last_update": {
            "at": utc_text(told.at.at),
            "audience": told.audience,
            "channel": told.channel,
            "text": told.text,
        }
        if told and told.at
        else None,
        "roles": [
            {"role": role.role, "holder": role.holder, "from": utc_text(role.from_.at) if role.from_ else None}
            for role in shown.roles
        ],
        "timeline": [
            {
                "id": entry.id,
                "at": utc_text(entry.at.at) if entry.at else None,
                "kind": entry.kind,
                "text": entry.text,
                "private": bool(entry.private),
            }
            for entry in shown.entries
        ],
        "timeline_entries": shown.unseen + len(shown.entries),
        "hypotheses": [{"id": idea.id, "text": idea.text} for idea in shown.hypotheses],
        "remedies": [{"text": step.text, "status": step.status} for step in shown.remedies],
        "postmortem_scheduled": shown.postmortem_on.isoformat() if shown.postmortem_on else None,
    }


def _due(item: Due, now: dt.datetime) -> dict[str, Any]:
    return {
        "at": utc_text(item.at),
        "what": item.what,
        "late": item.late(now),
        "seconds": (item.at - now).total_seconds(),
    }
