"""Playbooks whose next review has not passed."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found
from incidentbook.records.time import end_of_day


def look(asked: Asked) -> Found:
    """Return the share; a playbook without a day of review is not current."""
    entries = [entry for entry in asked.repo.playbooks if entry.record is not None]
    against = []
    for entry in entries:
        due = entry.record.review_due if entry.record else None
        if due is None or asked.now >= end_of_day(due, asked.repo.zone):
            against.append(entry.path)
    return Found.share(len(entries) - len(against), len(entries), "playbooks with a review that is not over", against)
