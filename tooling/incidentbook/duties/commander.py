"""An incident commander in time."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from incidentbook.records.incident import Incident
from incidentbook.records.time import Moment

ROLE = "incident-commander"


class First(NamedTuple):
    """The first who held the role: from when (at the earliest, where that is uncertain), which entry, and as written."""

    at: dt.datetime
    number: int
    moment: Moment


def first(incident: Incident) -> First | None:
    """Return the first incident commander of whom the record says since when; None where it names none."""
    held = (
        First(role.from_.earliest or role.from_.at, index, role.from_)
        for index, role in enumerate(incident.roles)
        if role.role == ROLE and role.from_
    )
    return min(held, default=None, key=lambda one: one[:2])
