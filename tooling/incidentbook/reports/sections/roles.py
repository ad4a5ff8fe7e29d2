"""Who held which role, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Bullets, Section, section

if TYPE_CHECKING:
    from incidentbook.records.entries import RoleInterval
    from incidentbook.reports import ReportContext

ORDER = 65


def build(context: ReportContext) -> Section | None:
    """Roles and the teams that held them."""
    return section("Response Roles", Bullets(tuple(_line(context, item) for item in context.incident.roles)))


def _line(context: ReportContext, item: RoleInterval) -> str:
    start = context.moment(item.from_) if item.from_ else "start"
    end = context.moment(item.to) if item.to else "now" if context.incident.is_open else "the end"
    role = item.role.replace("-", " ").capitalize()
    return f"{role}: {context.repo.knowledge_base.team_name(item.holder)} ({start} to {end})"
