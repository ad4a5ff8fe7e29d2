"""Clocks that run in an incident by policy: from when they do, which updates fell due, and which steps of the ladder.

Pure questions to one record; "now" is a parameter. Rules and metrics ask the same, so that a figure and a finding cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import Owed
from incidentbook.records.policy.escalation import EscalationPolicy, Rung
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import Severity

COMMANDER = "incident-commander"
CALL = "escalation"


class Update(NamedTuple):
    """A message to those who were owed one; ``number`` is its index in the record."""

    at: dt.datetime
    number: int
    promised: dt.datetime | None


class Stretch(NamedTuple):
    """The time from one update to the next, or to the end.

    Attributes:
        start: the message before, or when the clock began.
        end: the message after, or when nothing was owed any more.
        due: until when it might last.
        before: the message before; None where the clock began without one.
        after: the message that ended it; None where none did.

    """

    start: dt.datetime
    end: dt.datetime
    due: dt.datetime
    before: Update | None
    after: Update | None

    @property
    def kept(self) -> bool:
        """Whether nobody waited for longer than policy, or a promise, allows."""
        return self.end <= self.due

    @property
    def fell_due(self) -> bool:
        """Whether there is anything to judge: a message came, or should have come."""
        return self.after is not None or not self.kept


def judges(incident: Incident, effective_from: dt.date | None, zone: dt.tzinfo) -> bool:
    """Whether a policy of the response that holds from that day on judges an incident.

    It does not judge drills, near misses, cancelled, merged, imported and unclassified records, nor what started before that
    day in ``zone``.
    """
    if not incident.counts or incident.provenance is not None or incident.started is None:
        return False
    if incident.severity in (None, Severity.UNCLASSIFIED):
        return False
    return effective_from is None or incident.started.astimezone(zone).date() >= effective_from


def clock_start(incident: Incident) -> tuple[Moment, str] | None:
    """Return when the clocks of its severity begin, and what began then.

    That is the declaration (the start, where none was made), or the later moment at which it was given its severity.
    """
    first = incident.milestone("declared")
    moment, name = (first, "declaration") if first else (incident.milestone("started"), "start")
    if moment is None:
        return None
    changes = ((change.at, change.to) for change in incident.severity_history if change.at)
    before: Severity | None = None
    for at, to in sorted(changes, key=lambda change: change[0].at):
        if to == incident.severity and before not in (None, incident.severity) and at.at > moment.at:
            moment, name = at, "change of severity"
        before = to
    return moment, name


def over(incident: Incident, now: dt.datetime) -> dt.datetime:
    """Return when its clocks stop: once it is resolved, or closed, or now."""
    moment = incident.milestone("resolved") or incident.milestone("closed")
    return moment.at if moment else now


def stretches(incident: Incident, owed: Owed, until: dt.datetime) -> Iterator[Stretch]:
    """Yield the time between updates to those to whom they are ``owed``, from the declaration ``until`` it is over.

    A message that promises its next one for later is held to that, and while the incident is resolved nothing is owed.
    """
    updates = sorted(
        Update(message.at.at, index, message.next_update.at if message.next_update else None)
        for index, message in enumerate(incident.communications)
        if message.audience in owed.audiences
        and message.at is not None  # the audience first: it needs no time to be read
    )
    for start, stop in _burning(incident, until):
        since, before = start, max((one for one in updates if one.at < start), default=None)
        for update in [*(one for one in updates if start <= one.at < stop), None]:
            end = update.at if update else stop
            due = max(since + owed.every, before.promised if before and before.promised else since)
            yield Stretch(since, end, due, before, update)
            if update is not None:
                since, before = end, update


def _burning(incident: Incident, until: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield the times in which updates are owed: from the declaration on, without those in which it was resolved."""
    began = clock_start(incident)
    since = began[0].at if began else None
    for change in sorted((change.at.at, change.to) for change in incident.transitions if change.at and change.to):
        at, to = change
        if to.is_open:
            since = max(at, began[0].at) if since is None and began else since
        elif since is not None:
            if since < at:
                yield since, min(at, until)
            since = None
    if since is not None and since < until:
        yield since, until


def taken_on(incident: Incident, until: dt.datetime) -> dt.datetime:
    """Return when somebody took the incident on, by acknowledging or by leading it; ``until`` where nobody did."""
    acknowledged = incident.milestone("acknowledged")
    moments = [role.from_.at for role in incident.roles if role.role == COMMANDER and role.from_]
    moments += [acknowledged.at] if acknowledged else []
    return min(moments, default=until)


def steps_due(
    incident: Incident, policy: EscalationPolicy, until: dt.datetime
) -> Iterator[tuple[int, Rung, dt.timedelta]]:
    """Yield the steps of the ladder that came due (index, step, wait), since nobody had taken the incident on by then.

    The first calls, which are due at once, are no escalation.
    """
    began = clock_start(incident)
    if began is None:
        return
    alone = taken_on(incident, until) - began[0].at
    for index, rung in enumerate(policy.ladder(incident.severity)):
        if rung.wait and rung.wait < alone:
            yield index, rung, rung.wait
