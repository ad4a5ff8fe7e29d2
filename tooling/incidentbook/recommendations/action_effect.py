"""Ask of a finished action item whether it worked.

What calls for it: incidents with a contributing factor against which an action item of another post-mortem, on a service that
both hit, had been finished before they started: the figure `recurrence` of `inc metrics`.
Each such item is named with the incidents that came after it: its question is open again.

Silent when: nothing came back after something had been done against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.metrics import repeats
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.policy.factors import Factors
from incidentbook.repository import id_key

KIND = Kind.PROCESS
WHAT = "Check that finished action items had their effect"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where a factor came back."""
    figure = asked.figures("repeats").get("recurrence")
    again = set(figure.parts) if figure else set()
    hits = [item for item in asked.counted if item.id in again]
    if figure and hits:
        text = "had a factor against which something had been finished before"
        items = [_reason(asked, one) for one in repeats.again(asked.scope)]
        yield Advice((Reason.share(hits, figure.n, text, "analysed incidents"), *items))


def _reason(asked: Asked, one: repeats.Again) -> Reason:
    names = asked.repo.policy(Factors)
    count = f"{len(one.incidents)} incident{'' if len(one.incidents) == 1 else 's'}"
    factors = ", ".join(map(names.name, one.factors))
    text = f"{count} had {factors} after something against it had been finished on {one.day}"
    return Reason(text, tuple(sorted(one.incidents, key=id_key)), also=(one.item,))
