"""``policy/severities.yml``: the business-impact matrix and the targets of each severity."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Severity


@frozen
class Criterion:
    """One criterion of the matrix: a measure and its threshold.

    Attributes:
        measure: customers_affected_pct, revenue_per_hour, data_loss, data_exposed, safety_risk, slo_breached or duration.
        at_least: met when the measure is this number or more.
        more_than: met when the duration is longer (``5m``).
        is_: met when the measure equals this.

    """

    measure: str = ""
    at_least: float | None = None
    more_than: str = ""
    is_: object = None


@frozen
class SeverityLevel:
    """What makes a severity, and what is expected of the response to it.

    Attributes:
        postmortem_skippable: whether a post-mortem that is required may be skipped with a reason all the same.

    """

    name: str = ""
    description: str = ""
    any: tuple[Criterion, ...] = ()
    supporting: tuple[Criterion, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)
    postmortem: str = "optional"
    postmortem_within: str = ""
    postmortem_skippable: bool = False

    def target(self, name: str) -> dt.timedelta | None:
        """Return the target called ``name`` (acknowledge, commander, update, mitigate, resolve, duration), or None."""
        return parse_duration(self.targets.get(name))


@frozen
class Severities:
    """All severities, worst first."""

    effective_from: dt.date | None = None
    severities: Mapping[str, SeverityLevel] = field(default_factory=dict)

    def level(self, severity: Severity | None) -> SeverityLevel:
        """Return a severity's policy; an empty one where there is none."""
        return self.severities.get(severity.value, SeverityLevel()) if severity else SeverityLevel()

    def label(self, severity: Severity | None) -> str:
        """Return ``SEV-1 (Critical)``."""
        if severity is None:
            return "unknown severity"
        name = self.level(severity).name
        return f"{severity.label} ({name})" if name else severity.label
