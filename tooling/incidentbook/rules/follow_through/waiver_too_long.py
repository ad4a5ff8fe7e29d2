"""A waiver that is longer than policy allows.

What it checks
    The last day of a waiver (`until`) lies at most `waiver_max` of `policy/actions.yml` after the due day of its item; of one
    that comes round again, after the first day that is owed; of an accepted risk, after its last day.

Why it matters
    A waiver for half a year is a decision not to do it. That is what `accepted-risk` is for: it names the risk.

Bad example
    # policy/actions.yml (whole)
    effective_from: 2024-01-01
    deadlines: {sev1: {high: 21d, medium: 45d, low: 90d}}
    evidence_required: true
    waiver_max: 60d
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Alert on replication lag
        status: in-progress
        owner: database
        due: 2025-02-01
        waiver: {owner: platform, reason: The new cluster comes first, until: 2025-06-01}

Good example
    # policy/actions.yml (whole)
    effective_from: 2024-01-01
    deadlines: {sev1: {high: 21d, medium: 45d, low: 90d}}
    evidence_required: true
    waiver_max: 60d
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Alert on replication lag
        status: in-progress
        owner: database
        due: 2025-02-01
        waiver: {owner: platform, reason: The new cluster comes first, until: 2025-04-01}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.action_item import ActionItem
from incidentbook.records.build import build
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.time import parse_date, parse_duration
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context
from incidentbook.rules.follow_through._promises import unfinished

CODE = "IB605"
NAME = "waiver-too-long"
SUMMARY = "A waiver is longer than policy allows"
GRADE = Grade.WARNING
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the last day of every waiver that runs too long after its due day."""
    longest = parse_duration(context.policy(ActionsPolicy).waiver_max)
    if longest is None:
        return
    for path, item in unfinished(entry):
        typed = build(ActionItem, item)
        due = typed.last_day if typed else None
        for below, until in walk.texts(item, "waiver.until"):
            last = parse_date(until)
            if due is None or last is None or last - due <= longest:
                continue
            name = words.shown(item.get("id", "this action item"))
            message = (
                f"The waiver of {name} runs until {last}, {duration((last - due).total_seconds())} after its due day; "
                f"policy allows {duration(longest.total_seconds())}"
            )
            hint = "Shorten it and decide again then, or accept the risk with `status: accepted-risk`."
            asks = Place(context.policies["actions"], ("waiver_max",), message="policy says so here")
            yield Hit(Place(entry, (*path, *below)), message, hint, (asks,))
