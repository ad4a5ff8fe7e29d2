"""What happened, in the order of time: the entries that people wrote, and what other lists of a record say beside them."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.records.incident import Incident
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import Status

Row = tuple[Moment, str]


def rows(incident: Incident) -> list[Row]:
    """Return the timeline: written entries, and changes of status, severity and roles at times that no entry tells of.

    That it was declared goes without saying where anything is written.

    Whoever wrote an entry at the very time of a change has told it in better words.
    """
    written = [(entry.at, entry.text) for entry in incident.timeline if entry.at]
    told = {moment.at for moment, _ in written}
    derived = [(moment, text) for moment, text in _derived(incident) if moment.at not in told]
    return sorted([*written, *derived], key=lambda row: row[0].at)


def _derived(incident: Incident) -> Iterator[Row]:
    for change in incident.transitions:
        if change.at and change.to and not (incident.timeline and change.to is Status.DECLARED):
            yield change.at, f"Status: {change.to.value}{_because(change.reason)}"
    for step in incident.severity_history[1:]:
        if step.at and step.to:
            yield step.at, f"Severity: {step.to.label}{_because(step.reason)}"
    held: dict[str, str] = {}
    for interval in incident.roles:
        if interval.role in held and interval.from_:
            text = f"{interval.role}: {held[interval.role]} → {interval.holder}{_because(interval.notes)}"
            yield interval.from_, text
        held[interval.role] = interval.holder


def _because(text: str) -> str:
    return f" ({text})" if text else ""
