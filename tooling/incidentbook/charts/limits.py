"""The layers of a control chart that its points lie on: the band of the limits, the centre, and their names at the right."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from incidentbook.charts import axes
from incidentbook.charts.theme import HEIGHT, WIDTH, colour
from incidentbook.frozen import frozen

if TYPE_CHECKING:
    import altair as alt

PLOT = WIDTH - 110  # pixels of the plot, beside which the names stand
_APART = 15  # pixels between two names
_FEW = 60  # points: more are smaller
_NAME, _STOREYS = 0.17, 3  # of the plot: as wide is a name; so many stand one above the other
_EDGE = 0.09  # of the plot: so near to an end the name of a point stands to one side


@frozen
class Line:
    """A value with its name, the same for the whole chart.

    Attributes:
        role: the colour of the line and of its name.
        dash: the dashes of the line; none for a solid one.
        drawn: whether there is a line, or the name only.

    """

    value: float
    name: str
    role: str = "quiet"
    dash: tuple[int, ...] = ()
    drawn: bool = True


def band(low: float, high: float, field: str, opacity: float = 0.22, role: str = "band") -> alt.Chart:
    """Return what lies between two values of the scale of ``field``, from the left to the right of the plot."""
    import altair as alt  # noqa: PLC0415 - drawing only

    drawn: alt.Chart = alt.Chart(axes.values([{field: low, "to": high}])).mark_rect(
        color=colour(role), opacity=opacity, aria=False
    ).encode(x=alt.value(0), x2=alt.value(PLOT), y=f"{field}:Q", y2="to:Q")  # fmt: skip
    return drawn


def rules(lines: Sequence[Line], field: str, place: Callable[[float], float]) -> list[alt.Chart]:
    """Return lines across the plot and their names at its right, apart from one another.

    Args:
        lines: in any order.
        field: the name of the values, whose scale is taken.
        place: where a value lies, in pixels from the top of the plot.

    """
    import altair as alt  # noqa: PLC0415 - drawing only

    layers = []
    for line in (line for line in lines if line.drawn):
        drawn = alt.Chart(axes.values([{field: line.value}])).mark_rule(
            color=colour(line.role), strokeDash=list(line.dash) or [1, 0], strokeWidth=1.2, aria=False
        )
        layers.append(drawn.encode(x=alt.value(0), x2=alt.value(PLOT), y=f"{field}:Q"))
    ordered = sorted(lines, key=lambda line: place(line.value))
    for line, at in zip(ordered, apart([place(line.value) for line in ordered]), strict=True):
        named = alt.Chart(axes.values([{"text": line.name}])).mark_text(
            align="left", baseline="middle", fontSize=11, color=colour(line.role), aria=False
        )
        layers.append(named.encode(x=alt.value(PLOT + 8), y=alt.value(at), text="text:N"))
    return layers


def apart(places: Sequence[float]) -> list[float]:
    """Return places, in their order, moved as little as it takes that no two are closer than a line of text.

    Less its turn times a line, each place has to be at least the one before: the least squares of that are means of neighbours
    that are out of order (pool adjacent violators: Ayer and others, Annals of Mathematical Statistics 26, 1955).
    """
    pools: list[tuple[float, int]] = []  # mean and number
    for turn, place in enumerate(places):
        mean, number = place - turn * _APART, 1
        while pools and pools[-1][0] > mean:
            other, many = pools.pop()
            mean, number = (mean * number + other * many) / (number + many), number + many
        pools.append((mean, number))
    level = [mean for mean, number in pools for _ in range(number)]
    return [mean + turn * _APART for turn, mean in enumerate(level)]


def on_log(least: float, most: float) -> Callable[[float], float]:
    """Return where values lie on the logarithmic axis of `axes.durations`."""
    low, high = axes.ends(least, most)
    return lambda value: HEIGHT * (math.log(high) - math.log(value)) / (math.log(high) - math.log(low))


def look(row: Mapping[str, Any], of: int) -> dict[str, Any]:
    """Return how one ``of`` so many points is drawn: a diamond if unusual, hollow if not over, ringed if one points at it."""
    signal, is_open, pointed = bool(row["signals"]), bool(row.get("open")), bool(row.get("highlight"))
    role = "signal" if signal else "mark"
    return {
        "shape": "triangle-up" if is_open else "diamond" if signal else "circle",
        "fill": colour("ground" if is_open else role),
        "stroke": colour("ink" if pointed else role),
        "size": 170 if pointed else 110 if signal or is_open else 55 if of <= _FEW else 30,
    }


def named(rows: Sequence[Mapping[str, Any]], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the names (``name``) of the rows that have one, each on the side of its point where there is room, if there is.

    Args:
        rows: of the chart, with the time ``x``.
        x: where the points stand.
        y: likewise.

    """
    import altair as alt  # noqa: PLC0415 - drawing only

    times = [dt.datetime.fromisoformat(row["x"]) for row in rows]
    first, whole = min(times), (max(times) - min(times)).total_seconds() or 1.0
    layers: list[alt.Chart] = []
    before, lift = -1.0, 0
    for row, share in sorted(
        ((row, (at - first).total_seconds() / whole) for row, at in zip(rows, times, strict=True)),
        key=lambda pair: pair[1],
    ):
        if not row["name"]:
            continue
        lift = lift + 1 if share - before < _NAME else 0  # one above the other where they would overlap
        if lift >= _STOREYS and not row.get("highlight"):
            continue  # its tooltip says what it is
        before = share
        side: Literal["left", "center", "right"] = (
            "left" if share < _EDGE else "right" if share > 1 - _EDGE else "center"
        )
        mark = alt.Chart(axes.values([row])).mark_text(
            align=side, dy=-13 - _APART * lift, fontSize=11, fontWeight="bold", color=colour("ink"), aria=False
        )
        layers.append(mark.encode(x=x, y=y, text="name:N"))
    return layers


def points(base: alt.Chart) -> alt.Chart:
    """Return the points of rows that `look` has dressed; ``tip`` is what each says when one points at it."""
    import altair as alt  # noqa: PLC0415 - drawing only

    channels = {
        name: getattr(alt, name.capitalize())(f"{name}:{kind}", scale=None, legend=None)
        for name, kind in (("shape", "N"), ("fill", "N"), ("stroke", "N"), ("size", "Q"))
    }
    drawn: alt.Chart = base.mark_point(strokeWidth=1.6).encode(description="tip:N", **channels)
    return drawn
