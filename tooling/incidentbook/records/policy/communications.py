"""``policy/communications.yml``: channels, and how often each severity owes an update."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen


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


@frozen
class CommunicationsPolicy:
    """Channels and cadence."""

    effective_from: dt.date | None = None
    channels: Mapping[str, Channel] = field(default_factory=dict)
    cadence: Mapping[str, Cadence] = field(default_factory=dict)
