"""A post-mortem to begin with: what the record knows, in its place, and a question where only people can answer.

A template is Markdown with the comments of computed parts in it. The knowledge base's own stand in
``policy/templates/postmortem``.
"""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

from incidentbook import computed
from incidentbook.errors import NotFoundError
from incidentbook.records.action_item import ActionStatus
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import IncidentType
from incidentbook.repository import Repository
from incidentbook.yaml12 import dump

FOLDER = "policy/templates/postmortem"
KINDS = ("standard", "short", "security", "near-miss", "drill")
MEETING = "meeting"  # the template of the guide to the meeting (`facilitation`)
_SHIPPED = Path(__file__).parent / "postmortems"
_MODELINE = "# yaml-language-server: $schema=../../schemas/postmortem.schema.json\n"


def draft(house: Repository, incident: Incident, now: dt.datetime, kind: str = "") -> tuple[str, str]:
    """Return where the post-mortem belongs, relative to the root, and its text.

    What is planned becomes action items that are proposed: nobody is bound before somebody has agreed. The day is the last one
    that policy allows. Nothing gets in that readers of the record as a whole may not see.

    Args:
        house: the whole knowledge base.
        incident: the one that it is about.
        now: up to which an incident that goes on is told.
        kind: one of `KINDS`; what the incident is where it is empty.

    Raises:
        EditError: a template asks for a computed part that there is none of, or leaves one open.
        UnreadableError: nobody can be sure who may read what of the record.

    """
    kind = kind or kind_of(house, incident)
    case = computed.case(house, Postmortem(incidents=(incident.id,), disclosure=incident.disclosure), now)
    (shown,) = case.incidents
    front: dict[str, Any] = {"incidents": [shown.id], "title": shown.title, "status": "draft"}
    if kind != "standard":
        front["kind"] = kind
    if shown.disclosure:
        front["disclosure"] = shown.disclosure.value
    if day := _day(house, shown):
        front["scheduled"] = day.isoformat()
    if shown.summary:
        front["summary"] = shown.summary
    if shown.investigation.primary_cause:
        front["root_cause"] = shown.investigation.primary_cause
    if items := _items(house, incident, shown):
        front["action_items"] = items
    body = computed.refreshed(template(house.root, kind), case)
    return f"postmortems/{incident.id[4:8]}/{incident.id}.md", f"---\n{_MODELINE}{dump(front)}---\n\n{body}"


def kind_of(house: Repository, incident: Incident) -> str:
    """Return the kind of post-mortem that an incident calls for: short where policy leaves it to the team."""
    if incident.exercise:
        return "drill"
    if incident.near_miss:
        return "near-miss"
    if incident.type is IncidentType.SECURITY:
        return "security"
    return "short" if house.policy(Severities).level(incident.severity).postmortem == "optional" else "standard"


def places(root: Path) -> dict[str, tuple[Path, bool]]:
    """Return the template of every kind and of the meeting, and whether it is the knowledge base's own."""
    own = {kind: root / FOLDER / f"{kind}.md.tmpl" for kind in (*KINDS, MEETING)}
    return {kind: (path, True) if path.is_file() else (_SHIPPED / path.name, False) for kind, path in own.items()}


def template(root: Path, kind: str) -> str:
    """Return the template of a kind. Raises NotFoundError where there is no such kind."""
    if kind not in KINDS:
        raise NotFoundError(f"There is no kind of post-mortem {kind!r}", hint=f"There are: {', '.join(KINDS)}.")
    return places(root)[kind][0].read_text(encoding="utf-8")


def _day(house: Repository, incident: Incident) -> dt.date | None:
    within = parse_duration(house.policy(Severities).level(incident.severity).postmortem_within)
    resolved = incident.milestone("resolved")
    return (resolved.at + within).astimezone(house.zone).date() if within and resolved else None


def _items(house: Repository, incident: Incident, shown: Incident) -> list[dict[str, Any]]:
    """Return what is planned and not done as proposals; ``shown`` is the incident as readers of the draft may see it.

    They take the ids that the record gives them, else free ones as the house numbers action items. What another post-mortem has
    promised already is not proposed again.
    """
    there = {item.id for _, _, item in house.action_items()}
    whole = (*incident.remediation.short_term, *incident.remediation.long_term)
    names = {(step.id, step.text): step.action for step in whole}  # what is shown names no item that is not there yet
    planned = [
        *((step, "high") for step in shown.remediation.short_term),
        *((step, "medium") for step in shown.remediation.long_term),
    ]
    named = [(names.get((step.id, step.text), ""), step, priority) for step, priority in planned]
    left = [
        (name, step, priority)
        for name, step, priority in named
        if name not in there and (name or step.status != "done")
    ]
    ids = (f"{incident.id.replace('INC', 'AI')}-{number}" for number in itertools.count(1))
    free = (one for one in ids if one not in there and one not in names.values())
    return [
        {
            "id": name or next(free),
            "title": step.text,
            "priority": priority,
            "kind": "prevent",
            "status": ActionStatus.PROPOSED.value,
        }
        for name, step, priority in left
    ]
