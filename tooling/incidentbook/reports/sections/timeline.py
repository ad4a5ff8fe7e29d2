"""What happened, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Log, Section, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 30


def build(context: ReportContext) -> Section | None:
    """Timeline entries; a record without any shows its changes of status."""
    incident = context.incident
    rows = [(entry.at, entry.text) for entry in incident.timeline if entry.at]
    if not rows:
        rows = [
            (change.at, f"Status: {change.to.value}{f' ({change.reason})' if change.reason else ''}")
            for change in incident.transitions
            if change.at and change.to
        ]
    rows.sort(key=lambda row: row[0].at)
    return section("Timeline Reconstruction", Log(tuple((context.moment(at), text) for at, text in rows)))
