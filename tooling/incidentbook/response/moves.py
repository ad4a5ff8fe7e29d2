"""What responders do to a record, as edits of its draft: entries are added, and nothing that was said is taken away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from incidentbook import yaml12
from incidentbook.errors import IncidentbookError
from incidentbook.frozen import frozen
from incidentbook.records import lifecycle
from incidentbook.records.time import Moment, utc_text
from incidentbook.records.vocabulary import Severity, Status
from incidentbook.response.draft import Draft
from incidentbook.response.identity import entry_id

_MODELINE = "# yaml-language-server: $schema=../../schemas/incident.schema.json\n"


@frozen
class Declaration:
    """What is said of an incident at the first minute.

    Attributes:
        kind: its type; empty where nobody can say yet.
        started: when it started, which is not when it is declared.
        disclosure: who may read it; empty for the default of the knowledge base.

    """

    title: str
    severity: Severity
    kind: str
    services: Sequence[str]
    started: dt.datetime
    exercise: bool
    disclosure: str = ""


def new_record(incident_id: str, said: Declaration, now: dt.datetime) -> str:
    """Return the text of a record as it is at the first minute: who declares an incident has detected it by then."""
    declared = utc_text(now)
    plain: dict[str, object] = {"id": incident_id, "title": said.title, "status": "declared"}
    plain["severity"] = said.severity.value
    if said.kind:
        plain["type"] = said.kind
    if said.disclosure:
        plain["disclosure"] = said.disclosure
    if said.exercise:
        plain["exercise"] = True
    milestones = {"milestones": {"started": utc_text(said.started), "detected": declared, "declared": declared}}
    lists = {
        "transitions": {"id": entry_id(now), "to": "declared", "at": declared},
        "severity_history": {"id": entry_id(now), "to": said.severity.value, "at": declared},
        "timeline": {
            "id": entry_id(now), "at": declared, "kind": "declaration", "text": f"Declared {said.severity.label}: {said.title}",
        },
    }  # fmt: skip
    text = _MODELINE + yaml12.dump(plain)
    if said.services:
        text += f"services: {yaml12.dump_flow(list(said.services))}\n"
    text += yaml12.dump(milestones)
    for name, entry in lists.items():
        text += f"{name}:\n  - {yaml12.dump_flow(entry)}\n"
    return text


def log(
    draft: Draft, text: str, at: dt.datetime, now: dt.datetime, *, kind: str = "note", private: bool = False
) -> str:
    """Add a timeline entry where its time puts it, and return its id."""
    entry: dict[str, object] = {"id": entry_id(now), "at": utc_text(at), "kind": kind, "text": text}
    if private:
        entry["private"] = True
    draft.append(("timeline",), entry)
    _put_in_time(draft, "timeline", [item.at for item in draft.incident.timeline], at)
    return str(entry["id"])


def tell(draft: Draft, entry: Mapping[str, object], at: dt.datetime) -> None:
    """Add a message that was sent at ``at`` where its time puts it; one that is there already is not added twice."""
    if any(message.id == entry["id"] for message in draft.incident.communications):
        return
    draft.append(("communications",), dict(entry))
    _put_in_time(draft, "communications", [item.at for item in draft.incident.communications], at)


def _put_in_time(draft: Draft, name: str, times: Sequence[Moment | None], at: dt.datetime) -> None:
    """Move the last entry of a list in front of the later ones at its end."""
    later = [moment is not None and moment.at > at for moment in times[:-1]]
    before = len(later) - next((count for count, is_later in enumerate(reversed(later)) if not is_later), len(later))
    if before < len(later):
        draft.move_last((name,), before)


def move(draft: Draft, to: Status, at: dt.datetime, now: dt.datetime, reason: str = "") -> None:
    """Change the status.

    Raises:
        IncidentbookError: there is no such way, or it needs a reason and has none.

    """
    before = draft.incident.status
    if before is None:
        raise IncidentbookError(f"{draft.path} has no status that can be read", hint=f"`inc check {draft.path}`")
    change = lifecycle.judge(before, to)
    if change.refused:
        raise IncidentbookError(change.refused)
    if change.needs_reason and not reason:
        raise IncidentbookError(f"{change.needs_reason}: that needs a reason", hint='Add --reason "…".')
    _not_before_the_start(draft, at)
    last = next((each for each in reversed(draft.incident.transitions) if each.to is not Status.DECLARED), None)
    _not_before(last.at if last else None, at, f"It was {last.to} at" if last else "")
    _noticed(draft, at)
    draft.set(("status",), to.value)
    entry = {"id": entry_id(now), "to": to.value, "at": utc_text(at)}
    draft.append(("transitions",), entry | ({"reason": reason} if reason else {}))
    name = to.value
    if draft.get("milestones", name) is not None and name in ("resolved", "closed"):
        draft.set(("milestones", name), utc_text(at))  # it was given by hand and is over again only now
    if to in (Status.RESOLVED, Status.CANCELLED, Status.MERGED):
        for index, phase in enumerate(draft.incident.impact.phases):
            if phase.from_ is not None and phase.to is None and phase.from_.at <= at:
                draft.set(("impact", "phases", index, "to"), utc_text(at))


def acknowledge(draft: Draft, at: dt.datetime, now: dt.datetime) -> None:
    """Say that somebody is on it. Raises IncidentbookError where somebody was already."""
    known = draft.incident.milestone("acknowledged")
    if known is not None:
        raise IncidentbookError(f"It was acknowledged at {known.written} already")
    _not_before_the_start(draft, at)
    _noticed(draft, at)
    draft.set(("milestones", "acknowledged"), utc_text(at))
    if draft.incident.status is Status.DECLARED:
        move(draft, Status.INVESTIGATING, at, now)


def assign(draft: Draft, role: str, holder: str, at: dt.datetime, now: dt.datetime, notes: str = "") -> str:
    """Give a role to a team, and return the team that held it until then; empty where none did.

    Raises:
        IncidentbookError: the team holds it already, or another took it later than ``at``.

    """
    before = ""
    for index, interval in enumerate(draft.incident.roles):
        if interval.role != role or interval.to is not None:
            continue
        if interval.holder == holder:
            raise IncidentbookError(f"{holder} holds {role} already")
        if interval.from_ is not None and interval.from_.at > at:
            raise IncidentbookError(f"{interval.holder} took {role} at {interval.from_.written}, which is later")
        draft.set(("roles", index, "to"), utc_text(at))
        before = interval.holder
    entry = {"id": entry_id(now), "role": role, "holder": holder, "from": utc_text(at)}
    draft.append(("roles",), entry | ({"notes": notes} if notes else {}))
    return before


def change_severity(draft: Draft, to: Severity, at: dt.datetime, now: dt.datetime, reason: str) -> Severity | None:
    """Change the severity, and return the one before. Raises IncidentbookError where it is the same."""
    before = draft.incident.severity
    if before is to:
        raise IncidentbookError(f"It is {to} already")
    _not_before_the_start(draft, at)
    changes = draft.incident.severity_history
    if len(changes) > 1:  # the first is the declaration, and people may know of a change before that
        _not_before(changes[-1].at, at, f"It was {changes[-1].to} at")
    draft.set(("severity",), to.value)
    draft.append(("severity_history",), {"id": entry_id(now), "to": to.value, "at": utc_text(at), "reason": reason})
    return before


def _noticed(draft: Draft, at: dt.datetime) -> None:
    """Whoever does something about it has noticed it by then, whenever it was declared."""
    detected, declared = draft.incident.milestone("detected"), draft.incident.milestone("declared")
    if detected is not None and at < detected.at and declared is not None and detected.at == declared.at:
        draft.set(("milestones", "detected"), utc_text(at))


def _not_before(last: Moment | None, at: dt.datetime, said: str) -> None:
    if last is not None and at < last.at:
        raise IncidentbookError(f"{said} {last.written}, which is later than {utc_text(at)}")


def _not_before_the_start(draft: Draft, at: dt.datetime) -> None:
    """Refuse a time at which it had not begun. Raises IncidentbookError."""
    started = draft.incident.milestone("started")
    if started is not None and at < (started.earliest or started.at):
        raise IncidentbookError(f"The incident started at {started.written}, which is later than {utc_text(at)}")
