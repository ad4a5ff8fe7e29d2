"""What the picture of an incident shows, taken from its record: stretches, marks and names, in no place yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import OUTSIDE
from incidentbook.records.time import Moment
from incidentbook.records.vocabulary import MILESTONES

_OUTSIDE = (*OUTSIDE, "regulator")
_AFTERWARDS = "closed"  # paperwork: it may be weeks later, and would press everything else together


@frozen
class Bar:
    """A stretch of time. ``kind`` is a phase's level, ``role`` or ``span``; ``runs`` where nothing says that it ended."""

    start: dt.datetime
    end: dt.datetime
    kind: str
    name: str = ""
    runs: bool = False

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (self.end - self.start).total_seconds()


@frozen
class Scene:
    """All of one incident that has a time.

    Attributes:
        start: where the picture begins; what is earlier is counted.
        end: where it ends; what is later is counted.
        impact: phases, or the whole of the incident where it has none.
        milestones: (when, name), in the order of time.
        entries: of the written timeline.
        outside: messages to the public, customers and regulators.
        inside: messages to everybody else.
        roles: by role, in the order in which they were first held.
        until: what stands at the end of stretches that go on: (when, ``now`` or ``last seen``); None where all have ended.

    """

    start: dt.datetime
    end: dt.datetime
    impact: tuple[Bar, ...] = ()
    milestones: tuple[tuple[Moment, str], ...] = ()
    entries: tuple[Moment, ...] = ()
    outside: tuple[Moment, ...] = ()
    inside: tuple[Moment, ...] = ()
    roles: tuple[tuple[str, tuple[Bar, ...]], ...] = field(default=())
    until: tuple[dt.datetime, str] | None = None


def of(incident: Incident, now: dt.datetime) -> Scene | None:
    """Return what there is to draw; None where the record gives no time at all."""
    milestones = sorted(
        ((moment, name) for name in MILESTONES if (moment := incident.milestone(name))), key=lambda pair: pair[0].at
    )
    until = _until(incident, now)
    limit = until[0] if until else max((moment.at for moment, _ in milestones), default=now)
    phases = tuple(_phases(incident, limit, runs=until is not None))
    entries = tuple(_moments(entry.at for entry in incident.timeline))
    told = [(item.at, item.audience in _OUTSIDE) for item in incident.communications if item.at]
    outside, inside = (tuple(_moments(at for at, wide in told if wide is which)) for which in (True, False))
    core = [moment.at for moment, name in milestones if name != _AFTERWARDS]
    core += [edge for bar in phases for edge in (bar.start, bar.end)] + ([until[0]] if until and core else [])
    around = [moment.at for moment in (*entries, *outside, *inside)]
    spans = core or around or [moment.at for moment, _ in milestones]
    if not spans:
        return None
    start, end = _window(spans, around)
    backwards = (
        incident.seconds_between("started", "resolved") or 0
    ) < 0  # somebody's slip; nothing can be said of its length
    impact = phases or (() if backwards else tuple(_whole(core, until)))
    return Scene(
        start,
        end,
        impact,
        tuple(milestones),
        entries,
        outside,
        inside,
        tuple(_roles(incident, limit, start, end)),
        until,
    )


def _window(spans: list[dt.datetime], around: list[dt.datetime]) -> tuple[dt.datetime, dt.datetime]:
    """Return what to show: the incident itself, and what was noted no further from it than it is long."""
    start, end = min(spans), max(spans)
    reach = max(end - start, dt.timedelta(hours=1))
    near = [moment for moment in around if start - moment <= reach and moment - end <= reach]
    return min([start, *near]), max([end, *near])


def _until(incident: Incident, now: dt.datetime) -> tuple[dt.datetime, str] | None:
    if not incident.is_open:
        return None
    seen = incident.provenance.last_seen if incident.provenance else None
    started = incident.started
    if seen:
        return seen.at, "last seen"
    return (now, "now") if started is None or started <= now else None


def _phases(incident: Incident, limit: dt.datetime, *, runs: bool) -> Iterator[Bar]:
    over = incident.milestone("resolved") or incident.milestone("closed")
    for phase in incident.impact.phases:
        if phase.from_ is None:
            continue
        end = phase.to.at if phase.to else over.at if over else limit
        if end >= phase.from_.at:
            kind = phase.level.value if phase.level else "degraded"
            yield Bar(phase.from_.at, end, kind, kind, runs and phase.to is None)


def _whole(core: list[dt.datetime], until: tuple[dt.datetime, str] | None) -> Iterator[Bar]:
    if core and max(core) > min(core):
        yield Bar(min(core), max(core), "span", "", until is not None)


def _roles(
    incident: Incident, limit: dt.datetime, start: dt.datetime, end: dt.datetime
) -> Iterator[tuple[str, tuple[Bar, ...]]]:
    held: dict[str, list[Bar]] = {}
    for item in incident.roles:
        begin = item.from_.at if item.from_ else start
        last = item.to.at if item.to else limit
        if last >= begin and begin <= end and last >= start:
            bar = Bar(max(begin, start), min(last, end), "role", item.holder, item.to is None and incident.is_open)
            held.setdefault(item.role, []).append(bar)
    yield from ((role, tuple(sorted(bars, key=lambda bar: bar.start))) for role, bars in held.items())


def _moments(found: Iterable[Moment | None]) -> list[Moment]:
    return sorted((moment for moment in found if moment), key=lambda moment: moment.at)
