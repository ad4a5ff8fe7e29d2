"""What the process should learn, as the post-mortem wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Numbered, Section, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 110


def build(context: ReportContext) -> Section | None:
    """The post-mortem's process improvements."""
    return section(
        "Process Improvements", Numbered(context.postmortem.process_improvements if context.postmortem else ())
    )
