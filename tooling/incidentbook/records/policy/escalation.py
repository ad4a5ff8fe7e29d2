"""``policy/escalation.yml``: who is told while nobody has taken an incident on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Severity


@frozen
class Rung:
    """One step of a ladder: after how long (``15m``, from the declaration) whom to tell, and over which channel."""

    after: str = ""
    notify: str = ""
    by: str = ""

    @property
    def wait(self) -> dt.timedelta | None:
        """How long after the declaration it is due; None where the policy does not say it readably."""
        return parse_duration(self.after)


@frozen
class EscalationPolicy:
    """The ladder of each severity."""

    effective_from: dt.date | None = None
    escalation: Mapping[str, tuple[Rung, ...]] = field(default_factory=dict)

    def ladder(self, severity: Severity | None) -> tuple[Rung, ...]:
        """Return the rungs of a severity in the order of the file; none where there is no ladder."""
        return self.escalation.get(severity.value, ()) if severity else ()
