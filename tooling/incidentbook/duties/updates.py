"""Updates while an incident lasts: the stretches between them, and which of those were longer than policy allows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from incidentbook.duties import Clock, clock_start, end
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import Owed


class Update(NamedTuple):
    """A message: when it was sent, which entry it is, and by when it promised the next one."""

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
    def seconds(self) -> float:
        """How long it lasted."""
        return (self.end - self.start).total_seconds()

    @property
    def kept(self) -> bool:
        """Whether nobody waited for longer than policy, or a promise, allows."""
        return self.end <= self.due

    @property
    def fell_due(self) -> bool:
        """Whether there is anything to judge: a message came, or should have come."""
        return self.after is not None or not self.kept


def silences(incident: Incident, owed: Owed, clock: Clock) -> Iterator[Stretch]:
    """Yield every silence towards the audiences of ``owed`` that was longer than it allows, and than was promised."""
    return (stretch for stretch in stretches(incident, owed, clock) if not stretch.kept)


def stretches(incident: Incident, owed: Owed, clock: Clock) -> Iterator[Stretch]:
    """Yield the time between updates to those to whom they are ``owed``, from the declaration until it is over.

    A message that promises its next one for later is held to that, and while the incident is resolved nothing is owed.
    """
    updates = sorted(
        Update(message.at.at, index, message.next_update.at if message.next_update else None)
        for index, message in enumerate(incident.communications)
        if message.audience in owed.audiences
        and message.at is not None  # the audience first: it needs no time to be read
    )
    for start, stop in _burning(incident, clock):
        since, before = start, max((one for one in updates if one.at < start), default=None)
        for update in [*(one for one in updates if start <= one.at < stop), None]:
            now = update.at if update else stop
            due = max(since + owed.every, before.promised if before and before.promised else since)
            yield Stretch(since, now, due, before, update)
            if update is not None:
                since, before = now, update


def next_due(incident: Incident, owed: Owed, began: dt.datetime, now: dt.datetime | None = None) -> dt.datetime:
    """Return by when the next update is wanted: as the last one promised, else by policy, from when the clock ``began`` on.

    Messages after ``now`` do not count where it is given.
    """
    sent = [
        (message.at.at, message.next_update.at if message.next_update else message.at.at + owed.every)
        for message in incident.communications
        if message.at is not None and message.audience in owed.audiences and (now is None or message.at.at <= now)
    ]
    return max(sent)[1] if sent else began + owed.every


def _burning(incident: Incident, clock: Clock) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Yield the stretches in which updates are owed: from the declaration on, without those in which it was resolved."""
    began = clock_start(incident)
    last = end(incident, clock)
    since = began[0].at if began else None
    for change in sorted((change.at.at, change.to) for change in incident.transitions if change.at and change.to):
        at, to = change
        if to.is_open:
            since = max(at, began[0].at) if since is None and began else since
        elif since is not None:
            if since < at:
                yield since, min(at, last)
            since = None
    if since is not None and since < last:
        yield since, last
