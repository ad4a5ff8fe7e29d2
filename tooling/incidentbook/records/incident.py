"""The incident record: what happened and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.entries import (
    Change,
    Communication,
    Evidence,
    Hypothesis,
    Remedy,
    RoleInterval,
    SeverityChange,
    TimelineEntry,
    Transition,
)
from incidentbook.records.impact import Classification, Impact
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import MILESTONES, Disclosure, FieldLevels, IncidentType, Severity, Status

_ENDS = ("resolved", "closed")


@frozen
class Detection:
    """How the incident came to be known."""

    by: str = "unknown"
    source: str = ""


@frozen
class Investigation:
    """What was thought and found while it burned."""

    primary_cause: str = ""
    hypotheses: tuple[Hypothesis, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@frozen
class Remediation:
    """What was and will be done: during the incident, within 24 hours, within 30 days."""

    immediate: tuple[Remedy, ...] = ()
    short_term: tuple[Remedy, ...] = ()
    long_term: tuple[Remedy, ...] = ()


@frozen
class ExternalLink:
    """A link out of the repository."""

    title: str = ""
    url: str = ""


@frozen
class Links:
    """Other records and places that belong to this one."""

    related: tuple[str, ...] = ()
    duplicate_of: str = ""
    merged_into: str = ""
    external: tuple[ExternalLink, ...] = ()


@frozen
class Provenance:
    """Where an imported record came from, and the moment at which its source was last seen."""

    source: str = ""
    id: str = ""
    page: str = ""
    url: str = ""
    last_seen: Moment | None = None
    digest: str = ""
    original: Mapping[str, object] = field(default_factory=dict)


@frozen
class Incident:
    """One incident. Fields mirror ``incident.schema.json``."""

    id: str = ""
    title: str = ""
    status: Status | None = None
    severity: Severity | None = None
    type: IncidentType | None = None
    disclosure: Disclosure | None = None
    field_disclosure: FieldLevels = field(default_factory=dict)
    exercise: bool = False
    near_miss: bool = False
    summary: str = ""
    resolution: str = ""
    services: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    detection: Detection = field(default_factory=Detection)
    milestones: Mapping[str, Moment] = field(default_factory=dict)
    transitions: tuple[Transition, ...] = ()
    severity_history: tuple[SeverityChange, ...] = ()
    roles: tuple[RoleInterval, ...] = ()
    classification: Classification = field(default_factory=Classification)
    impact: Impact = field(default_factory=Impact)
    timeline: tuple[TimelineEntry, ...] = ()
    communications: tuple[Communication, ...] = ()
    investigation: Investigation = field(default_factory=Investigation)
    changes: tuple[Change, ...] = ()
    remediation: Remediation = field(default_factory=Remediation)
    playbooks: tuple[str, ...] = ()
    links: Links = field(default_factory=Links)
    provenance: Provenance | None = None

    @property
    def started(self) -> dt.datetime | None:
        """The instant at which it started, if the record gives one."""
        moment = self.milestone("started")
        return moment.at if moment else None

    @property
    def is_open(self) -> bool:
        """Whether responders are still at it, as far as the record says."""
        return self.status is not None and self.status.is_open

    @property
    def unresolved_when_last_seen(self) -> bool:
        """Whether it was imported unresolved, so that nobody can say whether it is still open."""
        return self.is_open and self.provenance is not None and self.provenance.last_seen is not None

    @property
    def counts(self) -> bool:
        """Whether it is a real incident: no drill, no near miss, neither cancelled nor merged into another."""
        return not (self.exercise or self.near_miss or self.status in (Status.CANCELLED, Status.MERGED))

    def milestone(self, name: str) -> Moment | None:
        """Return the milestone called ``name``: as given, else derived from the transitions.

        A reopened incident has no ``resolved`` or ``closed`` until it gets there again, whatever an earlier transition says.
        """
        if name not in MILESTONES or (name in _ENDS and self.is_open):
            return None
        given = self.milestones.get(name)
        if given is not None:
            return given
        moments = [
            change.at for change in self.transitions if change.to is not None and change.to.value == name and change.at
        ]
        if not moments:
            return None
        return moments[-1] if name in _ENDS else moments[0]

    def seconds_between(self, start: str, end: str) -> float | None:
        """Return the seconds from milestone ``start`` to milestone ``end`` (negative when it is before), or None."""
        first, last = self.milestone(start), self.milestone(end)
        return (last.at - first.at).total_seconds() if first and last else None
