"""Break things on purpose, once a quarter, before they break by themselves.

What calls for it: incidents in which something that others depend on failed and took more with it (factors `dependency-failure`,
`missing-circuit-breaker`, `missing-timeout`, `single-point-of-failure`, `network-partition`, `capacity-exhaustion`), while
fewer drills than one in 90 days were held.

Silent when: as many drills were held as the window has stretches of 90 days (a shorter one has none), or no such factor was
found.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.figures import DAY
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason, ids

KIND = Kind.SYSTEM
WHAT = "Conduct chaos engineering exercises quarterly"
_SPREADS = (
    "dependency-failure", "missing-circuit-breaker", "missing-timeout", "single-point-of-failure", "network-partition",
    "capacity-exhaustion",
)  # fmt: skip
_QUARTER = 90


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where failures spread and few drills were held."""
    days = int(asked.window.seconds // DAY)
    held = [item for item in asked.drills if asked.window.holds(item.started)]
    hits = asked.with_factor(_SPREADS)
    if not hits or len(held) >= days // _QUARTER:
        return
    spread = Reason.share(
        hits, len(asked.factors), "began or grew with the failure of something that others depend on",
        "analysed incidents",
    )  # fmt: skip
    said = f"{len(held)} drill{'' if len(held) == 1 else 's'} held in {days} days; one a quarter would be {days // _QUARTER}"
    yield Advice((spread, Reason(said, (), also=ids(held))))
