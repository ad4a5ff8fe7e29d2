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

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import words as duration
from incidentbook.records.vocabulary import Severity
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB604"
NAME = "due-after-deadline"
SUMMARY = "An action item is due later than policy allows"
GRADE = Grade.WARNING
KINDS = ("postmortem",)


class _Deadline(NamedTuple):
    last: dt.date
    severity: Severity
    within: dt.timedelta


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every due day beyond the deadline."""
    policy, postmortem = context.policy(ActionsPolicy), entry.record
    if not policy.deadlines or not isinstance(postmortem, Postmortem):
        return
    for index, item in enumerate(postmortem.action_items):
        deadline = _deadline(postmortem, item, policy, context) if _held(item) else None
        if deadline is None or item.due is None or item.due <= deadline.last:
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


def _held(item: ActionItem) -> bool:
    """Whether the item is an open promise that no waiver, risk or rhythm frees from the deadline."""
    if item.status is None or not item.status.committed or item.status.finished or item.recurrence:
        return False
    waived = item.waiver is not None and item.waiver.until is not None and item.due is not None
    return item.status is not ActionStatus.ACCEPTED_RISK and not (waived and item.waiver.until >= item.due)  # type: ignore[operator,union-attr]


def _deadline(postmortem: Postmortem, item: ActionItem, policy: ActionsPolicy, context: Context) -> _Deadline | None:
    """Return the latest deadline that any covered incident gives; None where one gives none, or is older than the policy."""
    found: list[_Deadline] = []
    for name in postmortem.incidents:
        incident = next((entry.record for entry in context.incidents(name)), None)
        within = policy.deadline(incident.severity, item.priority) if incident else None
        if incident is None or incident.started is None or incident.severity is None or within is None:
            return None
        day = incident.started.astimezone(context.zone).date()
        if policy.effective_from is not None and day < policy.effective_from:
            return None
        last = (incident.started + within).astimezone(context.zone).date()
        found.append(_Deadline(last, incident.severity, within))
    return max(found, default=None)
