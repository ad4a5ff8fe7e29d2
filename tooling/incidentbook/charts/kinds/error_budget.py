"""Error budgets over time: what share each service has spent in the window of its objective that ends on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from incidentbook import downtime
from incidentbook.charts import axes
from incidentbook.charts.data import Bar, Data, Row
from incidentbook.charts.theme import WIDTH, colour
from incidentbook.records.policy.services import Objective, Services
from incidentbook.records.time import UTC

if TYPE_CHECKING:
    import altair as alt

    from incidentbook.charts.scope import Scope
    from incidentbook.downtime import Impact

TITLE = "Error budgets"
ORDER = 50
NEEDS = "a service with an objective that lost something"
_NAME = "error-budget"
_GIVE = "Give a service one in policy/services.yml, under `slo`: an `availability` and its `window`."
_DAY = dt.timedelta(days=1)
_POINTS = 190  # of each service: more days than that are told by the worst of several
_HEIGHT = 46  # pixels of a service
_FULL = 100.0  # per cent
_NAMES = 160  # pixels at the right
_COURSE = 26  # columns of a service's course in a terminal
_LEVELS = "▁▂▃▄▅▆▇█"


def gather(scope: Scope) -> Data:
    """Take, for each day, the downtime-equivalent of the objective's window that ends with it over what the objective allows."""
    services = scope.repo.policy(Services)
    policed = {
        slug: item.slo for slug, item in services.services.items() if item.slo and item.slo.availability is not None
    }
    days = _days(scope)
    step = max(-(-len(days) // _POINTS), 1)
    definition = (
        "share of its error budget that a service had spent, in the window of its objective that ended on that day"
        + (f"; the worst of each {step} days" if step > 1 else "")
    )
    counted = scope.population
    silent = sum(1 for item in counted.counted if not item.impact.phases)
    left = {**counted.excluded, "without impact phases": silent}
    more: dict[str, Any] = {"n": len(counted.counted) - silent, "left_out": left}
    if not policed:
        refused = "no service has an objective in policy/services.yml"
        return scope.data(_NAME, TITLE, definition, refused=refused, advice=_GIVE, **more)
    if scope.unknown:
        return scope.data(_NAME, TITLE, definition, refused=scope.unknown, **more)
    impact = downtime.of_repository(scope.repo, scope.now)
    spent = {slug: _spent(impact, slug, slo, days) for slug, slo in policed.items()}
    shown = sorted(
        (slug for slug, found in spent.items() if max(found, default=0) > 0), key=lambda slug: -max(spent[slug])
    )
    if not shown:
        return scope.data(_NAME, TITLE, definition, refused="no service with an objective lost anything", **more)
    quiet = len(policed) - len(shown)
    lost_nothing = (f"{axes.count(quiet, 'service')} with an objective lost nothing",) if quiet else ()
    rows = [
        {"service": services.name(slug), "slug": slug, "day": scope.wall(day), "spent": value}
        for slug in shown
        for day, value in _course(days, spent[slug], step)
    ]
    over = [slug for slug in shown if spent[slug][-1] >= _FULL]
    ever = sum(max(spent[slug]) >= _FULL for slug in shown)
    now = (
        f"{_listed([services.name(slug) for slug in over])} at the end of the time"
        if over
        else "none at the end of the time"
    )
    return scope.data(
        _NAME, TITLE, definition, rows=tuple(rows), lines={slug: spent[slug][-1] for slug in shown},
        notes=lost_nothing, reading="each strip has a scale of its own, on which the dotted line is 100 %",
        bars=tuple(_bar(services.name(slug), spent[slug]) for slug in shown),
        summary=f"{ever} of {len(policed)} services with an objective overspent at some time: {now}.", **more,
    )  # fmt: skip


def _days(scope: Scope) -> list[dt.datetime]:
    """Return the ends of the days of the window, counted back from its end; none before the first record."""
    month = next(scope.months(), None)
    if month is None:
        return []
    begins = month.start
    end = scope.end.astimezone(UTC)
    number = max(int((end - begins) / _DAY), 1)
    return [end - back * _DAY for back in range(number - 1, -1, -1)]


def _spent(impact: Impact, slug: str, objective: Objective, days: Sequence[dt.datetime]) -> list[float]:
    """Return the share spent on each day, in per cent; downtime adds up, so whole days are looked at once."""
    allowed = (1 - (objective.availability or 0.0) / 100.0) * objective.length.total_seconds()
    if allowed <= 0:
        return [0.0] * len(days)
    if objective.length % _DAY:
        return [100.0 * _lost(impact, slug, day - objective.length, day) / allowed for day in days]
    back = objective.length // _DAY
    earlier = [days[0] - number * _DAY for number in range(back, 0, -1)]
    sums = [0.0, *accumulate(_lost(impact, slug, day - _DAY, day) for day in (*earlier, *days))]
    return [100.0 * max(0.0, sums[place + back + 1] - sums[place + 1]) / allowed for place in range(len(days))]


def _course(days: Sequence[dt.datetime], spent: Sequence[float], step: int) -> list[tuple[dt.datetime, float]]:
    """Return the worst of each ``step`` days, without those that lie on a level line between their neighbours."""
    ends = [min(first + step, len(days)) - 1 for first in range(0, len(days), step)]
    worst = [round(max(spent[max(0, end - step + 1) : end + 1]), 3) for end in ends]
    return [
        (days[end], worst[place])
        for place, end in enumerate(ends)
        if not 0 < place < len(ends) - 1 or not worst[place - 1] == worst[place] == worst[place + 1]
    ]


def _lost(impact: Impact, slug: str, start: dt.datetime, end: dt.datetime) -> float:
    parts = impact.during(slug, start, end)
    return downtime.downtime(parts, start, end) if parts else 0.0


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _bar(name: str, spent: Sequence[float]) -> Bar:
    """Return the line of a service in a terminal: its course, then how it stands and the worst."""
    width = min(_COURSE, len(spent))
    worst = [max(spent[len(spent) * at // width : len(spent) * (at + 1) // width]) for at in range(width)]
    course = "".join(_LEVELS[min(7, int(value / max(_FULL, *worst) * 7.999))] if value else "·" for value in worst)
    return Bar(name, None, course, f"{spent[-1]:.0f} % now, {max(spent):.0f} % at worst")


def draw(data: Data) -> alt.VConcatChart:
    """Draw a strip for each service, the worst first, in which 100 % of its budget is a line; what is beyond stands out."""
    import altair as alt  # noqa: PLC0415 - drawing only

    by_service: dict[str, list[Row]] = {}
    for row in data.rows:
        by_service.setdefault(row["service"], []).append(row)
    strips = [
        _strip(name, rows, last=place == len(by_service) - 1) for place, (name, rows) in enumerate(by_service.items())
    ]
    return alt.vconcat(*strips, spacing=10)


def _strip(name: str, rows: Sequence[Row], *, last: bool) -> alt.LayerChart:
    import altair as alt  # noqa: PLC0415 - drawing only

    worst, now = max(row["spent"] for row in rows), rows[-1]["spent"]
    x = alt.X(
        "x:T", title=None, scale=alt.Scale(type="utc", nice=False),
        axis=axes.time() if last else alt.Axis(labels=False, ticks=False, domain=True),
    )  # fmt: skip
    y = alt.Y("kept:Q", axis=None, scale=alt.Scale(domain=[0, max(_FULL, worst) * 1.04], nice=False))
    points = [
        {
            **row,
            "x": axes.utc(row["day"]),
            "kept": min(row["spent"], _FULL),
            "full": _FULL,
            "over": max(row["spent"], _FULL),
        }
        for row in rows
    ]
    base = alt.Chart(axes.values(points)).encode(x=x)
    within = base.mark_area(opacity=0.6, color=colour("mark"), aria=False).encode(y=y)
    beyond = base.mark_area(color=colour("signal"), aria=False).encode(y="full:Q", y2="over:Q")
    full = alt.Chart(axes.values([{"full": _FULL}])).mark_rule(color=colour("ink"), strokeDash=[2, 3], aria=False)
    told = [
        alt.Chart(axes.values([{"text": text}]))
        .mark_text(align="left", baseline="middle", fontSize=11, color=role, dy=dy, limit=_NAMES, aria=False)
        .encode(x=alt.value(WIDTH - _NAMES + 8), y=alt.value(_HEIGHT / 2), text="text:N")
        for text, role, dy in ((name, colour("ink"), -8), (f"{now:.0f} %, at worst {worst:.0f} %", _role(now), 8))
    ]
    drawn = [within, beyond, full.encode(y="full:Q"), *told]
    return alt.LayerChart(layer=drawn, width=WIDTH - _NAMES, height=_HEIGHT)


def _role(now: float) -> str:
    return colour("signal" if now >= _FULL else "quiet")
