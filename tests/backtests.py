"""Backtests of small knowledge bases: two sets of policies over the same records."""

from __future__ import annotations

from collections.abc import Sequence

from incidentbook import backtest
from incidentbook.backtest.model import Backtest, Outcome
from kb import Plain, at, repo

NOW = "2025-03-01"
Row = tuple[str, str, str, str]


def backtested(
    before: Plain,
    after: Plain,
    *incidents: Plain,
    postmortems: Sequence[Plain] = (),
    both: Plain | None = None,
    now: str = NOW,
    own_windows: bool = False,
) -> Backtest:
    """Hold ``before`` and ``after`` (data of policies by their names; ``both`` belongs to each) against the records."""
    shared = both or {}
    head = repo(*incidents, postmortems=postmortems, **(shared | after))
    base = repo(**(shared | before))
    return backtest.run(head, base.policies, at(now), own_windows=own_windows)


def outcome(found: Backtest, key: str) -> Outcome:
    """Return what one concern says. Fails where it did not run."""
    (one,) = (item for item in found.outcomes if item.key == key)
    return one


def rows(found: Backtest, key: str) -> list[Row]:
    """Return incident, what of it, before and after of everything that one concern judges otherwise."""
    return [(item.incident, item.about, item.before, item.after) for item in outcome(found, key).reclassified]
