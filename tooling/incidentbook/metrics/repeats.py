"""What came back: factors at work in several incidents, and incidents with a factor against which an action had been closed.

A factor that comes back says where the system is weak, not who failed: "Monitoring gap" in five incidents is five places.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator

from incidentbook import slices
from incidentbook.figures import Figure
from incidentbook.frozen import frozen
from incidentbook.metrics import Scope
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.time import end_of_day
from incidentbook.repository import id_key

ORDER = 90
GROUP = "Learning"
_TWICE = 2


@frozen
class Closed:
    """An action item that was finished against a factor.

    Attributes:
        item: its id.
        day: on which it was done.
        at: the first instant after the day on which it was done.
        incidents: those that its post-mortem is about.
        services: what these hit.

    """

    item: str
    day: dt.date
    at: dt.datetime
    incidents: tuple[str, ...]
    services: frozenset[str]


@frozen
class Again:
    """A finished item whose question is open again: incidents with a factor that it is against started after it was done.

    Attributes:
        item: its id.
        day: on which it was done.
        factors: those that came back.
        incidents: the ids of those of the window that hit a service which the item's own incidents hit, oldest first.

    """

    item: str
    day: dt.date
    factors: tuple[str, ...]
    incidents: tuple[str, ...]


def again(scope: Scope) -> list[Again]:
    """Return the items behind the figure `recurrence`, the one with the most incidents first."""
    closed, _ = scope.once("closed by factor", lambda: _closed(scope))
    found: dict[str, tuple[Closed, dict[str, None], dict[str, None]]] = {}
    for incident in scope.population.counted:
        for factor in _factors(scope, incident):
            for one in _before(incident, closed.get(factor, []), alike=True):
                _, factors, incidents = found.setdefault(one.item, (one, {}, {}))
                factors[factor] = incidents[incident.id] = None
    told = [Again(name, one.day, tuple(factors), tuple(hits)) for name, (one, factors, hits) in found.items()]
    return sorted(told, key=lambda one: (-len(one.incidents), id_key(one.item)))


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the factors that came back within the exposure, then the share of the window's incidents that should not have."""
    yield _repeated(scope)
    yield from _recurred(scope)


def _repeated(scope: Scope) -> Figure:
    exposure = scope.policy.mtbf
    window = Window(
        scope.window.end - exposure.exposure_length,
        scope.window.end,
        f"exposure of {exposure.exposure}",
        scope.window.zone,
    )
    population = scope.population_of(window)
    found = Counter(factor for incident in population.counted for factor in _factors(scope, incident))
    nameless = sum(1 for incident in population.counted if not _factors(scope, incident))
    names = scope.repo.policy(Factors)
    often = sorted(
        ((count, factor) for factor, count in found.items() if count >= _TWICE), key=lambda pair: (-pair[0], pair[1])
    )
    named = len(population.counted) - nameless
    return Figure(
        "repeat-factors",
        "Factors that came back",
        "count",
        len(often) if named else None,
        "contributing factors that post-mortems found in two or more incidents of the exposure, with the number of incidents",
        n=named,
        missing=nameless,
        excluded=population.excluded,
        parts={names.name(factor): count for count, factor in often},
        window=window,
    )


def _recurred(scope: Scope) -> Iterator[Figure]:
    closed, undated = scope.once("closed by factor", lambda: _closed(scope))
    yield _share(scope, closed, undated, "recurrence", alike=True)
    yield _share(scope, closed, undated, "recurrence.any-service", alike=False)


def _share(scope: Scope, closed: dict[str, list[Closed]], undated: int, key: str, *, alike: bool) -> Figure:
    names = scope.repo.policy(Factors)
    analysed = [incident for incident in scope.population.counted if _factors(scope, incident)]
    parts: dict[str, int] = {}
    said: list[str] = []
    for incident in analysed:
        found = {factor: _before(incident, closed.get(factor, []), alike=alike) for factor in _factors(scope, incident)}
        before = {factor: items for factor, items in found.items() if items}
        items = list(dict.fromkeys(one.item for some in before.values() for one in some))
        parts |= {incident.id: len(items)} if items else {}
        said += [f"{incident.id} ({', '.join(map(names.name, before))}) after {', '.join(items)}"] if items else []
    where = " and a service that they share" if alike else ", whatever services were hit"
    return Figure.estimated(
        key, f"Incidents after an action was closed{'' if alike else ', any service'}", "percent",
        scope.share(len(parts), len(analysed)),
        "incidents of the window with a factor against which an action item of another post-mortem had been done before they "
        f"started{where}; by incident the number of items",
        missing=len(scope.population.counted) - len(analysed), excluded=scope.population.excluded, parts=parts,
        note="; ".join([*said, *([f"{undated} finished items name no day and are passed over"] if undated else [])]),
        detail=not alike,
    )  # fmt: skip


def _factors(scope: Scope, incident: Incident) -> list[str]:
    return [factor for factor in slices.labels(scope.repo, incident, "factor") if factor != slices.NONE]


def _closed(scope: Scope) -> tuple[dict[str, list[Closed]], int]:
    """Return the finished items by the factor that they are against, and how many of those name no day."""
    found: dict[str, list[Closed]] = defaultdict(list)
    undated = 0
    for entry, _, item in scope.repo.action_items():
        if entry.record is None or item.status is None or not item.status.finished or not item.factors:
            continue
        if item.completed is None:
            undated += 1
            continue
        known = filter(None, map(scope.repo.incident, entry.record.incidents))
        services = frozenset(slug for incident in known for slug in incident.services)
        done = Closed(
            item.id, item.completed, end_of_day(item.completed, scope.repo.zone), entry.record.incidents, services
        )
        for factor in dict.fromkeys(item.factors):
            found[factor].append(done)
    return found, undated


def _before(incident: Incident, closed: list[Closed], *, alike: bool) -> list[Closed]:
    """Return the items that were done on a day before the incident started, of other post-mortems than its own."""
    started = incident.started
    return [
        one
        for one in closed
        if started is not None
        and one.at <= started
        and incident.id not in one.incidents
        and not (alike and one.services.isdisjoint(incident.services))
    ]
