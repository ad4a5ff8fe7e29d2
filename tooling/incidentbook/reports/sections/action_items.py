"""What was promised: owner, due day, status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook.report_model import Cards, Section, section

if TYPE_CHECKING:
    from incidentbook.records.action_item import ActionItem
    from incidentbook.reports import ReportContext

ORDER = 90


def build(context: ReportContext) -> Section | None:
    """The post-mortem's action items."""
    items = context.postmortem.action_items if context.postmortem else ()
    return section("Action Items", Cards(tuple((_headline(item), _facts(context, item)) for item in items)))


def _headline(item: ActionItem) -> str:
    return f"{item.priority.upper()} PRIORITY: {item.title}" if item.priority else item.title


def _facts(context: ReportContext, item: ActionItem) -> tuple[tuple[str, str], ...]:
    due = f"{item.last_day or item.due}{' (recurring)' if item.recurrence else ''}" if item.due else ""
    late = ""
    if item.late(context.now, context.repo.zone):
        late = " (late, waived)" if item.waived(context.now, context.repo.zone) else " (OVERDUE)"
    pairs = (
        ("Owner", context.repo.knowledge_base.team_name(item.owner) if item.owner else ""),
        ("Due", due + late if due else ""),
        ("Status", item.status.label if item.status else ""),
        ("ID", item.id),
    )
    return tuple((label, value) for label, value in pairs if value)
