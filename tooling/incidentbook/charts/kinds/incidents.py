"""Incidents by month and severity: stacked bars, the worst at the bottom, where heights can be compared."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from incidentbook.charts import axes
from incidentbook.charts.data import Bar, Data
from incidentbook.charts.theme import HEIGHT, WIDTH, colour
from incidentbook.records.vocabulary import Severity

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.scope import Scope

TITLE = "Incidents by month and severity"
ORDER = 10
NEEDS = "one incident"
_NAME = "incidents"


def gather(scope: Scope) -> Data:
    """Count the incidents that started in each calendar month of the window, by severity."""
    counted = scope.counted.counted
    definition = "incidents that started in each calendar month"
    months = list(scope.months())
    more: dict[str, Any] = {"n": len(counted), "left_out": scope.counted.excluded}
    if not counted:
        refused = scope.unknown or "no incident started in the window"
        return scope.data(_NAME, TITLE, definition, refused=refused, **more)
    known = [Severity.UNCLASSIFIED if item.severity is None else item.severity for item in counted]
    shown = [severity for severity in Severity if severity in set(known)]
    rows: list[dict[str, Any]] = []
    bars = []
    for month in months:
        inside = Counter(severity for item, severity in zip(counted, known, strict=True) if month.holds(item.started))
        total = sum(inside.values())
        for place, severity in enumerate(shown):
            rows.append(
                {
                    "month": month.label, "severity": severity.value, "label": severity.label, "place": place,
                    "count": inside[severity], "total": total, "partial": month.partial,
                }
            )  # fmt: skip
        said = "/".join(str(inside[severity]) for severity in shown)
        bars.append(Bar(f"{month.label}{'*' if month.partial else ''}", total, f"{total} ({said})"))
    most, number = max(((row["month"], row["total"]) for row in rows), key=lambda pair: pair[1])
    summary = (
        f"{axes.count(len(counted), 'incident')} in {axes.count(len(months), 'month')}, "
        f"{len(counted) / len(months):.1f} a month on average; most in {most}: {number}."
    )
    return scope.data(
        _NAME, TITLE, definition, rows=tuple(rows), bars=tuple(bars), summary=summary,
        lines={"severities": [severity.value for severity in shown]}, notes=axes.running(months), **more,
    )  # fmt: skip


def draw(data: Data) -> alt.LayerChart:
    """Draw the bars, with the number of all above each."""
    import altair as alt  # noqa: PLC0415 - drawing only

    severities = data.lines["severities"]
    domain = list(dict.fromkeys(row["month"] for row in data.rows))
    x = alt.X("month:O", title=None, axis=axes.months(data.rows), scale=alt.Scale(domain=domain, paddingInner=0.25))
    ticks = axes.numbers(max(row["total"] for row in data.rows))
    y = alt.Y(
        "count:Q", title="Incidents", axis=alt.Axis(values=ticks, format="d"), scale=alt.Scale(domain=[0, ticks[-1]])
    )
    legend = alt.Legend(title=None, orient="none", legendX=84, legendY=-25, direction="horizontal")
    scale = alt.Scale(domain=[Severity(name).label for name in severities], range=[colour(name) for name in severities])
    base = alt.Chart(axes.values(row for row in data.rows if row["count"]))
    bars = base.transform_calculate(tip="datum.month + ': ' + datum.count + ' ' + datum.label").mark_bar(
        stroke=colour("ground"), strokeWidth=1, width=axes.bar(len(domain))
    )
    drawn = bars.encode(
        x=x, y=y, color=alt.Color("label:N", scale=scale, legend=legend), order="place:Q", description="tip:N"
    )
    first = {row["month"]: row for row in data.rows if row["total"]}
    totals = alt.Chart(axes.values(first.values())).mark_text(dy=-8, color=colour("quiet"), aria=False)
    return alt.LayerChart(layer=[drawn, totals.encode(x=x, y="total:Q", text="total:Q")], width=WIDTH, height=HEIGHT)
