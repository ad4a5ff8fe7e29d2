"""Metrics: one a module, found by name. Each yields figures for one window of one population of incidents.

A module has ``ORDER``, in which figures are shown, ``GROUP``, the heading above them, and ``compute(scope)``. ``WHOLE = True``
says that its figures are about everything together, so that they are not told by slice. ``KEYS``, where there are, are what the
keys of its figures are or begin with, before a dot: who wants others does not ask it.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.metadata import entry_points
from types import ModuleType
from typing import Any, TypeVar

from incidentbook import downtime, hindsight, slices
from incidentbook.figures import Figure
from incidentbook.frozen import frozen
from incidentbook.memo import FORGETFUL, Memo, remembered
from incidentbook.periods import Window, month_of
from incidentbook.population import Everybody, Population
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.vocabulary import Severity
from incidentbook.repository import Repository
from incidentbook.statistics import proportions
from incidentbook.statistics.intervals import Estimate
from incidentbook.watch import Watch

T = TypeVar("T")


def counted_until(repo: Repository, now: dt.datetime) -> dt.datetime:
    """Return up to when policy's numbers by calendar month were counted: when it was written, but no later than figures go.

    A month that is over at that time was counted whole, wherever in it ``now`` lies.
    """
    return min(repo.own_now or now, month_of(now, repo.zone).end)


class Whole:
    """What all windows and slices of one knowledge base (or view) at one "now" share, so that it is worked out once."""

    def __init__(self, repo: Repository, now: dt.datetime, memo: Memo = FORGETFUL) -> None:
        """Begin; what is later than ``now`` is not looked at, and what takes long is looked up in ``memo``."""
        self.repo, self.now, self.memo = hindsight.until(repo, now, memo), now, memo
        self.policy = repo.policy(MetricsPolicy)
        self.counted_until = counted_until(repo, now)
        self.known: dict[str, Any] = {}

    @functools.cached_property
    def everybody(self) -> Everybody:
        """Every incident, in the order of time."""
        return Everybody(self.repo, self.policy)

    @functools.cached_property
    def impact(self) -> downtime.Impact:
        """The impact of every incident that policy counts."""
        return downtime.of_repository(self.repo, self.now)


class Scope:
    """What a metric gets: the knowledge base (or a view of it), one window, "now", and perhaps which incidents only."""

    def __init__(self, whole: Whole, window: Window, holds: Callable[[Incident], bool] | None = None) -> None:
        """Begin; only incidents that ``holds`` accepts are in any population."""
        self.repo, self.now, self.policy = whole.repo, whole.now, whole.policy
        self.window, self._whole, self._holds = window, whole, holds
        self._populations: dict[object, Population] = {}
        self.population = self.population_of(window)

    @property
    def counted_until(self) -> dt.datetime:
        """Up to when policy's numbers by calendar month were counted."""
        return self._whole.counted_until

    @property
    def narrowed(self) -> bool:
        """Whether only some incidents are looked at, as for a slice."""
        return self._holds is not None

    @property
    def impact(self) -> downtime.Impact:
        """The impact of every incident of the knowledge base that policy counts."""
        return self._whole.impact

    @property
    def watch(self) -> Watch:
        """Since when incidents have been taken down in the whole knowledge base."""
        return self._whole.everybody.watch

    def lost(self, service: str | None, window: Window) -> downtime.Lost:
        """Return what a service, or any for None, lost in the part of a window of which records tell."""
        told = self.watch.of(window)
        if told is None:
            return downtime.UNKNOWN
        return downtime.lost(self.impact, service, told, self.population_of(told).counted)

    def remembered(self, what: str, values: object, make: Callable[[], Any]) -> Any:
        """Return what ``make`` computes from ``values`` (plain data) by the method called ``what``, or computed earlier."""
        return remembered(self._whole.memo, what, values, make)

    def once(self, what: str, make: Callable[[], T]) -> T:
        """Return what ``make`` finds in the whole knowledge base, whatever the window; windows of one series share it."""
        known = self._whole.known
        if what not in known:
            known[what] = make()
        found: T = known[what]
        return found

    def share(self, successes: int, trials: int) -> Estimate:
        """Return a proportion, as a fraction, with its interval."""
        plain = self.remembered(
            "proportion 1", [successes, trials], lambda: proportions.proportion(successes, trials).plain()
        )
        return Estimate(**plain)

    def population_of(self, window: Window, severities: Collection[Severity] | None = None) -> Population:
        """Return the population of another window, or of some severities only."""
        key = window.start, window.end, None if severities is None else tuple(severities)
        if key not in self._populations:
            self._populations[key] = self._whole.everybody.within(window, severities, self._holds)
        return self._populations[key]


