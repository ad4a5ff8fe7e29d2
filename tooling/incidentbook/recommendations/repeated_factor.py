"""Finish something against a factor that came back.

What calls for it: a contributing factor that post-mortems found in two or more incidents of the window, and against which no
action item has ever been finished.

Silent when: something was finished against each factor that came back. Whether it had an effect, `action-effect` asks.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason, ids
from incidentbook.records.action_item import ActionItem
from incidentbook.records.policy.factors import Factors
from incidentbook.repository import id_key

KIND = Kind.SYSTEM
WHAT = "Finish an action against a factor that came back"
_TWICE = 2


def look(asked: Asked) -> Iterator[Advice]:
    """Yield one for each factor against which nothing was done."""
    names = asked.repo.policy(Factors)
    items = [item for _, _, item in asked.repo.action_items() if item.status is not None and item.status.committed]
    for factor in sorted({factor for factors in asked.factors.values() for factor in factors}):
        hits, against = asked.with_factor([factor]), [item for item in items if factor in item.factors]
        if len(hits) < _TWICE or any(item.status and item.status.finished for item in against):
            continue
        name = names.name(factor)
        found = f"{len(hits)} of {len(asked.factors)} analysed incidents had the factor {name}, and {_done(against)}"
        also = tuple(sorted((item.id for item in against if item.id), key=id_key))
        yield Advice((Reason(found, ids(hits), len(asked.factors), also),), f"{WHAT}: {name}", factor)


def _done(against: list[ActionItem]) -> str:
    if not against:
        return "nobody has committed to anything against it"
    return f"none of {len(against)} action items against it is finished"
