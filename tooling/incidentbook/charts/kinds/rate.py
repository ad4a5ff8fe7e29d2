"""How often incidents happen: Laney's u' chart of the months, whose limits are as wide as counts truly vary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from incidentbook.charts import axes, limits
from incidentbook.charts.data import Bar, Data, Row
from incidentbook.charts.theme import HEIGHT, colour
from incidentbook.statistics import control

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.scope import Scope

TITLE = "Rate of incidents, month by month"
ORDER = 30
NEEDS = "8 months with records"
_NAME = "rate"
_PER = 30  # days
_DAY = 86400.0


def gather(scope: Scope) -> Data:
    """Count the incidents of each month over its days, and judge each month by all."""
    months = list(scope.months())
    counted = scope.counted.counted
    counts = [sum(month.holds(incident.started) for incident in counted) for month in months]
    days = [month.seconds / _DAY for month in months]
    chart = control.counts(counts, [length / _PER for length in days])
    definition = f"incidents that started in each calendar month, per {_PER} days of it"
    more: dict[str, Any] = {"n": len(counted), "left_out": scope.counted.excluded, "notes": axes.running(months)}
    if chart.refused:
        refused = chart.refused.replace("n = ", "months = ", 1)
        return scope.data(_NAME, TITLE, definition, refused=refused, **more)
    rows: tuple[dict[str, Any], ...] = tuple(
        {"month": month.label, "partial": month.partial, "count": count, "days": length, "rate": point.value}
        | {"centre": point.centre, "low": point.low, "high": point.high, "signals": list(point.signals)}
        for month, count, length, point in zip(months, counts, days, chart.points, strict=True)
    )
    unusual = [row["month"] for row in rows if row["signals"]]
    told = f"Unusual: {', '.join(unusual)}" if unusual else "No month is unusual: what differs is noise"
    centre = chart.points[0].centre
    return scope.data(
        _NAME, TITLE, definition, rows=rows, lines={"centre": centre}, method=f"limits: {chart.method}",
        bars=tuple(_bar(row) for row in rows), summary=f"{centre:.2f} incidents per {_PER} days on average. {told}.", **more,
    )  # fmt: skip


def _bar(row: Row) -> Bar:
    label = f"{row['month']}{'*' if row['partial'] else ''}"
    return Bar(label, row["rate"], f"{row['rate']:.1f}", ", ".join(row["signals"]))


def draw(data: Data) -> alt.LayerChart:
    """Draw the rate of each month with the limits that hold for it."""
    import altair as alt  # noqa: PLC0415 - drawing only

    ticks = axes.numbers(max(max(row["rate"], row["high"]) for row in data.rows))
    x = alt.X("month:O", title=None, axis=axes.months(data.rows))
    y = alt.Y(
        "rate:Q", title=f"Incidents per {_PER} days", axis=alt.Axis(values=ticks, format="d"),
        scale=alt.Scale(domain=[0, ticks[-1]]),
    )  # fmt: skip
    rows = [
        {
            **row,
            **limits.look(row, len(data.rows)),
            "tip": _tip(row),
            "name": row["month"] if control.BEYOND in row["signals"] else "",
        }
        for row in data.rows
    ]
    base = alt.Chart(axes.values(rows)).encode(x=x)
    band = base.mark_area(interpolate="step", opacity=0.22, color=colour("band"), aria=False).encode(
        y="low:Q", y2="high:Q"
    )
    edges = [
        base.mark_line(
            interpolate="step", strokeWidth=1.2, strokeDash=[4, 3], color=colour("quiet"), aria=False
        ).encode(y=f"{name}:Q")
        for name in ("low", "high")
    ]
    line = base.mark_line(strokeWidth=1.4, opacity=0.6, aria=False).encode(y=y)
    named = base.transform_filter("datum.name").mark_text(
        dy=-13, fontSize=11, fontWeight="bold", color=colour("ink"), aria=False
    )
    last = data.rows[-1]
    told = [
        limits.Line(data.lines["centre"], f"average {data.lines['centre']:.2f}"),
        limits.Line(last["high"], f"limit {last['high']:.2f}", drawn=False),
    ]
    names = limits.rules(told, "rate", lambda value: HEIGHT * (1 - value / ticks[-1]))
    drawn = [band, *edges, *names, line, limits.points(base.encode(y=y)), named.encode(y=y, text="name:N")]
    return alt.LayerChart(layer=drawn, width=limits.PLOT, height=HEIGHT)


def _tip(row: Row) -> str:
    told = f"; {', '.join(row['signals'])}" if row["signals"] else ""
    part = f" in {row['days']:.0f} days" if row["partial"] else ""
    return f"{row['month']}: {row['count']}{part}, {row['rate']:.2f} per {_PER} days{told}"
