"""Ask of a finished action item whether it worked.

What calls for it: incidents with a contributing factor against which an action item of another post-mortem, on a service that
both hit, had been finished before they started: the figure `recurrence` of `inc metrics`.

Silent when: nothing came back after something had been done against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason

KIND = Kind.PROCESS
WHAT = "Check that finished action items had their effect"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where a factor came back."""
    figure = asked.figures("repeats").get("recurrence")
    again = set(figure.parts) if figure else set()
    hits = [item for item in asked.counted if item.id in again]
    if figure and hits:
        text = "had a factor against which something had been finished before"
        yield Advice((Reason.share(hits, figure.n, text, "analysed incidents"),))
