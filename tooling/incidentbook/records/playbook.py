"""A playbook: what to do when a symptom shows, step by step."""

from __future__ import annotations

import datetime as dt

from incidentbook.frozen import frozen
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Disclosure, IncidentType, Severity


@frozen
class PlaybookRole:
    """What a role does in this playbook."""

    role: str = ""
    does: str = ""


@frozen
class Step:
    """One step: who does what, what they should see, and what to do when they do not."""

    id: str = ""
    actor: str = ""
    action: str = ""
    command: str = ""
    expect: str = ""
    on_failure: str = ""


@frozen
class Playbook:
    """One playbook: front matter, and the Markdown body as it was written."""

    id: str = ""
    title: str = ""
    type: IncidentType | None = None
    services: tuple[str, ...] = ()
    owner: str = ""
    status: str = ""
    disclosure: Disclosure | None = None
    triggers: tuple[str, ...] = ()
    severities: tuple[Severity, ...] = ()
    last_reviewed: dt.date | None = None
    review_every: str = ""
    roles: tuple[PlaybookRole, ...] = ()
    steps: tuple[Step, ...] = ()
    escalate_to: str = ""
    body: str = ""

    @property
    def review_due(self) -> dt.date | None:
        """The day by which it wants to be read again; None when the front matter does not say."""
        every = parse_duration(self.review_every)
        return self.last_reviewed + every if self.last_reviewed and every else None
