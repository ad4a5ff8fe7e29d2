"""What the rules of `incidentbook.recommendations` say of a small knowledge base."""

from __future__ import annotations

import datetime as dt

from incidentbook.metrics import Scope, Whole
from incidentbook.periods import Window
from incidentbook.recommendations import Recommendation, recommend
from incidentbook.repository import Repository
from kb import Plain, at, repo

NOW = at("2025-02-01")


def advised(house: Repository, now: dt.datetime = NOW, days: int = 60) -> list[Recommendation]:
    """Return what the incidents of the ``days`` before ``now`` call for."""
    return recommend(Scope(Whole(house, now), Window(now - dt.timedelta(days=days), now, f"{days} days")))


def said(rule: str, *incidents: Plain, days: int = 60, **more: object) -> list[Recommendation]:
    """Return what one rule says of these incidents."""
    return [one for one in advised(repo(*incidents, **more), days=days) if one.slug == rule]  # type: ignore[arg-type]


def reasons(rule: str, *incidents: Plain, days: int = 60, **more: object) -> list[tuple[str, tuple[str, ...]]]:
    """Return the reasons that one rule gives, in words and by the numbers of the incidents."""
    return [
        (reason.text, tuple(name.removeprefix("INC-2025-") for name in reason.incidents))
        for one in said(rule, *incidents, days=days, **more)
        for reason in one.reasons
    ]
