"""The pictures of a report on one incident, in forms that show any: its causes, and where it stands among the others."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from incidentbook import charts
from incidentbook.causes import graph
from incidentbook.charts import diagram, draw, scope
from incidentbook.report_model import Block, Group, Picture, Section
from incidentbook.reports.sections import investigation
from incidentbook.reports.sections.incident_metrics import TITLE

if TYPE_CHECKING:
    from incidentbook.charts.svg import Form
    from incidentbook.reports import ReportContext

_CHARTS = ("incidents", "durations", "days-between")


def with_charts(sections: Sequence[Section], made: ReportContext, form: Form) -> list[Section]:
    """Return the sections of a report with its causes drawn, and charts at the end of its metrics, or why there are none.

    Args:
        sections: of the report.
        made: what it was made from.
        form: how the pictures are to be.

    """
    more: dict[str, tuple[Block | Group, ...]] = {
        TITLE: (Group("Among the incidents of these months", tuple(_pictures(made, form))),),
        investigation.TITLE: tuple(_causes(made, form)),
    }
    return [dataclasses.replace(item, parts=(*item.parts, *more.get(item.title, ()))) for item in sections]


def _causes(made: ReportContext, form: Form) -> Iterator[Picture]:
    if made.postmortem is None:
        return
    found = graph.of(made.repo, made.postmortem)
    if diagram.drawable(found):
        yield Picture("Causes", found.summary, (diagram.key(found),), diagram.to_svg(found, "Causes", form))


def _pictures(made: ReportContext, form: Form) -> Iterator[Picture]:
    asked = scope.Scope(
        made.repo,
        scope.usual(made.now, made.repo.zone),
        made.now,
        made.measurement.commit,
        highlight=made.incident.id,
        memo=made.memo,
    )
    for name in _CHARTS:
        data = charts.gather(name, asked)
        if data.refused:
            yield Picture(data.title, f"Not drawn: {data.refused}.")
        else:
            yield Picture(data.title, data.summary, data.foot(pictured=True), draw.to_svg(data, made.memo, form))
