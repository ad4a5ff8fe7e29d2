"""What charts share: axes of months, times and durations, and how their texts are put."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from incidentbook.periods import Window

if TYPE_CHECKING:
    import altair as alt

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST, _YEAR = 13, 12  # labels on an axis of months; months
_DURATIONS = {
    1: "1 s", 5: "5 s", 15: "15 s", 60: "1 min", 300: "5 min", 900: "15 min", 3600: "1 h", 4 * 3600: "4 h", 43200: "12 h",
    86400: "1 day", 3 * 86400: "3 days", 7 * 86400: "1 week", 30 * 86400: "30 days", 90 * 86400: "90 days",
    365 * 86400: "1 year", 3650 * 86400: "10 years", 36500 * 86400: "100 years",
}  # fmt: skip


def count(number: int, what: str) -> str:
    """Return a number of things: ``1 month``, ``12 months``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def running(months: Sequence[Window]) -> tuple[str, ...]:
    """Return the note on the month that is not over, as far as there is one."""
    return tuple(f"{month.label} is not whole" for month in months if month.partial)


def values(rows: Iterable[Mapping[str, Any]]) -> alt.Data:
    """Return rows as the data of a chart: as text, since Altair copies a chart's data dozens of times, and text is not copied."""
    import altair as alt  # noqa: PLC0415 - drawing only

    text = json.dumps([dict(row) for row in rows])
    return alt.Data(values=text, format=alt.DataFormat(type="json"))  # type: ignore[no-untyped-call] # generated code


def read_back(specification: dict[str, Any]) -> dict[str, Any]:
    """Return a specification whose data are rows again, as people and other tools expect them."""
    sets = specification.get("datasets", {})
    specification["datasets"] = {name: json.loads(found) for name, found in sets.items()}
    waiting: list[Any] = [specification]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("data"), dict):
                node["data"].pop("format", None)
            waiting += (inner for key, inner in node.items() if key not in ("datasets", "data"))
        elif isinstance(node, list):
            waiting += node
    return specification


def months(rows: Iterable[Mapping[str, Any]]) -> alt.Axis:
    """Return an axis of calendar months: few labels, the year where it begins, a star at what is not whole.

    Args:
        rows: with ``month`` (``2024-02``) and ``partial``.

    """
    import altair as alt  # noqa: PLC0415 - drawing only

    partial = {row["month"]: row["partial"] for row in rows}
    found = sorted(partial)
    step = next((size for size in (1, 2, 3, 6, 12, 24, 60) if len(found) / size <= _MOST), 120)
    shown = [label for label in found if (int(label[:4]) * 12 + int(label[5:]) - 1) % step == 0] or found[:1]
    said: dict[str, str | list[str]] = {}
    for place, label in enumerate(shown):
        name = f"{_NAMES[int(label[5:]) - 1]}{'*' if partial[label] else ''}"
        year = place == 0 or shown[place - 1][:4] != label[:4]
        said[label] = label[:4] if step >= _YEAR else [name, label[:4]] if year else name
    return alt.Axis(
        values=shown, labelExpr=f"{json.dumps(said)}[datum.value]", labelAngle=0, labelBaseline="top", ticks=True
    )


def bar(months: int) -> alt.RelativeBandSize:
    """Return how wide a bar is beside so many others: a few stay slim instead of filling the picture."""
    import altair as alt  # noqa: PLC0415 - drawing only

    return alt.RelativeBandSize(band=min(months / _YEAR, 1.0))


def numbers(most: float) -> list[int]:
    """Return the ticks of an axis of whole numbers from 0 to ``most``: six at the most."""
    most = max(most, 1)
    step = next(size for power in range(12) for size in (10**power, 2 * 10**power, 5 * 10**power) if most / size <= 5)  # noqa: PLR2004
    return list(range(0, math.ceil(most / step) * step + 1, step))


def utc(wall: str) -> str:
    """Return a wall-clock time as the UTC time at which an axis shows it, on machines of whatever zone."""
    return f"{wall}Z"


def time() -> alt.Axis:
    """Return an axis of wall-clock times, which `utc` takes for those of UTC; its scale is ``utc``."""
    import altair as alt  # noqa: PLC0415 - drawing only

    day = "utchours(datum.value) || utcdate(datum.value) > 1 ? utcFormat(datum.value, '%-d %b') : "
    year = "[utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"
    month = f"utcmonth(datum.value) && datum.index ? utcFormat(datum.value, '%b') : {year}"
    return alt.Axis(labelExpr=day + month, tickCount=8, ticks=True, labelFlush=False, labelBaseline="top")


def ends(least: float, most: float) -> tuple[float, float]:
    """Return the ends of a logarithmic axis on which ``least`` and ``most`` do not touch the frame."""
    ratio = most / least
    margin = 2.2 if ratio < 4 else max(ratio**0.06, 1.2)  # noqa: PLR2004 - all may be alike, and an axis wants two labels
    return least / margin, most * margin


def steps(least: float, most: float) -> list[tuple[int, str]]:
    """Return the durations between two that people say in a word (15 min, 4 h, 1 day), nine at the most."""
    found = [(seconds, text) for seconds, text in _DURATIONS.items() if least <= seconds <= most]
    while len(found) > 9:  # noqa: PLR2004 - more would touch on an axis
        found = found[::2]
    return found


def durations(least: float, most: float) -> dict[str, Any]:
    """Return scale and axis of durations in seconds on a logarithmic scale, labelled as people say them."""
    import altair as alt  # noqa: PLC0415 - drawing only

    low, high = ends(least, most)
    said = {str(seconds): text for seconds, text in steps(low, high)}
    values = [int(seconds) for seconds in said]
    return {
        "scale": alt.Scale(type="log", domain=[low, high], nice=False),
        "axis": alt.Axis(values=values, labelExpr=f"{json.dumps(said)}['' + datum.value]"),
    }


def said(seconds: float) -> str:
    """Return a duration in short, for the foot of a chart: two units at most."""
    from incidentbook.records.time import short  # noqa: PLC0415

    return short(seconds if seconds < 60 or not math.isfinite(seconds) else round(seconds / 60) * 60)  # noqa: PLR2004
