"""A promise that is due later than policy allows.

What it checks
    The due day of an action item lies within the time that `policy/actions.yml` gives its priority after an incident of that
    severity, counted from the start of the incident; where a post-mortem covers several, the longest of their times counts.
    Items that are finished, only proposed, cancelled, recurring or an accepted risk, and those whose waiver reaches their due
    day, are left alone.

Why it matters
    The same fault comes back while its repair waits. A deadline that everybody sets as they like is none.

Bad example
    # policy/actions.yml (whole)
    effective_from: 2024-01-01
    deadlines: {sev1: {high: 21d, medium: 45d, low: 90d}}
    evidence_required: true
    waiver_max: 60d
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on lag, status: in-progress, priority: high, owner: database, due: 2025-04-30}

Good example
    # policy/actions.yml (whole)
    effective_from: 2024-01-01
    deadlines: {sev1: {high: 21d, medium: 45d, low: 90d}}
    evidence_required: true
    waiver_max: 60d
    # postmortems/2025/INC-2025-001.md
    action_items:
      - {id: AI-2025-001-1, title: Alert on lag, status: in-progress, priority: high, owner: database, due: 2025-02-05}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.duties import deadlines
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB604"
NAME = "due-after-deadline"
SUMMARY = "An action item is due later than policy allows"
GRADE = Grade.WARNING
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every due day beyond the deadline."""
    policy, postmortem = context.policy(ActionsPolicy), entry.record
    if not policy.deadlines or not isinstance(postmortem, Postmortem):
        return
    for index, item in enumerate(postmortem.action_items):
        if item.due is None or not deadlines.bound(item) or (item.status and item.status.finished):
            continue
        deadline = deadlines.deadline(postmortem, item, policy, context.incident, context.zone)
        if deadline is None or item.due <= deadline.last:
            continue
        late = f"{(item.due - deadline.last).days} day{'s'[: (item.due - deadline.last).days != 1]}"
        message = (
            f"{item.id or 'This action item'} is due on {item.due}, {late} after {deadline.last}: policy gives "
            f"{item.priority} priority {duration(deadline.within.total_seconds())} after the start of a {deadline.severity}"
        )
        hint = "Promise an earlier day, or let a waiver say who allows the later one, and why."
        path = ("deadlines", deadline.severity.value, item.priority)
        asks = Place(context.policies["actions"], path, message="policy says so here")
        yield Hit(Place(entry, ("action_items", index, "due")), message, hint, (asks,))
