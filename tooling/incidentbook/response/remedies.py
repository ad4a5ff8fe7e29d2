"""What is done about it, at once, soon and later: lines of remediation as edits of a record's draft."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from incidentbook.errors import IncidentbookError
from incidentbook.records.entries import Remedy
from incidentbook.records.incident import Incident
from incidentbook.response.draft import Draft
from incidentbook.response.identity import entry_id
from incidentbook.response.picking import pick

HORIZONS = ("immediate", "short-term", "long-term")
STATUSES = ("proposed", "not-started", "in-progress", "scheduled", "done")


class Line(NamedTuple):
    """A line with its place: ``horizon`` and its ``place`` there."""

    horizon: str
    place: int
    remedy: Remedy


def lines(incident: Incident) -> list[Line]:
    """Return all lines in the order in which they are listed and numbered."""
    steps = incident.remediation
    return [
        Line(horizon, place, remedy)
        for horizon in HORIZONS
        for place, remedy in enumerate(getattr(steps, horizon.replace("-", "_")))
    ]


def add(draft: Draft, text: str, horizon: str, now: dt.datetime, *, status: str = "", action: str = "") -> None:
    """Add a line. Raises IncidentbookError where it is there already, or says a status that its action item says."""
    if any(line.remedy.text == text for line in lines(draft.incident)):
        raise IncidentbookError("It is listed already", hint="`inc remedy list` shows all of them.")
    if action and status:
        raise IncidentbookError(f"It takes its status from {action}", hint="Leave --status out.")
    entry = {"id": entry_id(now), "text": text}
    entry |= {key: value for key, value in (("status", status), ("action", action)) if value}
    draft.append(("remediation", horizon.replace("-", "_")), entry)


def set_status(draft: Draft, said: str, status: str) -> Remedy:
    """Say how far the line that ``said`` names is, and return it as it was.

    Raises:
        NotFoundError: there is no such line.
        IncidentbookError: there are several, it is that far already, or an action item says how far it is.

    """
    known = lines(draft.incident)
    chosen = known[
        pick([(line.remedy.id, line.remedy.text) for line in known], said, "remedy", "`inc remedy list` shows them.")
    ]
    if chosen.remedy.action:
        raise IncidentbookError(
            f"It takes its status from {chosen.remedy.action}", hint="Change that action item in the post-mortem."
        )
    if chosen.remedy.status == status:
        raise IncidentbookError(f"It is {status} already: {chosen.remedy.text}")
    draft.set(("remediation", chosen.horizon.replace("-", "_"), chosen.place, "status"), status)
    return chosen.remedy
