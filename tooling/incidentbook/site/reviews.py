"""When a playbook was last read by somebody who would follow it, and whether that is too long ago."""

from __future__ import annotations

from incidentbook.records.playbook import Playbook
from incidentbook.records.time import end_of_day
from incidentbook.site import parts
from incidentbook.site.context import Site


def said(site: Site, item: Playbook) -> str:
    """Say the day of the last review, with a chip where the next one is overdue."""
    if item.last_reviewed is None:
        return parts.chip("Never reviewed", "late")
    due = item.review_due
    late = due is not None and item.status != "retired" and site.now >= end_of_day(due, site.repo.zone)
    return f"{item.last_reviewed} {parts.chip(f'review due since {due}', 'late')}" if late else f"{item.last_reviewed}"
