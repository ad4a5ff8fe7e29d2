"""What it does to customers: phases of impact that are opened and ended, and figures, as edits of a record's draft."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence

from incidentbook import downtime
from incidentbook.errors import IncidentbookError
from incidentbook.records.entries import Phase
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import PhaseLevel
from incidentbook.response.draft import Draft
from incidentbook.response.identity import entry_id


def begin(draft: Draft, new: Phase, now: dt.datetime) -> list[Phase]:
    """Open a phase, and return those of the same services that end with that.

    Args:
        draft: the record.
        new: the phase, with its beginning and, where it is over already, its end; without an id.
        now: the time of its id.

    Raises:
        IncidentbookError: it ends before it begins, begins no later than the phase that it follows, or nothing changes.

    """
    if new.from_ is None or new.level is None:
        raise ValueError(new)
    at = new.from_.at
    if new.to is not None and new.to.at <= at:
        raise IncidentbookError(f"It would end at {new.to.written}, which is not after {new.from_.written}")
    incident = draft.incident
    hit = _services(new.services, incident)
    before = [(index, phase) for index, phase in _open(incident) if _services(phase.services, incident) == hit]
    for _, phase in before:
        _not_before(phase, at)
        if (phase.level, phase.fraction) == (new.level, new.fraction) and new.to is None:
            raise IncidentbookError(
                f"It is {phase.level} already{f', since {phase.from_.written}' if phase.from_ else ''}"
            )
    for index, _ in before:
        draft.set(("impact", "phases", index, "to"), utc_text(at))
    entry: dict[str, object] = {"id": entry_id(now), "level": new.level.value}
    if new.fraction is not None:
        entry["fraction"] = int(new.fraction) if new.fraction.is_integer() else new.fraction
    if new.services:
        entry["services"] = list(new.services)
    entry["from"] = new.from_.written
    if new.to is not None:
        entry["to"] = new.to.written
    draft.append(("impact", "phases"), entry)
    return [phase for _, phase in before]


def end(draft: Draft, at: dt.datetime, services: Sequence[str] = ()) -> list[Phase]:
    """End the open phases (those that hit nothing but ``services``, where some are given), and return them.

    Raises:
        IncidentbookError: there are none, or one began later.

    """
    incident = draft.incident
    wanted = frozenset(services)
    found = [
        (index, phase)
        for index, phase in _open(incident)
        if not wanted or _services(phase.services, incident) <= wanted
    ]
    if not found:
        of = f" of {', '.join(services)}" if services else ""
        raise IncidentbookError(f"No phase of impact{of} is open", hint="`inc impact` shows all of them.")
    for index, phase in found:
        _not_before(phase, at)
        draft.set(("impact", "phases", index, "to"), utc_text(at))
    return [phase for _, phase in found]


def totals(incident: Incident, now: dt.datetime) -> Mapping[PhaseLevel, float]:
    """Return for how many seconds the incident has been at each level until ``now``; what overlaps counts once."""
    parts = downtime.segments([incident], MetricsPolicy(), now)
    found = {}
    for level in PhaseLevel:
        whole = [dataclasses.replace(part, weight=1.0) for part in parts if part.level is level]
        if whole:
            first, last = min(part.start for part in whole), max(part.end for part in whole)
            found[level] = downtime.downtime(whole, first, last)
    return found


def _not_before(phase: Phase, at: dt.datetime) -> None:
    if phase.from_ is not None and phase.from_.at >= at:
        raise IncidentbookError(
            f"{phase.level} began at {phase.from_.written}, which is not before {utc_text(at)}",
            hint="`inc undo` takes the last entry back; --at says it for another time.",
        )


def _open(incident: Incident) -> list[tuple[int, Phase]]:
    return [(index, phase) for index, phase in enumerate(incident.impact.phases) if phase.to is None]


def _services(named: Sequence[str], incident: Incident) -> frozenset[str]:
    return frozenset(named or incident.services)
