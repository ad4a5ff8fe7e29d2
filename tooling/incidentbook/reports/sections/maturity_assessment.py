"""Where incident response stands on five levels, by the rubric in policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from incidentbook import maturity
from incidentbook.records.policy.maturity import MaturityPolicy
from incidentbook.report_model import Bullets, Section, fields, group, section

if TYPE_CHECKING:
    from incidentbook.reports import ReportContext

ORDER = 130


def build(context: ReportContext) -> Section | None:
    """Current and target level with what each dimension is there, and what is still missing between them."""
    policy = context.repo.policy(MaturityPolicy)
    found = maturity.assess(context.repo, context.now, memo=context.memo)
    if found is None:
        return None
    missing = tuple(
        f"{item.name.capitalize()}: {gap.criterion.text} ({gap.means}: {gap.said})"
        for item in found.dimensions
        for gap in item.missing(found.target)
    )
    return section(
        "Incident Response Maturity Assessment",
        fields(("Current Level", _label(policy, found.level))),
        Bullets(_statements(policy, found.level)),
        fields(("Target Level", _label(policy, found.target))),
        Bullets(_statements(policy, found.target)),
        group("Missing for the target", Bullets(missing)),
    )


def _label(policy: MaturityPolicy, level: int) -> str:
    named = policy.levels.get(str(level))
    return f"{level}/{maturity.HIGHEST}{f' ({named.name})' if named else ''}"


def _statements(policy: MaturityPolicy, level: int) -> tuple[str, ...]:
    said = ((name.capitalize(), dimension.statements.get(str(level))) for name, dimension in policy.dimensions.items())
    return tuple(f"{name}: {text}" for name, text in said if text)
