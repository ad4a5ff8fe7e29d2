"""A service that policy does not know.

What it checks
    Every service that an incident, one of its phases or changes, or a playbook names is a key of `policy/services.yml`, and so is
    every service that another depends on.

Why it matters
    Availability, downtime and credits are computed by service: what happens to a misspelt one happens to none.

Bad example
    # incidents/2025/INC-2025-001.yml
    services: [pubic-api]

Good example
    # incidents/2025/INC-2025-001.yml
    services: [public-api]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.reference import _terms

CODE = "IB401"
NAME = "unknown-service"
SUMMARY = "A service is not in policy/services.yml"
GRADE = Grade.ERROR
FIX = _terms.FIX
_WHERE = {
    "incident": ("services.*", "impact.phases.*.services.*", "changes.*.service"),
    "playbook": ("services.*",),
    "services": ("services.*.depends_on.*",),
}
KINDS = tuple(_WHERE)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every service that policy does not know."""
    return _terms.unknown(entry, context, _WHERE, "services", "service")
