"""How long incidents last: the share that is over by then, with its band, and every incident as a tick below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from incidentbook.charts import axes
from incidentbook.charts.data import Bar, Data
from incidentbook.charts.theme import HEIGHT, WIDTH, colour
from incidentbook.durations import sample
from incidentbook.memo import remembered
from incidentbook.records.time import short
from incidentbook.records.vocabulary import Severity
from incidentbook.statistics import families, quantiles
from incidentbook.statistics.intervals import Estimate
from incidentbook.statistics.survival import Survival, survival

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.scope import Scope

TITLE = "How long incidents last"
ORDER = 25
NEEDS = "8 incidents with a duration"
_NAME = "distribution"
_LEAST = 8
_TICKS = 400  # more ticks are one bar
_POINTS = 60  # of the fitted line


def gather(scope: Scope) -> Data:
    """Take the durations of the window's incidents; one that is not over counts as lasting at least so long."""
    definition = scope.duration
    name = definition.name or scope.duration_key
    title = f"{name}: how many are over by when"
    pair = f"{definition.from_} to {definition.to}: share of incidents for which it takes at most so long"
    found = sample(scope.population.counted, definition, scope.now)
    over = sorted(seconds for seconds in found.seconds if seconds > 0)
    lasting = [seconds for seconds in found.lasting if seconds > 0]
    left = {**scope.population.excluded, "missing": found.missing, **found.excluded}
    if len(over) < _LEAST:
        refused = f"n = {len(over)}: a distribution needs {_LEAST} durations"
        return scope.data(_NAME, title, pair, n=len(over), left_out=left, refused=refused)
    curve = survival(over, lasting)
    estimates = {
        which: curve.quantile(which) if lasting else quantiles.quantile(over, which) for which in quantiles.QUANTILES
    }
    rows: list[dict[str, Any]] = [
        {
            "kind": "step", "at": step.at, "share": 1 - step.share, "low": 1 - step.high if step.high is not None else 1.0,
            "high": 1 - step.low if step.low is not None else None,
        }
        for step in curve.steps
    ]  # fmt: skip
    rows += [
        {"kind": "tick", "at": seconds, "id": incident.id, "highlight": incident.id == scope.highlight}
        | {"severity": (incident.severity or Severity.UNCLASSIFIED).value}
        for incident in scope.population.counted[:_TICKS]
        for seconds in sample([incident], definition, scope.now).seconds
        if seconds > 0
    ]
    notes = [f"{len(lasting)} not over: at least as long as they have lasted"] if lasting else []
    family = remembered(scope.memo, "families 1", [over, sorted(lasting)], lambda: _family(over, lasting, curve))
    if family["fits"]:
        rows += [{"kind": "fit", "at": at, "share": share} for at, share in family["curve"]]
        notes.append(
            f"{family['fits'][0]['family']}: at most {100 * family['distance']:.0f} points off what was observed"
        )
    else:
        notes.append(family["words"])
    median, p90 = estimates["median"], estimates["P90"]
    tail = f" One in ten takes longer than {axes.said(p90.value)}." if p90.value else ""
    return scope.data(
        _NAME, title, pair, n=len(over), left_out=left, rows=tuple(rows), notes=tuple(notes),
        lines={which: estimate.plain() for which, estimate in estimates.items()} | {"family": family},
        reading=f"the dotted line is the {family['fits'][0]['family']} that fits best" if family["fits"] else "",
        bars=tuple(_bars(curve)),
        method="band of 95 %: Greenwood, log-log" + (f"; median: {median.method}" if median.method else ""),
        summary=(f"Half are over within {_said(median)}.{tail}" if median.value else "The median is not reached yet.")
        + (f" {family['words'][:1].upper()}{family['words'][1:]}." if family["fits"] else ""),
    )  # fmt: skip


def _family(over: Sequence[float], lasting: Sequence[float], curve: Survival) -> dict[str, Any]:
    """Return which family fits best, in plain data: how far it lies from the curve at most, and points to draw it by."""
    found = families.families(over, lasting)
    plain = {**found.plain(), "words": found.words}
    if found.best is None:
        return plain | {"distance": None, "curve": []}
    low, high = axes.ends(curve.steps[0].at, curve.steps[-1].at)
    times = [low * (high / low) ** (place / _POINTS) for place in range(_POINTS + 1)]
    drawn = zip(times, families.shares(found.best, times), strict=True)
    return plain | {"distance": families.distance(found.best, curve), "curve": [list(point) for point in drawn]}


