"""A small knowledge base whose charts have enough to draw, and one in which nothing happened; what the tests of charts share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from incidentbook.charts.scope import Levels, Scope, usual
from incidentbook.repository import Repository
from kb import Plain, at, incident, phase, repo, z

NOW = at("2025-01-15 06:00")
DURATIONS: Plain = {
    "durations": {
        "tta": {"name": "Time to acknowledge", "from": "started", "to": "acknowledged"},
        "ttr": {"name": "Time to resolve", "from": "started", "to": "resolved", "zero": "unmeasured"},
    },
    "mtbf": {"severities": ["sev1", "sev2"], "exposure": "360d"},
}
SERVICES: Plain = {
    "services": {
        "api": {"name": "Public <API> & {{ 7*7 }}", "slo": {"availability": 99.9, "window": "30d"}},
        "web": {"name": "Web", "slo": {"availability": 99.5, "window": "30d"}},
        "tools": {"name": "Tools"},
    }
}
MONTHS = [(2024, month) for month in range(1, 13)]


def twelve(**more: Any) -> list[Plain]:
    """Return a year of incidents, one a month at noon of the tenth: hours of outage of the API equal to the month's number."""
    found = []
    for number, (year, month) in enumerate(MONTHS, 1):
        begin = dt.datetime(year, month, 10, 12, tzinfo=dt.UTC)
        end = z(begin + dt.timedelta(hours=number))
        found.append(
            incident(number, z(begin))
            | {
                "id": f"INC-2024-{number:03}",
                "severity": ("sev3", "sev1", "sev2", "sev2")[number % 4],
                "milestones": {"started": z(begin), "resolved": end},
                "impact": {"phases": [phase(z(begin), end)]},
            }
            | more
        )
    return found


def knowledge_base(*incidents: Plain, **policy: Plain) -> Repository:
    """Return a knowledge base in memory with the policy of these tests."""
    return repo(*incidents, **{"metrics": DURATIONS, "services": SERVICES, **policy})


def scope(base: Repository, **more: Any) -> Scope:
    """Return what charts ask, over the usual window before `NOW`."""
    return Scope(base, more.pop("window", usual(NOW, base.zone)), NOW, "abc1234", **more)


LEVELS = Levels(
    [
        {"label": f"2024-{month:02}", "partial": month == 12, "open": 10 + month, "overdue": month % 3, "done": month}
        for month in range(1, 13)
    ],
    "action items, as Git had them",
    40,
)
