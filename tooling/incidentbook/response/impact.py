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


def begin(
    draft: Draft,
    level: PhaseLevel,
    at: dt.datetime,
    now: dt.datetime,
    *,
    services: Sequence[str] = (),
    fraction: float | None = None,
    until: dt.datetime | None = None,
) -> list[Phase]:
    """Open a phase at ``at``, and return those of the same services that end with that.

    Args:
        draft: the record.
        level: how bad it is.
        at: since when.
        now: the time of its id.
        services: what is hit; all services of the record when empty.
        fraction: the share of requests or users hit, 0 to 1, where somebody measured it.
        until: its end, where it is over already.

    Raises:
        IncidentbookError: it ends before it begins, it would begin no later than the phase that it follows, or nothing changes.

    """
    if until is not None and until <= at:
        raise IncidentbookError(f"It would end at {utc_text(until)}, which is not after {utc_text(at)}")
    incident = draft.incident
    hit = _services(services, incident)
    before = [(index, phase) for index, phase in _open(incident) if _services(phase.services, incident) == hit]
    for _, phase in before:
        if phase.from_ is not None and phase.from_.at >= at:
            raise IncidentbookError(
                f"{phase.level} began at {phase.from_.written}, which is not before {utc_text(at)}",
                hint="`inc undo` takes the last entry back; --at says since when it is otherwise.",
            )
        if (phase.level, phase.fraction) == (level, fraction) and until is None:
            since = phase.from_.written if phase.from_ else "the start"
            raise IncidentbookError(f"It is {level} already, since {since}")
    for index, _ in before:
        draft.set(("impact", "phases", index, "to"), utc_text(at))
    entry: dict[str, object] = {"id": entry_id(now), "level": level.value}
    if fraction is not None:
        entry["fraction"] = int(fraction) if fraction in (0, 1) else fraction
    if services:
        entry["services"] = list(services)
    entry["from"] = utc_text(at)
    if until is not None:
        entry["to"] = utc_text(until)
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
        if phase.from_ is not None and phase.from_.at >= at:
            raise IncidentbookError(f"{phase.level} began at {phase.from_.written}, which is not before {utc_text(at)}")
        draft.set(("impact", "phases", index, "to"), utc_text(at))
    return [phase for _, phase in found]


def figure(draft: Draft, path: Sequence[str], value: object) -> None:
    """Set a figure, such as ``impact.customer.failed_transactions``; a later one takes the place of an earlier."""
    draft.set(path, value)


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


def _open(incident: Incident) -> list[tuple[int, Phase]]:
    return [(index, phase) for index, phase in enumerate(incident.impact.phases) if phase.to is None]


def _services(named: Sequence[str], incident: Incident) -> frozenset[str]:
    return frozenset(named or incident.services)
