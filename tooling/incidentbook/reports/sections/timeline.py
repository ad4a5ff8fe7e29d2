"""What happened, in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook import timeline
from incidentbook.report_model import Log, Section, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 30


def build(context: ReportContext) -> Section | None:
    """Timeline entries, and the changes that no entry tells of."""
    rows = tuple((context.moment(at), text) for at, text in timeline.rows(context.incident))
    return section("Timeline Reconstruction", Log(rows))