def _bars(curve: Survival) -> Iterator[Bar]:
    for seconds, text in axes.steps(curve.steps[0].at / 4, curve.steps[-1].at * 4):
        share = 1 - min((step.share for step in curve.steps if step.at <= seconds), default=1.0)
        yield Bar(f"within {text}", share, f"{share:.0%}")


def _said(estimate: Estimate) -> str:
    if estimate.value is None:
        return "N/A"
    if estimate.low is None or estimate.high is None:
        return axes.said(estimate.value)
    return f"{axes.said(estimate.value)} (95 %: {axes.said(estimate.low)} to {axes.said(estimate.high)})"


def draw(data: Data) -> alt.LayerChart:
    """Draw the curve with its band, the median and P90 with their intervals, and a tick for each incident."""
    import altair as alt  # noqa: PLC0415 - drawing only

    steps = [row for row in data.rows if row["kind"] == "step"]
    ticks = [row for row in data.rows if row["kind"] == "tick"]
    least, most = steps[0]["at"], steps[-1]["at"]
    scale = axes.durations(least, most)
    left, right = axes.ends(least, most)
    x = alt.X("at:Q", title=None, **scale)
    y = alt.Y(
        "share:Q", title="Share that is over", axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 0.9, 1], format="%"),
        scale=alt.Scale(domain=[-0.11, 1]),
    )  # fmt: skip
    start = {"kind": "step", "at": left, "share": 0.0, "low": 0.0, "high": steps[0]["high"]}
    curve = alt.Chart(axes.values([start, *steps, {**steps[-1], "at": right}])).encode(x=x)
    band = curve.mark_area(interpolate="step-after", opacity=0.3, color=colour("band"), aria=False).encode(
        y="low:Q", y2="high:Q"
    )
    line = curve.mark_line(interpolate="step-after", aria=False).encode(y=y)
    severities = [severity for severity in Severity if severity.value in {row["severity"] for row in ticks}]
    tips = [
        {**row, "label": Severity(row["severity"]).label, "tip": f"{row['id']}: {short(row['at'])}"} for row in ticks
    ]
    marks = alt.Chart(axes.values(tips)).mark_tick(thickness=2, height=13, opacity=1).encode(
        x=x, y=alt.datum(-0.06), description="tip:N",
        color=alt.Color(
            "label:N",
            scale=alt.Scale(
                domain=[severity.label for severity in severities], range=[colour(item.value) for item in severities]
            ),
            legend=alt.Legend(title=None, orient="none", legendX=150, legendY=-25, direction="horizontal"),
        ),
    )  # fmt: skip
    layers = [band, line, *_fitted(data, x, y), marks, *_quantiles(data, x, y)]
    pointed = [row for row in tips if row["highlight"]]
    if pointed:
        text = alt.Chart(axes.values(pointed)).mark_text(dy=-14, fontSize=11, fontWeight="bold", aria=False)
        layers.append(text.encode(x=x, y=alt.datum(-0.06), text="id:N"))
    return alt.LayerChart(layer=layers, width=WIDTH, height=HEIGHT)


def _fitted(data: Data, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """Yield the line of the family that fits best, if there is one."""
    import altair as alt  # noqa: PLC0415 - drawing only

    points = [row for row in data.rows if row["kind"] == "fit"]
    if points:
        line = alt.Chart(axes.values(points)).mark_line(
            strokeDash=[2, 3], strokeWidth=1.5, color=colour("quiet"), aria=False
        )
        yield line.encode(x=x, y=y)


def _quantiles(data: Data, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return a whisker for the interval of the median and of P90, as far as they have one, and their names."""
    import altair as alt  # noqa: PLC0415 - drawing only

    layers = []
    for which, share in (("median", 0.5), ("P90", 0.9)):
        plain = data.lines[which]
        if plain["value"] is None:
            continue
        row = {"at": plain["value"], "share": share, "low": plain["low"], "high": plain["high"]}
        row["text"] = f"{'half' if which == 'median' else 'nine in ten'}: {axes.said(plain['value'])}"
        base = alt.Chart(axes.values([row]))
        if plain["low"] is not None and plain["high"] is not None:
            whisker = base.mark_rule(strokeWidth=3, opacity=0.75, color=colour("signal"), aria=False)
            layers.append(whisker.encode(x=alt.X("low:Q"), x2="high:Q", y=y))
        dot = base.mark_point(size=80, color=colour("signal"), aria=False)
        layers.append(dot.encode(x=x, y=y))
        name = base.mark_text(
            align="right", dx=-8, dy=-11, fontSize=12, fontWeight="bold", color=colour("ink"), aria=False
        )
        layers.append(name.encode(x=x, y=y, text="text:N"))
    return layers
