"""Updates while an incident lasts: the silences that were longer than policy allows."""

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


class Silence(NamedTuple):
    """A stretch in which nothing was said, with the messages around it."""

    start: dt.datetime
    end: dt.datetime
    before: Update | None
    after: Update | None

    @property
    def seconds(self) -> float:
        """How long it lasted."""
        return (self.end - self.start).total_seconds()


def silences(incident: Incident, owed: Owed, clock: Clock) -> Iterator[Silence]:
    """Yield every silence towards the audiences of ``owed`` that was longer than it allows, and than was promised."""
    every, audiences = owed
    updates = sorted(
        Update(message.at.at, index, message.next_update.at if message.next_update else None)
        for index, message in enumerate(incident.communications)
        if message.at is not None and message.audience in audiences
    )
    for start, stop in _burning(incident, clock):
        since, before = start, max((one for one in updates if one.at < start), default=None)
        for update in [*(one for one in updates if start <= one.at < stop), None]:
            now = update.at if update else stop
            allowed = max(since + every, before.promised if before and before.promised else since)
            if now > allowed:
                yield Silence(since, now, before, update)
            if update is not None:
                since, before = now, update


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
