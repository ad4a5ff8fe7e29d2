"""Who was told what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook import told
from incidentbook.report_model import Log, Section, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 60


def build(context: ReportContext) -> Section | None:
    """The communication log."""
    return section("Communication Log", Log(tuple(told.communications(context.incident, context.repo.zone))))
