"""Error budgets: what each objective allows in downtime, how much of it is spent and by which incident, and what follows.

An objective of 99.9 % over 30 days allows 0.1 % of them, 43 min 12 s, to be lost. The burn rate is how fast the budget goes
against the speed that would use it up exactly over the objective's window; it is taken over the last tenth of that window, as
the "Site Reliability Workbook" (Beyer and others, 2018, chapter 5) does for slow burns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from incidentbook.downtime import Lost
from incidentbook.figures import Figure
from incidentbook.frozen import frozen
from incidentbook.metrics import Scope
from incidentbook.periods import Window
from incidentbook.records.policy.services import Consequence, Objective, Services

ORDER = 42
GROUP = "Reliability"
WHOLE = True
_PLACES = 9  # 100 - 99.9 is not 0.1 in binary, and a budget that is spent exactly is spent


@frozen
class Budget:
    """The error budget of one objective over its window.

    Attributes:
        window: the objective's, which ends with the window that is measured.
        allowed: seconds of downtime-equivalent that the objective leaves.
        lost: what was lost in the window.
        lately: its last tenth.
        recent: what was lost in that.

    """

    window: Window
    allowed: float
    lost: Lost
    lately: Window
    recent: Lost

    @property
    def burn(self) -> float | None:
        """How many times as fast as the objective allows it went lately; None where nobody can say."""
        if not (self.lost.known and self.recent.known and self.allowed > 0):
            return None
        return (self.recent.seconds / self.lately.seconds) / (self.allowed / self.window.seconds)

    @property
    def spent(self) -> float | None:
        """The share that is spent, in per cent, above 100 where more is; None where nobody can say, or there is none."""
        known = self.lost.known and self.allowed > 0
        return round(100.0 * self.lost.seconds / self.allowed, _PLACES) if known else None

    @property
    def left(self) -> float | None:
        """Seconds that are left; below zero where more is spent."""
        return self.allowed - self.lost.seconds if self.lost.known else None

    @property
    def shares(self) -> dict[str, float]:
        """The share that each incident spent, in per cent, the largest first."""
        if self.spent is None:
            return {}
        ordered = sorted(self.lost.shares.items(), key=lambda pair: (-pair[1], pair[0]))
        return {incident: round(100.0 * seconds / self.allowed, 2) for incident, seconds in ordered}


def budget(scope: Scope, slug: str, objective: Objective) -> Budget:
    """Return the budget of a service's objective, over its own window up to the end of the measured one."""
    promised = round(100.0 - (objective.availability or 0.0), _PLACES) / 100.0
    window, lately = (_ending(scope.window, length) for length in (objective.length, objective.length / 10))
    return Budget(window, promised * window.seconds, scope.lost(slug, window), lately, scope.lost(slug, lately))


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield spent share (with each incident's part), rest and burn rate of each budget, then what policy says follows."""
    services = scope.repo.policy(Services)
    follows: dict[str, list[str]] = {}
    judged = reached = 0
    policed = False
    for slug, service in services.services.items():
        objective = service.slo
        if objective is None or objective.availability is None:
            continue
        found, name = budget(scope, slug, objective), services.name(slug)
        consequences = services.consequences_of(objective)
        policed |= bool(consequences)
        judged += found.spent is not None
        said = [f"at {item.at_spent_pct:g} %: {item.then}" for item in consequences if _reached(found, item)]
        reached += bool(said)
        for text in said:
            follows.setdefault(text, []).append(name)
        yield from _figures(slug, name, objective, found, f"reached {'; '.join(said)}" if said else "")
    if policed:
        yield Figure(
            "slo-consequences", "Budgets with consequences", "count", reached if judged else None,
            "services whose error budget is spent so far that `policy/services.yml` says what follows",
            n=judged, note="; ".join(f"{', '.join(names)} {text}" for text, names in follows.items()),
        )  # fmt: skip


def _reached(found: Budget, consequence: Consequence) -> bool:
    return found.spent is not None and consequence.at_spent_pct is not None and found.spent >= consequence.at_spent_pct


def _figures(slug: str, name: str, objective: Objective, found: Budget, note: str) -> Iterator[Figure]:
    allows = f"{100.0 - (objective.availability or 0.0):.4g} % of {objective.window}"
    quiet = found.lost.known and not (found.lost.shares or found.lost.silent)
    n, missing = len(found.lost.shares), found.lost.silent
    if not found.allowed > 0:
        note = "an objective of 100 % leaves no budget"
    yield Figure(
        f"error-budget.{slug}", f"Budget spent, {name}", "percent", found.spent,
        "downtime-equivalent inside the objective's window divided by what the objective allows to be lost in it",
        n=n, missing=missing, note=f"{allows} allowed{f'; {note}' if note else ''}", parts=found.shares, part_unit="percent",
        window=found.window, detail=quiet,
    )  # fmt: skip
    yield Figure(
        f"error-budget-left.{slug}", f"Budget left, {name}", "seconds", found.left,
        "what the objective allows to be lost less the downtime-equivalent inside its window",
        n=n, missing=missing, window=found.window, detail=True,
    )  # fmt: skip
    yield Figure(
        f"burn-rate.{slug}", f"Burn rate, {name}", "times", found.burn,
        "share of time lost in the last tenth of the objective's window divided by the share that the objective allows",
        n=len(found.recent.shares), missing=found.recent.silent, window=found.lately, detail=True,
    )  # fmt: skip


def _ending(window: Window, length: dt.timedelta) -> Window:
    return Window(window.end - length, window.end, "", window.zone)
