"""A first draft of a post-mortem: what the record knows, in its place, and a question where only people can answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

from incidentbook.records.action_item import ActionStatus
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import parse_duration
from incidentbook.repository import Repository
from incidentbook.yaml12 import dump

_MODELINE = "# yaml-language-server: $schema=../../schemas/postmortem.schema.json\n"
_BODY = """\
## What happened

Tell it to somebody who was not there, in the order of time: what the systems did, what was seen, what was decided and on which
information. The times stand in the record; no need to copy them.

## Why it happened
{causes}
Ask why until the answer is a property of a system or a process. Write the answers into `causes` or `five_whys` above, each with a
factor of `policy/factors.yml`.

## What went well

- What shortened it, or kept it from getting worse?

## What could be improved

- What cost time, and which property of a system or process made it so?

## Where we got lucky

- What could as well have gone the other way?

## Lessons learned

1. What do we know now that would have helped then?
"""


def draft(house: Repository, incident: Incident) -> tuple[str, str]:
    """Return where the post-mortem belongs, relative to the root, and its text.

    What is planned becomes action items that are proposed: nobody is bound before somebody has agreed. The day is the last one
    that policy allows. What was confirmed or ruled out while it burned stands where the causes are asked for.
    """
    front: dict[str, Any] = {"incidents": [incident.id], "title": incident.title, "status": "draft"}
    if incident.disclosure:
        front["disclosure"] = incident.disclosure.value
    if day := _day(house, incident):
        front["scheduled"] = day.isoformat()
    if incident.summary:
        front["summary"] = incident.summary
    if incident.investigation.primary_cause:
        front["root_cause"] = incident.investigation.primary_cause
    if items := _items(incident):
        front["action_items"] = items
    text = f"---\n{_MODELINE}{dump(front)}---\n\n{_BODY.format(causes=_hypotheses(incident))}"
    return f"postmortems/{incident.id[4:8]}/{incident.id}.md", text


def _day(house: Repository, incident: Incident) -> dt.date | None:
    within = parse_duration(house.policy(Severities).level(incident.severity).postmortem_within)
    resolved = incident.milestone("resolved")
    return (resolved.at + within).astimezone(house.zone).date() if within and resolved else None


def _hypotheses(incident: Incident) -> str:
    """Return what was thought while it burned as a list, with what became of it."""
    lines = [
        f"- {item.status.capitalize()}: {' '.join(item.text.split())}"
        for item in incident.investigation.hypotheses
        if item.disclosure is None
    ]
    return "".join(f"{line}\n" for line in ["", *lines]) if lines else ""


def _items(incident: Incident) -> list[dict[str, Any]]:
    """Return what is planned and not done as proposals, numbered as the house numbers action items."""
    planned = [
        *((step, "high") for step in incident.remediation.short_term),
        *((step, "medium") for step in incident.remediation.long_term),
    ]
    left = [(step, priority) for step, priority in planned if step.action or step.status != "done"]
    return [
        {
            "id": step.action or f"{incident.id.replace('INC', 'AI')}-{number}",
            "title": step.text,
            "priority": priority,
            "kind": "prevent",
            "status": ActionStatus.PROPOSED.value,
        }
        for number, (step, priority) in enumerate(left, 1)
    ]
