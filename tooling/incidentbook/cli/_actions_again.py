"""Finished items whose question is open again: what each was done against came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from incidentbook import periods
from incidentbook.records.policy.factors import Factors
from incidentbook.records.policy.metrics import MetricsPolicy

if TYPE_CHECKING:
    from incidentbook.metrics.repeats import Again
    from incidentbook.repository import Repository

_NAMED = 3


def found(repo: Repository, now: dt.datetime) -> Mapping[str, Again]:
    """Return them by their ids, as `action-effect` of `inc recommend` finds them in its own window."""
    if not any(item.factors and item.status and item.status.finished for _, _, item in repo.action_items()):
        return {}
    from incidentbook.metrics import Scope, Whole, repeats  # noqa: PLC0415 - only where something was finished

    window = periods.parse(repo.policy(MetricsPolicy).mtbf.exposure, now, repo.zone)[-1]
    return {one.item: one for one in repeats.again(Scope(Whole(repo, now), window))}


def said(repo: Repository, one: Again) -> str:
    """Return why the question is open again."""
    names, count = repo.policy(Factors), len(one.incidents)
    more = f" and {count - _NAMED} more" if count > _NAMED else ""
    return f"came back since {one.day}: {', '.join(map(names.name, one.factors))} in {', '.join(one.incidents[:_NAMED])}{more}"


def told(count: int) -> str:
    """Return what is said below a list that leaves ``count`` of them out."""
    return f"What {count} finished item{' was' if count == 1 else 's were'} against came back: inc actions list --came-back"
