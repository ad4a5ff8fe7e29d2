"""Deadlines of action items: the latest day that policy gives a promise, and how long a waiver may put it off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from incidentbook.duties import covers
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.incident import Incident
from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Severity


class Deadline(NamedTuple):
    """The latest day, the severity that gives it, and how long that is after the start of the incident."""

    last: dt.date
    severity: Severity
    within: dt.timedelta


def bound(item: ActionItem) -> bool:
    """Whether the item is, or was, a promise that no waiver, risk or rhythm frees from the deadline."""
    if item.status is None or not item.status.committed or item.recurrence:
        return False
    until = item.waiver.until if item.waiver else None
    waived = until is not None and item.due is not None and until >= item.due
    return item.status is not ActionStatus.ACCEPTED_RISK and not waived


def deadline(
    postmortem: Postmortem,
    item: ActionItem,
    policy: ActionsPolicy,
    find: Callable[[str], Incident | None],
    zone: ZoneInfo,
) -> Deadline | None:
    """Return the latest deadline that any covered incident gives; None where one gives none, or is older than the policy.

    Args:
        postmortem: the one that holds the item.
        item: the promise.
        policy: what gives deadlines.
        find: returns the incident with an id.
        zone: in which days end.

    """
    found: list[Deadline] = []
    for name in postmortem.incidents:
        incident = find(name)
        within = policy.deadline(incident.severity, item.priority) if incident else None
        if incident is None or incident.started is None or incident.severity is None or within is None:
            return None
        if not covers(policy.effective_from, incident.started, zone):
            return None
        last = (incident.started + within).astimezone(zone).date()
        found.append(Deadline(last, incident.severity, within))
    return max(found, default=None)
