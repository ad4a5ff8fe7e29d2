"""What was and will be done, in three horizons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from incidentbook.report_model import Numbered, Section, group, section

if TYPE_CHECKING:
    from incidentbook.records.entries import Remedy
    from incidentbook.reports import ReportContext

ORDER = 70
_SAID = {"done": "completed", "verified": "completed, verified"}


def build(context: ReportContext) -> Section | None:
    """Steps with their status; one that names an action item takes its status from there."""
    steps = context.incident.remediation
    status = context.action_status
    return section(
        "Remediation Actions",
        group("Immediate (During Incident)", _lines(steps.immediate, status)),
        group("Short-term (24 hours)", _lines(steps.short_term, status)),
        group("Long-term (30 days)", _lines(steps.long_term, status)),
    )


def _lines(steps: tuple[Remedy, ...], status: Mapping[str, str]) -> Numbered:
    return Numbered(tuple(_line(step, status.get(step.action, step.status)) for step in steps))


def _line(step: Remedy, status: str) -> str:
    said = _SAID.get(status, status.replace("-", " "))
    notes = ", ".join(note for note in (said, step.action) if note)
    return f"{step.text} ({notes})" if notes else step.text
