"""Who held which role, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook import told
from incidentbook.report_model import Bullets, Section, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 65


def build(context: ReportContext) -> Section | None:
    """Roles and the teams that held them."""
    return section("Response Roles", Bullets(tuple(told.roles(context.incident, context.repo.knowledge_base))))