@frozen
class Measurement:
    """All figures of one window, or of one slice of it; ``to_come``: whether "now" is later than what the files know of."""

    window: Window
    now: dt.datetime
    commit: str
    figures: tuple[Figure, ...]
    unstarted: int = 0
    slice: str = ""
    to_come: bool = False

    def figure(self, key: str) -> Figure | None:
        """Return the figure with that key."""
        return next((figure for figure in self.figures if figure.key == key), None)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON."""
        return {
            "window": self.window.plain(),
            "slice": self.slice or None,
            "as_of": self.now.isoformat().replace("+00:00", "Z"),
            "commit": self.commit,
            "records_without_a_start": self.unstarted,
            "figures": [figure.plain() for figure in self.figures],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any], commit: str, *, to_come: bool = False) -> Measurement:
        """Return the measurement that ``plain`` gave, computed from ``commit``."""
        figures = tuple(Figure.from_plain(figure) for figure in plain["figures"])
        window, now = Window.from_plain(plain["window"]), dt.datetime.fromisoformat(plain["as_of"])
        return cls(window, now, commit, figures, plain["records_without_a_start"], plain["slice"] or "", to_come)


def measure(
    repo: Repository, window: Window, now: dt.datetime, commit: str = "", memo: Memo = FORGETFUL
) -> Measurement:
    """Compute every metric for one window.

    Args:
        repo: the knowledge base, or a view: aggregates count only the records that it shows.
        window: what the figures are about.
        now: what is open or overdue is so at this instant.
        commit: what the figures were computed from, to be printed with them.
        memo: keeps what takes long to compute.

    """
    return next(series(repo, [window], now, commit, memo))


def sliced(
    repo: Repository, window: Window, now: dt.datetime, commit: str, dimension: str, memo: Memo = FORGETFUL
) -> list[Measurement]:
    """Compute the metrics of incidents for each slice of one window, the largest first; severities from the worst on.

    Metrics of the whole (``WHOLE = True`` in their module: availability, budgets, action items) cannot be told by slice.

    Args:
        repo: the knowledge base, or a view.
        window: what the figures are about.
        now: what is open is so at this instant.
        commit: what the figures were computed from.
        dimension: one of `slices.DIMENSIONS`. Where `slices.overlap` says so, one incident may be in several slices.
        memo: keeps what takes long to compute.

    Raises:
        KeyError: there is no such dimension.

    """
    if dimension not in slices.DIMENSIONS:
        raise KeyError(dimension)
    modules = [module for module in registry() if not getattr(module, "WHOLE", False)]
    whole = Whole(repo, now, memo)
    found: list[Measurement] = []
    for part in slices.slices(repo, whole.everybody.within(window).counted, dimension):

        def holds(incident: Incident, label: str = part.label) -> bool:
            return label in slices.labels(repo, incident, dimension)

        figures = _figures(Scope(whole, window, holds), modules)
        found.append(Measurement(window, now, commit, figures, slice=part.name, to_come=repo.is_to_come(now)))
    return found


def _figures(scope: Scope, modules: Iterable[ModuleType], keys: Collection[str] = ()) -> tuple[Figure, ...]:
    """Return the figures of these metrics, or only those of these ``keys``: others are computed only where they come before."""
    found: list[Figure] = []
    left = set(keys)
    for module in modules:
        here = [key for key in left if _gives(module, key)]
        if here or not keys:
            found += _computed(scope, module, here)
            left.difference_update(figure.key for figure in found)
    return tuple(figure for figure in found if not keys or figure.key in keys)


def _computed(scope: Scope, module: ModuleType, keys: Collection[str]) -> Iterator[Figure]:
    """Yield the figures of a metric with their window and group, up to the last of ``keys`` where there are some."""
    left = set(keys)
    for figure in module.compute(scope):
        group = figure.group or getattr(module, "GROUP", "Other")
        yield replace(figure, window=figure.window or scope.window, group=group)
        left.discard(figure.key)
        if keys and not left:
            break


def _gives(module: ModuleType, key: str) -> bool:
    known: Collection[str] | None = getattr(module, "KEYS", None)
    return known is None or key.partition(".")[0] in known


def identity() -> str:
    """Return what stands for the metrics that are installed: those of other packages and their versions."""
    points = entry_points(group="incidentbook.metrics")
    return ", ".join(sorted(f"{point.value} {point.dist.version if point.dist else ''}" for point in points))


@functools.cache
def registry() -> tuple[ModuleType, ...]:
    """Return every metric's module, in the order in which they are shown (``ORDER``, then name)."""
    names = (
        f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")
    )
    modules = [importlib.import_module(name) for name in sorted(names)]
    modules += [point.load() for point in sorted(entry_points(group="incidentbook.metrics"), key=lambda p: p.name)]
    return tuple(sorted(modules, key=lambda module: (module.ORDER, module.__name__)))


def series(
    repo: Repository,
    windows: list[Window],
    now: dt.datetime,
    commit: str = "",
    memo: Memo = FORGETFUL,
    *,
    keys: Collection[str] = (),
) -> Iterator[Measurement]:
    """Yield the measurements of several windows, in their order: all figures, or only those of these ``keys``."""
    whole = Whole(repo, now, memo)
    for window in windows:
        figures = _figures(Scope(whole, window), registry(), keys)
        yield Measurement(window, now, commit, figures, whole.everybody.unstarted, to_come=repo.is_to_come(now))
