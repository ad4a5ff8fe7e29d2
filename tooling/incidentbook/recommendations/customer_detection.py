"""Find incidents before customers do.

What calls for it: two or more incidents, and more than half of those of which it is known who noticed first, that customers
or others outside found.

Silent when: monitoring or one's own people found half of them or more.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason

KIND = Kind.SYSTEM
WHAT = "Watch what customers see, so that monitoring finds incidents first"
_OUTSIDE = ("customer", "third-party")
_TWICE = 2


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where mostly others noticed first."""
    known = [item for item in asked.counted if item.detection.by != "unknown"]
    hits = [item for item in known if item.detection.by in _OUTSIDE]
    if len(hits) >= _TWICE and 2 * len(hits) > len(known):
        customers = sum(1 for item in hits if item.detection.by == "customer")
        text = f"came to light through customers ({customers}) or others outside ({len(hits) - customers})"
        yield Advice((Reason.share(hits, len(known), text),))
