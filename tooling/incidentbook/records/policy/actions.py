"""``policy/actions.yml``: how long an action item may take, and what closing it asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Severity


@frozen
class GitHub:
    """The repository whose issues stand for promises.

    Attributes:
        repository: ``owner/name``.
        labels: of each issue; the first is the one by which issues are found again.
        audience: the level that is sent at most, as it is written: one that nobody can read sends nothing, and the level of a
            record is read the other way; empty where the repository's own visibility decides.
        teams: the team that a login works for, by the login.

    """

    repository: str = ""
    labels: tuple[str, ...] = ("incidentbook",)
    audience: str = ""
    teams: Mapping[str, str] = field(default_factory=dict)


@frozen
class ActionsPolicy:
    """Deadlines by severity and priority, counted from the start of the incident."""

    effective_from: dt.date | None = None
    deadlines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    evidence_required: bool = True
    waiver_max: str = ""
    github: GitHub | None = None

    def deadline(self, severity: Severity | None, priority: str) -> dt.timedelta | None:
        """Return the longest time that an item of ``priority`` may take after an incident of ``severity``."""
        return parse_duration(self.deadlines.get(severity.value, {}).get(priority)) if severity else None
