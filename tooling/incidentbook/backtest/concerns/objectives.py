"""Service-level objectives: which windows fall below one objective and not below the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from incidentbook import assessment, costs, downtime
from incidentbook.backtest.bench import Bench, Side
from incidentbook.backtest.model import Judged, tally
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Objective, Services
from incidentbook.records.time import parse_duration
from incidentbook.repository import Repository

ORDER = 60
TITLE = "Service-level objectives"
POLICY = "services"
NOTE = (
    "Calendar months in which a service was hit (what is left of a running one counts as up); an objective whose window changed, "
    "and with --windows own each, is judged over its own window at the end of each incident."
)
MISSED, KEPT, NONE = "missed", "kept", "without an objective"


class _Level(NamedTuple):
    """What a service gave over one end's window, in per cent, and what was asked of it."""

    actual: float
    asked: float | None
    span: str

    @property
    def answer(self) -> str:
        if self.asked is None:
            return NONE
        return MISSED if self.actual < self.asked else KEPT


def reads(house: Repository) -> Any:
    """Return the objectives, and how phases are weighed and which incidents count."""
    metrics, services = house.policy(MetricsPolicy), house.policy(Services).services
    levels = {slug: service.slo for slug, service in services.items() if service.slo}
    return levels, metrics.availability, metrics.exclude


def judge(bench: Bench) -> Iterator[Judged]:
    """Yield an answer for each service and window of it."""
    for slug in sorted(_services(bench.before) | _services(bench.after)):
        slos = [_slo(side, slug) for side in bench.sides]
        windows = {slo.window for slo in slos if slo is not None}
        if bench.own_windows or len(windows) > 1:
            yield from _own(slug, slos, bench)
        else:
            yield from _months(slug, slos, bench)


def say(judged: Sequence[Judged]) -> Iterator[str]:
    """Yield in how many windows the objective of a service would be missed or kept."""
    yield from tally(judged, "objectives")


def _services(side: Side) -> set[str]:
    return {slug for slug, service in side.policy(Services).services.items() if service.slo}


def _slo(side: Side, slug: str) -> Objective | None:
    service = side.policy(Services).services.get(slug)
    return service.slo if service else None


def _months(slug: str, slos: Sequence[Objective | None], bench: Bench) -> Iterator[Judged]:
    name = bench.after.policy(Services).name(slug)
    for month in costs.months([part for side in bench.sides for part in side.segments(slug)], bench.zone):
        ends = zip(bench.sides, slos, strict=True)
        levels = [_level(side, slug, slo, month.start, month.end) for side, slo in ends]
        shares = (
            downtime.by_incident(side.impact.during(slug, month.start, month.end), month.start, month.end)
            for side in bench.sides
        )
        hit = tuple(sorted({incident for share in shares for incident in share}))
        running = " (running)" if month.end > bench.now else ""
        label = f"{name}, {month.label}{running}"
        yield _judged(hit, levels, label, f"{name} by month", bench.day(month.start))


def _own(slug: str, slos: Sequence[Objective | None], bench: Bench) -> Iterator[Judged]:
    name = bench.after.policy(Services).name(slug)
    hit = {part.incident for side in bench.sides for part in side.segments(slug)}
    for incident in bench.records.all_incidents():
        if incident.id not in hit:
            continue
        end = min(assessment.last_impact(incident) or bench.now, bench.now)
        levels = []
        for side, slo in zip(bench.sides, slos, strict=True):
            length = parse_duration(slo.window if slo else "") or dt.timedelta(days=30)
            level = _level(side, slug, slo, end - length, end)
            levels.append(level._replace(span=f" over {slo.window}" if slo else ""))
        label, group = f"{name}, to {bench.day(end)}", f"{name} by its own window"
        yield _judged((incident.id,), levels, label, group, bench.day(incident.started))


def _level(side: Side, slug: str, slo: Objective | None, start: dt.datetime, end: dt.datetime) -> _Level:
    actual = downtime.availability(side.impact.during(slug, start, end), start, end)
    return _Level(actual, slo.availability if slo else None, "")


def _judged(
    incidents: tuple[str, ...], levels: Sequence[_Level], about: str, group: str, day: dt.date | None
) -> Judged:
    one, other = levels
    got = [f"{level.actual:.3f} %{level.span}" for level in levels]
    asked = [f"{level.asked:g} %" if level.asked is not None else "none" for level in levels]
    said = got[0] if got[0] == got[1] else f"{got[0]} → {got[1]}"
    return Judged(
        incidents, one.answer, other.answer, f"{said}; objective {asked[0]} → {asked[1]}",
        (one.answer == MISSED) != (other.answer == MISSED), about=about, group=group, day=day,
    )  # fmt: skip
