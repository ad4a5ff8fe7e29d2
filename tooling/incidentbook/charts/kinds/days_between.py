"""Days between the incidents that count as failures: a t chart, which sees a change of rare events sooner than counts do."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from incidentbook.charts import axes, limits
from incidentbook.charts.data import Bar, Data, Row
from incidentbook.charts.theme import HEIGHT
from incidentbook.statistics import control

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.scope import Scope

TITLE = "Days between severe incidents"
ORDER = 40
NEEDS = "9 incidents of the severities that MTBF counts"
_NAME = "days-between"
_DAY = 86400.0


def gather(scope: Scope) -> Data:
    """Take the time from one start to the next of the severities that MTBF counts; the last one's is not over."""
    severities = scope.severities
    labels = " and ".join(severity.label for severity in severities)
    title = f"Days between {labels} incidents"
    definition = f"days from the start of one {labels} incident to that of the next, by the later one"
    known = [
        item for item in scope.ever if item.severity in severities and item.started and item.started < scope.window.end
    ]
    pairs = [
        (after, (after.started - before.started).total_seconds() / _DAY)
        for before, after in pairwise(known)
        if before.started and after.started and scope.window.holds(after.started)
    ]
    inside = scope.counted
    left = {**inside.excluded, "of another severity": sum(item.severity not in severities for item in inside.counted)}
    more: dict[str, Any] = {"n": len(pairs), "left_out": left}
    chart = control.gaps([days for _, days in pairs])
    if chart.refused:
        refused = chart.refused.replace("n = ", f"gaps between {labels} incidents = ", 1)
        return scope.data(_NAME, title, definition, refused=refused, **more)
    rows: list[dict[str, Any]] = [
        {
            "at": scope.wall(item.started or scope.now),
            "id": item.id,
            "days": days,
            "open": False,
            "severity": _label(item),
        }
        | {"signals": list(point.signals), "highlight": item.id == scope.highlight}
        for (item, days), point in zip(pairs, chart.points, strict=True)
    ]
    end = scope.end
    since = (end - (known[-1].started or end)).total_seconds() / _DAY
    rows.append(
        {
            "at": scope.wall(end),
            "id": "",
            "days": since,
            "open": True,
            "severity": "",
            "signals": [],
            "highlight": False,
        }
    )
    first = chart.points[0]
    unusual = [row["id"] for row in rows if row["signals"]]
    told = f"Unusual: {', '.join(unusual)}" if unusual else "No gap is unusual: what differs is noise"
    return scope.data(
        _NAME, title, definition, rows=tuple(rows), lines={"centre": first.centre, "low": first.low, "high": first.high},
        method=f"limits: {chart.method}", bars=tuple(_bar(row) for row in rows),
        reading="the triangle is the time since the last one, which is not over",
        summary=f"{first.centre:.0f} days as a rule, {since:.0f} since the last one; high is good. {told}.", **more,
    )  # fmt: skip


def _label(item: Any) -> str:
    return item.severity.label if item.severity else ""


def _bar(row: Row) -> Bar:
    label = "since then" if row["open"] else f"{row['at'][:10]} {row['id']}"
    return Bar(label, row["days"], f"{row['days']:.1f} days", ", ".join(row["signals"]))


def draw(data: Data) -> alt.LayerChart:
    """Draw a stem for each gap, the band of the limits and the centre."""
    import altair as alt  # noqa: PLC0415 - drawing only

    lines = data.lines
    top = max(row["days"] for row in data.rows)
    ticks = axes.numbers(max(top, min(lines["high"], 2 * top)))
    x = alt.X("x:T", title=None, axis=axes.time(), scale=alt.Scale(type="utc", nice=False, padding=14))
    y = alt.Y("days:Q", title="Days", axis=alt.Axis(values=ticks, format="d"), scale=alt.Scale(domain=[0, ticks[-1]]))
    rows = [
        {
            **row,
            **limits.look(row, len(data.rows)),
            "x": axes.utc(row["at"]),
            "tip": _tip(row),
            "name": row["id"] if _pointed(row) else "",
        }
        for row in data.rows
    ]
    base = alt.Chart(axes.values(rows)).encode(x=x)
    stems = base.mark_rule(strokeWidth=2, opacity=0.45, aria=False).encode(
        y=y, y2=alt.datum(0), color=alt.Color("stroke:N", scale=None, legend=None)
    )
    low, high = lines["low"], min(lines["high"], ticks[-1])
    told = [limits.Line(lines["centre"], f"centre {lines['centre']:.0f} days")]
    told += [
        limits.Line(value, f"limit {value:.1f} days", dash=(4, 3))
        for value in (lines["low"], lines["high"])
        if 0 < value <= ticks[-1]
    ]
    names = limits.rules(told, "days", lambda value: HEIGHT * (1 - value / ticks[-1]))
    drawn = [
        limits.band(low, high, "days"),
        *names,
        stems,
        limits.points(base.encode(y=y)),
        *limits.named(rows, x, y),
    ]
    return alt.LayerChart(layer=drawn, width=limits.PLOT, height=HEIGHT)


def _pointed(row: Row) -> bool:
    return control.BEYOND in row["signals"] or row["highlight"]


def _tip(row: Row) -> str:
    if row["open"]:
        return f"{row['days']:.1f} days since the last one"
    told = f"; {', '.join(row['signals'])}" if row["signals"] else ""
    return f"{row['id']} ({row['severity']}), {row['at'][:10]}: {row['days']:.1f} days after the one before{told}"
