"""The field's closed vocabularies: severity, status, type, disclosure level, phase level."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Annotated


class Severity(enum.StrEnum):
    """Severity, worst first. ``unclassified`` is for imports: no process rule applies to it."""

    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    SEV4 = "sev4"
    UNCLASSIFIED = "unclassified"

    @property
    def label(self) -> str:
        """How it is written for people: ``SEV-1``."""
        return f"SEV-{self.value[-1]}" if self is not Severity.UNCLASSIFIED else "Unclassified"


class Status(enum.StrEnum):
    """Where an incident stands."""

    DECLARED = "declared"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"

    @property
    def is_open(self) -> bool:
        """Whether responders are still at it."""
        return self not in (Status.RESOLVED, Status.CLOSED, Status.CANCELLED, Status.MERGED)


class IncidentType(enum.StrEnum):
    """What kind of incident it is."""

    AVAILABILITY = "availability"
    PERFORMANCE = "performance"
    SECURITY = "security"
    DATA_LOSS = "data-loss"
    THIRD_PARTY = "third-party"
    CAPACITY = "capacity"
    OTHER = "other"

    @property
    def label(self) -> str:
        """How it is written for people: ``Data loss``."""
        return self.value.replace("-", " ").capitalize()


class Disclosure(enum.StrEnum):
    """Who may read something: public, internal or restricted; each includes those before it."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

    @property
    def rank(self) -> int:
        """0 for public, 1 for internal, 2 for restricted."""
        return _RANKS[self]

    def shows(self, other: Disclosure) -> bool:
        """Whether a reader of this level may see something of level ``other``."""
        return other.rank <= self.rank


_RANKS = {level: rank for rank, level in enumerate(Disclosure)}


Hides = Annotated[bool, "hides its record or entry; anything but a plain `false` counts as true"]
FieldLevels = Annotated[Mapping[str, Disclosure], "hides fields; anything but a mapping hides the whole record"]


class PhaseLevel(enum.StrEnum):
    """How bad a phase of impact was."""

    OUTAGE = "outage"
    PARTIAL = "partial"
    DEGRADED = "degraded"


MILESTONES = ("started", "detected", "declared", "acknowledged", "identified", "mitigated", "resolved", "closed")
