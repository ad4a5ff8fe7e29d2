"""What the organisation should do beyond this incident, as the post-mortem wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Numbered, Section, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 120


def build(context: ReportContext) -> Section | None:
    """The post-mortem's recommendations."""
    return section("Recommendations", Numbered(context.postmortem.recommendations if context.postmortem else ()))
