"""Put reliability work where most of the downtime is.

What calls for it: two or more services were down in the window, and one of them for half of all downtime-equivalent or more,
through two or more incidents.

Silent when: downtime is spread, or one incident alone made it.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.policy.services import Services
from incidentbook.records.time import short
from incidentbook.repository import id_key

KIND = Kind.SYSTEM
WHAT = "Put reliability work into the service behind most of the downtime"
_TWICE = 2


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it for the service that was down for half of the time or more; of several for the one that was down longest."""
    every = asked.scope.lost(None, asked.window).seconds
    phases = ((item, phase) for item in asked.counted for phase in item.impact.phases)
    slugs = sorted({slug for item, phase in phases for slug in phase.services or item.services})
    lost = {slug: found for slug in slugs if (found := asked.scope.lost(slug, asked.window)).seconds > 0}
    if len(lost) < _TWICE:
        return
    slug = max(lost, key=lambda slug: (lost[slug].seconds, slug))
    seconds, shares = lost[slug].seconds, lost[slug].shares
    by = tuple(sorted((name for name, part in shares.items() if part > 0), key=id_key))
    if len(by) >= _TWICE and 2 * seconds >= every:
        name = asked.repo.policy(Services).name(slug)
        share = f"{short(seconds)} of {short(every)}, {100 * seconds / every:.0f} %"
        text = f"{name} was down for most of the downtime ({share}), through {len(by)} incidents"
        yield Advice((Reason(text, by),), f"Put reliability work into {name} first", slug)
