"""``policy/metrics.yml``: what every figure means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.money import Money
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import PhaseLevel, Severity


@frozen
class DurationDefinition:
    """A TTx: the time from one milestone to another.

    Attributes:
        zero: ``unmeasured`` where a length of exactly zero says that nobody measured it.
        detail: whether only a reader who asks for all figures is shown it.

    """

    name: str = ""
    abbreviation: str = ""
    mean_name: str = ""
    mean_abbreviation: str = ""
    from_: str = "started"
    to: str = "resolved"
    zero: str = "measured"
    detail: bool = False


@frozen
class BetweenFailures:
    """MTBF: exposure time divided by the number of incidents of these severities that started within it."""

    severities: tuple[Severity, ...] = (Severity.SEV1, Severity.SEV2)
    exposure: str = "360d"

    @property
    def exposure_length(self) -> dt.timedelta:
        """The exposure; 360 days where the policy's text is unreadable."""
        return parse_duration(self.exposure) or dt.timedelta(days=360)


@frozen
class AvailabilityDefinition:
    """How much each phase level weighs as downtime, 0 to 1."""

    weights: Mapping[str, float] = field(default_factory=lambda: {"outage": 1.0, "partial": 0.5, "degraded": 0.0})

    def weight(self, level: PhaseLevel | None) -> float:
        """Return the weight of a phase level; 0 where it is not known."""
        return self.weights.get(level.value, 0.0) if level else 0.0


@frozen
class PeopleCost:
    """What an hour of a person in a response role costs: as ``roles`` says, else ``people_per_hour``."""

    people_per_hour: Money | None = None
    roles: Mapping[str, Money] = field(default_factory=dict)

    def per_hour(self, role: str) -> Money | None:
        """Return what an hour in a role costs; None where policy does not say it."""
        return self.roles.get(role, self.people_per_hour)


@frozen
class MetricsPolicy:
    """All definitions.

    Attributes:
        records_from: since when incidents have been taken down, whether there were any or not; None where nobody says it.
        records_until: the last day of which they were; None where nobody says it.
        records_go_on: whether silence after the last import means that there was no incident.
        changes: how many changes reached production, by calendar month (``2025-01``).

    """

    effective_from: dt.date | None = None
    records_from: dt.date | None = None
    records_until: dt.date | None = None
    records_go_on: bool = False
    exclude: tuple[str, ...] = ("exercise", "near_miss", "cancelled", "merged")
    windows: Mapping[str, str] = field(default_factory=lambda: {"default": "30d"})
    durations: Mapping[str, DurationDefinition] = field(default_factory=dict)
    mtbf: BetweenFailures = field(default_factory=BetweenFailures)
    availability: AvailabilityDefinition = field(default_factory=AvailabilityDefinition)
    cost: PeopleCost = field(default_factory=PeopleCost)
    changes: Mapping[str, int] = field(default_factory=dict)

    @property
    def shown_durations(self) -> dict[str, DurationDefinition]:
        """The response times that everybody is shown, by key: those that are no detail."""
        return {key: definition for key, definition in self.durations.items() if not definition.detail}
