"""Evidence for maturity: one check a module, found by its name, each a number that the knowledge base gives.

A module has a docstring, which explains the check, and ``look(asked)``, which returns what it found.
"""

from __future__ import annotations

import datetime as dt
import functools
import importlib
import pkgutil
from types import ModuleType

from incidentbook import metrics, population
from incidentbook.frozen import frozen
from incidentbook.memo import FORGETFUL, Memo
from incidentbook.metrics import Measurement
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.maturity import Computed
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.repository import Repository


@frozen
class Asked:
    """What a check gets: the knowledge base, "now", the stretch of time, and the criterion's own words."""

    repo: Repository
    now: dt.datetime
    window: Window
    computed: Computed
    counted: tuple[Incident, ...]
    measurement: Measurement


@frozen
class Found:
    """What a check found.

    Attributes:
        value: per cent or a count; None where there is nothing to look at.
        n: on how many things it rests.
        of: what was looked at, in words (``incidents that need a post-mortem``).
        cites: what shows it, or speaks against it: ids of records, or paths.
        unit: ``count`` or ``percent``.
        said: the finding in words, where value and unit do not say it well.

    """

    value: float | None
    n: int
    of: str
    cites: tuple[str, ...] = ()
    unit: str = "count"
    said: str = ""

    @classmethod
    def share(cls, hits: int, n: int, of: str, against: list[str]) -> Found:
        """Return a share in per cent, with what speaks against it."""
        return cls(100.0 * hits / n if n else None, n, of, tuple(against), "percent")


@frozen
class Answer:
    """What a check says of a criterion."""

    met: bool
    said: str
    cites: tuple[str, ...]


class Looked:
    """The checks over one knowledge base at one moment; figures of a stretch of time are measured once."""

    def __init__(self, repo: Repository, now: dt.datetime, memo: Memo = FORGETFUL) -> None:
        """Begin; what takes long is looked up in ``memo``."""
        self.repo, self.now, self._memo = repo, now, memo
        self._asked: dict[dt.timedelta, tuple[Window, tuple[Incident, ...], Measurement]] = {}

    def at(self, computed: Computed) -> Answer:
        """Hold what a check finds against what the criterion asks."""
        module = registry().get(computed.check)
        if module is None:
            return Answer(met=False, said=f"there is no check {computed.check!r}", cites=())
        window, counted, measurement = self._of(computed.length)
        found: Found = module.look(Asked(self.repo, self.now, window, computed, counted, measurement))
        if found.value is None:
            return Answer(met=False, said=f"nothing to look at: no {found.of} in {_days(computed)}", cites=())
        asks, met = _asks(computed, found)
        return Answer(met, found.said or f"{_value(found)}; asks for {asks}", found.cites)

    def _of(self, length: dt.timedelta) -> tuple[Window, tuple[Incident, ...], Measurement]:
        if length not in self._asked:
            window = Window(self.now - length, self.now, f"{length.days} days", str(self.repo.zone))
            counted = population.population(self.repo, self.repo.policy(MetricsPolicy), window).counted
            self._asked[length] = window, counted, metrics.measure(self.repo, window, self.now, memo=self._memo)
        return self._asked[length]


def _value(found: Found) -> str:
    if found.unit == "percent":
        return f"{found.of}: {found.value:.0f} % (n = {found.n})"
    return f"{found.of}: {found.value:.0f}"


def _asks(computed: Computed, found: Found) -> tuple[str, bool]:
    assert found.value is not None  # noqa: S101 - asked of what was found only
    unit = " %" if found.unit == "percent" else ""
    if computed.at_most is not None:
        return f"{computed.at_most:g}{unit} at most", found.value <= computed.at_most
    least = 1.0 if computed.at_least is None else computed.at_least
    return f"{least:g}{unit} or more", found.value >= least


def _days(computed: Computed) -> str:
    return f"the last {computed.length.days} days"


@functools.cache
def registry() -> dict[str, ModuleType]:
    """Return every check by its name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name.replace("_", "-"): importlib.import_module(f"{__name__}.{name}") for name in names}
