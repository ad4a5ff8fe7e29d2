"""Action items open and overdue at the end of each month, as Git had them then: the burn-down."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from incidentbook.charts import axes
from incidentbook.charts.data import Bar, Data, Row
from incidentbook.charts.theme import HEIGHT, WIDTH, colour

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.scope import Scope

TITLE = "Action items open and overdue"
ORDER = 60
NEEDS = "the history of the repository"
_NAME = "action-items"
_LATER = "Nothing is known from before the first commit: choose a later --period, or a later --as-of."
_BEGIN = "Post-mortems hold them, under `action_items`; they count from the commit that brings them."


def gather(scope: Scope) -> Data:
    """Take the levels that the scope was given: plain series, oldest first."""
    levels, data = scope.levels, functools.partial(scope.data, of_incidents=False)
    definition = levels.definition if levels and levels.definition else "action items at the end of each stretch"
    if levels is None or levels.refused or not levels.rows:
        refused = (levels.refused if levels else "") or "only the history of the repository knows, and it was not read"
        return data(_NAME, TITLE, definition, refused=refused, advice=levels.advice if levels else "")
    known = [row for row in levels.rows if row["open"] is not None]
    if not known:
        refused = "the history of the repository does not reach back so far"
        return data(_NAME, TITLE, definition, n=levels.items, refused=refused, advice=_LATER)
    if not levels.items:
        return data(_NAME, TITLE, definition, refused="there has never been an action item", advice=_BEGIN)
    rows = tuple(
        {
            "month": row["label"],
            "partial": row["partial"],
            "open": row["open"],
            "overdue": row["overdue"],
            "done": row["done"],
        }
        for row in known
    )
    first, last = rows[0], rows[-1]
    before = f"; {first['open']} open at the end of {first['month']}" if first is not last else ""
    unknown = len(levels.rows) - len(known)
    notes = (f"{axes.count(unknown, 'month')} before the history begins",) if unknown else ()
    stars = tuple(f"{row['month']} is not whole" for row in rows if row["partial"])
    return data(
        _NAME, TITLE, definition, n=levels.items, rows=rows, notes=(*notes, *stars),
        bars=tuple(_bar(row) for row in rows),
        summary=f"{axes.count(last['open'], 'action item')} open at the end of {last['month']}, {last['overdue']} of them "
        f"overdue{before}.",
    )  # fmt: skip


def _bar(row: Row) -> Bar:
    label = f"{row['month']}{'*' if row['partial'] else ''}"
    return Bar(label, row["open"], f"{row['open']}", f"{row['overdue']} overdue" if row["overdue"] else "")


def draw(data: Data) -> alt.LayerChart:
    """Draw what is open as bars, what of it is overdue at their foot, and the number above."""
    import altair as alt  # noqa: PLC0415 - drawing only

    kinds = (("overdue", "Overdue", "signal"), ("in_time", "Open, not overdue", "mark"))
    split: list[dict[str, Any]] = [
        {
            "month": row["month"],
            "place": place,
            "kind": label,
            "count": number,
            "tip": f"{row['month']}: {number} {label.lower()}",
        }
        for row in data.rows
        for place, (key, label, _) in enumerate(kinds)
        for number in [row["overdue"] if key == "overdue" else row["open"] - row["overdue"]]
        if number
    ]
    ticks = axes.numbers(max(1, *(row["open"] for row in data.rows)))
    x = alt.X(
        "month:O", title=None, axis=axes.months(data.rows),
        scale=alt.Scale(domain=[row["month"] for row in data.rows], paddingInner=0.25),
    )  # fmt: skip
    y = alt.Y(
        "count:Q", title="Action items", axis=alt.Axis(values=ticks, format="d"), scale=alt.Scale(domain=[0, ticks[-1]])
    )
    scale = alt.Scale(domain=[label for _, label, _ in kinds], range=[colour(role) for *_, role in kinds])
    legend = alt.Legend(title=None, orient="none", legendX=100, legendY=-25, direction="horizontal")
    bars = alt.Chart(axes.values(split)).mark_bar(stroke=colour("ground"), strokeWidth=1, width=axes.bar(len(data.rows))).encode(
        x=x, y=y, color=alt.Color("kind:N", scale=scale, legend=legend), order="place:Q", description="tip:N"
    )  # fmt: skip
    totals = alt.Chart(axes.values(row for row in data.rows if row["open"])).mark_text(
        dy=-8, color=colour("quiet"), aria=False
    )
    return alt.LayerChart(layer=[bars, totals.encode(x=x, y="open:Q", text="open:Q")], width=WIDTH, height=HEIGHT)
