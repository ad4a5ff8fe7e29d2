"""Entries of an incident record: things with an identity and mostly a time of their own."""

from __future__ import annotations

from incidentbook.frozen import frozen
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import Disclosure, Hides, PhaseLevel, Severity, Status


def content_id(content: object) -> str:
    """Return an id made from what an entry says (plain data): ``h`` and 64 bits of SHA-256, the same wherever it is made."""
    import hashlib  # noqa: PLC0415 - only imports name entries by what they say
    import json  # noqa: PLC0415 - likewise

    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True)
    return f"h{hashlib.sha256(canonical.encode()).hexdigest()[:16]}"


@frozen
class TimelineEntry:
    """Something that happened: a fact with its time and where it was taken from."""

    id: str = ""
    at: Moment | None = None
    kind: str = "note"
    text: str = ""
    source: str = ""
    private: Hides = False
    disclosure: Disclosure | None = None


@frozen
class Communication:
    """A message that was sent: when, to whom, over what.

    Attributes:
        next_update: by when it promised the next one; None when it promised nothing.
        ref: what the channel calls the incident.

    """

    id: str = ""
    at: Moment | None = None
    audience: str = ""
    channel: str = ""
    phase: str = ""
    text: str = ""
    next_update: Moment | None = None
    ref: str = ""
    disclosure: Disclosure | None = None


@frozen
class Transition:
    """A change of status."""

    id: str = ""
    to: Status | None = None
    at: Moment | None = None
    reason: str = ""
    disclosure: Disclosure | None = None


@frozen
class SeverityChange:
    """A change of severity."""

    id: str = ""
    to: Severity | None = None
    at: Moment | None = None
    reason: str = ""
    disclosure: Disclosure | None = None


@frozen
class RoleInterval:
    """Who (a team) held a role, from when to when; ``to`` is None while it is held."""

    id: str = ""
    role: str = ""
    holder: str = ""
    from_: Moment | None = None
    to: Moment | None = None
    notes: str = ""
    disclosure: Disclosure | None = None


@frozen
class Phase:
    """A stretch of impact.

    Attributes:
        level: outage, partial or degraded; the policy gives each a weight.
        fraction: share of requests or users hit, 0 to 1, where it was measured; it then takes the place of the weight.
        services: what was hit; the record's services when empty.
        to: None while it lasts; one that was never given ends with the incident.

    """

    id: str = ""
    level: PhaseLevel | None = None
    fraction: float | None = None
    services: tuple[str, ...] = ()
    from_: Moment | None = None
    to: Moment | None = None
    disclosure: Disclosure | None = None


@frozen
class Hypothesis:
    """What responders thought might be the cause, and what became of it."""

    id: str = ""
    text: str = ""
    status: str = "open"
    at: Moment | None = None
    evidence: tuple[str, ...] = ()
    disclosure: Disclosure | None = None


@frozen
class Evidence:
    """Something a statement rests on: a log, a metric, a commit."""

    id: str = ""
    kind: str = "other"
    text: str = ""
    ref: str = ""
    disclosure: Disclosure | None = None


@frozen
class Change:
    """A change to the system near the start of an incident.

    Attributes:
        caused: whether it brought the incident about; None while nobody knows.

    """

    id: str = ""
    at: Moment | None = None
    kind: str = "other"
    text: str = ""
    ref: str = ""
    service: str = ""
    suspected: bool = False
    caused: bool | None = None
    disclosure: Disclosure | None = None


@frozen
class Remedy:
    """A step of remediation; one that names an ``action`` takes its status from there."""

    id: str = ""
    text: str = ""
    status: str = ""
    action: str = ""
    disclosure: Disclosure | None = None
