"""``policy/communications.yml``: channels, and how often each severity owes an update."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import NamedTuple

from incidentbook.frozen import frozen
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Disclosure, Severity

OUTSIDE = ("public", "customers")  # audiences that are not of the organisation


@frozen
class Channel:
    """Where messages go.

    Attributes:
        kind: manual where people send them, else what is made for it: slack, teams, statuspage or webhook.

    """

    name: str = ""
    audience: tuple[str, ...] = ()
    kind: str = "manual"
    url: str = ""


@frozen
class Cadence:
    """An update at least ``every`` (``30m``) to each of ``audiences`` while the incident lasts."""

    every: str = ""
    audiences: tuple[str, ...] = ()


class Owed(NamedTuple):
    """An update, at least ``every`` so long, to any of ``audiences``."""

    every: dt.timedelta
    audiences: tuple[str, ...]


@frozen
class CommunicationsPolicy:
    """Channels and cadence."""

    effective_from: dt.date | None = None
    channels: Mapping[str, Channel] = field(default_factory=dict)
    cadence: Mapping[str, Cadence] = field(default_factory=dict)

    def owed(self, severity: Severity | None, level: Disclosure) -> Owed | None:
        """Return what is owed while an incident of that severity lasts; None where nothing is.

        Nobody outside is told of a restricted one.
        """
        cadence = self.cadence.get(str(severity))
        every = parse_duration(cadence.every) if cadence else None
        if cadence is None or every is None:
            return None
        hidden = OUTSIDE if level is Disclosure.RESTRICTED else ()
        audiences = tuple(name for name in cadence.audiences if name not in hidden)
        return Owed(every, audiences) if audiences else None
