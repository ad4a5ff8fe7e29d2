"""A message: to whom, when, over which channel, in what words, and what of it stands in the record afterwards."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from incidentbook.records.incident import Incident
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Status

PHASES = ("investigating", "identified", "monitoring", "resolved", "update")
_OF_STATUS = {
    Status.DECLARED: "investigating",
    Status.INVESTIGATING: "investigating",
    Status.IDENTIFIED: "identified",
    Status.MITIGATED: "monitoring",
    Status.MONITORING: "monitoring",
}


class Message(NamedTuple):
    """A message about an incident.

    Attributes:
        id: of its entry in the record, and of nothing else: what it is known by when it is sent again.
        incident: the id of the incident.
        subject: one line.
        body: the message itself, as its readers see it.
        next_update: by when it promises the next one; None where it promises nothing.
        disclosure: who may read its entry, where that is fewer people than may read the record; empty otherwise.
        earlier: what the channel called this incident when it was told of it before; empty the first time.

    """

    id: str
    incident: str
    severity: str
    audience: str
    channel: str
    phase: str
    subject: str
    body: str
    at: dt.datetime
    next_update: dt.datetime | None = None
    disclosure: str = ""
    earlier: str = ""

    def entry(self, ref: str = "") -> dict[str, object]:
        """Return its entry for the record; ``ref`` is what the channel calls it."""
        plain: dict[str, object] = {"id": self.id, "at": utc_text(self.at), "audience": self.audience}
        plain |= {"channel": self.channel} if self.channel else {}
        plain |= {"phase": self.phase, "text": self.body}
        plain |= {"next_update": utc_text(self.next_update)} if self.next_update else {}
        plain |= {"ref": ref} if ref else {}
        return plain | ({"disclosure": self.disclosure} if self.disclosure else {})


def phase_of(incident: Incident) -> str:
    """Return the phase that the incident's status stands for."""
    return _OF_STATUS.get(incident.status, "resolved") if incident.status else "investigating"
