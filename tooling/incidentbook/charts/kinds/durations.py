"""Durations over time: an XmR chart on a logarithmic scale, with the median, and what is unusual marked."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from incidentbook.charts import axes, limits
from incidentbook.charts.data import Bar, Data, Row
from incidentbook.charts.theme import HEIGHT
from incidentbook.durations import sample
from incidentbook.records.time import short
from incidentbook.statistics import control, quantiles
from incidentbook.statistics.survival import survival

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.scope import Scope
    from incidentbook.records.incident import Incident

TITLE = "Durations over time"
ORDER = 20
NEEDS = "8 incidents with a duration"
_NAME = "durations"
_MOST = 300  # points: more are a cloud, and a page of them is slow
_WIDE = 1e4  # times as wide as the points: limits that are not drawn whole


def gather(scope: Scope) -> Data:
    """Take the duration of each incident of the window in the order in which they started, and judge each by its neighbours."""
    definition, counted = scope.duration, scope.population.counted
    name = definition.name or scope.duration_key
    pair = f"{definition.from_} to {definition.to}, by when the incident started"
    whole = sample(counted, definition, scope.now)
    measured: list[tuple[Incident, float, bool]] = []
    for incident in counted:
        own = sample([incident], definition, scope.now)
        measured += [(incident, seconds, False) for seconds in own.seconds]
        measured += [(incident, seconds, True) for seconds in own.lasting if seconds > 0]
    older = max(0, len(measured) - _MOST)
    measured = measured[older:]
    over = [seconds for _, seconds, is_open in measured if not is_open and seconds > 0]
    chart = control.durations(over)
    left = {
        **scope.population.excluded,
        "missing": whole.missing,
        **whole.excluded,
        f"older than the last {_MOST}": older,
    }
    title = f"{name} over time"
    if chart.refused:
        return scope.data(_NAME, title, pair, n=len(over), left_out=left, refused=chart.refused)
    lasting = [seconds for _, seconds, is_open in measured if is_open]
    median = survival(over, lasting).quantile("median") if lasting else quantiles.quantile(over, "median")
    points = iter(chart.points)
    rows: list[dict[str, Any]] = []
    for incident, seconds, is_open in measured:
        if seconds <= 0:
            continue
        point = None if is_open else next(points)
        rows.append(
            {
                "at": scope.wall(incident.started or scope.now), "id": incident.id, "seconds": seconds, "open": is_open,
                "signals": list(point.signals) if point else [], "highlight": incident.id == scope.highlight,
                "severity": incident.severity.label if incident.severity else "",
            }
        )  # fmt: skip
    first = chart.points[0]
    lines = {
        "centre": first.centre, "low": first.low, "high": first.high,
        "median": median.value, "median_low": median.low, "median_high": median.high,
    }  # fmt: skip
    notes = [f"{len(lasting)} not over: as long as they have lasted, and not in the limits"] if lasting else []
    return scope.data(
        _NAME, title, pair, n=len(over), left_out=left, rows=tuple(rows), lines=lines, notes=tuple(notes),
        summary=_summary(name, rows, lines), bars=tuple(_bar(row, min(found["seconds"] for found in rows)) for row in rows),
        method=f"limits: {chart.method}; centre: geometric mean",
        reading="diamonds are unusual, triangles not over; the darker band is the interval of the median",
    )  # fmt: skip


def _summary(name: str, rows: list[dict[str, Any]], lines: dict[str, Any]) -> str:
    unusual = [row["id"] for row in rows if row["signals"]]
    interval = ""
    if lines["median_low"] is not None and lines["median_high"] is not None:
        interval = f" (95 %: {axes.said(lines['median_low'])} to {axes.said(lines['median_high'])})"
    middle = f"Median {name[:1].lower()}{name[1:]} {axes.said(lines['median'])}{interval}. " if lines["median"] else ""
    told = f"Unusual among its own: {', '.join(unusual[-3:])}" if unusual else "None is unusual among its own"
    more = f" and {len(unusual) - 3} more" if len(unusual) > 3 else ""  # noqa: PLR2004
    return f"{middle}{told}{more}."


def _bar(row: Row, least: float) -> Bar:
    mark = ", ".join(row["signals"]) or ("not over" if row["open"] else "")
    return Bar(f"{row['at'][:10]} {row['id']}", math.log(row["seconds"] / least) + 1, short(row["seconds"]), mark)


def draw(data: Data) -> alt.LayerChart:
    """Draw the points, the band between the limits, and the median with its interval."""
    import altair as alt  # noqa: PLC0415 - drawing only

    lines, shown = data.lines, [row["seconds"] for row in data.rows]
    least, most = min(shown), max(shown)
    if lines["high"] / lines["low"] < _WIDE * most / least:  # else a few wild values would leave no room for the points
        least, most = min(least, lines["low"]), max(most, lines["high"])
    low, high = max(lines["low"], least), min(lines["high"], most)
    x = alt.X("x:T", title=None, axis=axes.time(), scale=alt.Scale(type="utc", nice=False, padding=14))
    y = alt.Y("seconds:Q", title=data.title.removesuffix(" over time"), **axes.durations(least, most))
    rows = [
        {**row, **limits.look(row, len(data.rows)), "x": axes.utc(row["at"]), "tip": _tip(row), "name": _name(row)}
        for row in data.rows
    ]
    base = alt.Chart(axes.values(rows)).encode(x=x, y=y)
    told = [
        limits.Line(high, f"limit {axes.said(lines['high'])}", dash=(4, 3)),
        limits.Line(low, f"limit {axes.said(lines['low'])}", dash=(4, 3)),
        limits.Line(lines["centre"], f"centre {axes.said(lines['centre'])}"),
    ]
    layers = [limits.band(low, high, "seconds")]
    if lines["median"]:
        told.append(limits.Line(lines["median"], f"median {axes.said(lines['median'])}", "mark"))
    if lines["median_low"] and lines["median_high"]:
        layers.append(limits.band(lines["median_low"], lines["median_high"], "seconds", 0.4))
    layers += limits.rules(told, "seconds", limits.on_log(least, most))
    drawn = [*layers, limits.points(base), *limits.named(rows, x, y)]
    return alt.LayerChart(layer=drawn, width=limits.PLOT, height=HEIGHT)


def _name(row: Row) -> str:
    return str(row["id"]) if control.BEYOND in row["signals"] or row["highlight"] else ""


def _tip(row: Row) -> str:
    told = f"; {', '.join(row['signals'])}" if row["signals"] else "; not over" if row["open"] else ""
    return f"{row['id']} ({row['severity']}), {row['at'][:10]}: {short(row['seconds'])}{told}"
