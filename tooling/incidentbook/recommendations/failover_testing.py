"""Test in delivery that a stand-in takes over.

What calls for it: incidents in which an automation took the wrong turn or the network split (factors `automation-defect`,
`network-partition`), and those in which a part without a stand-in failed in a way that nobody had tested
(`single-point-of-failure` together with `insufficient-testing`).

Silent when: post-mortems found none of this. The factors are those of the vocabulary that `inc init` writes.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason

KIND = Kind.SYSTEM
WHAT = "Implement automated failover testing in CI/CD pipeline"
_MACHINERY = ("automation-defect", "network-partition")
_UNTESTED = {"single-point-of-failure", "insufficient-testing"}


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where a failover would have failed, or did."""
    of = len(asked.factors)
    machinery = asked.with_factor(_MACHINERY)
    untested = [item for item in asked.counted if _UNTESTED.issubset(asked.factors.get(item.id, ()))]
    found = (
        (machinery, "had an automation that took the wrong turn, or a network that split"),
        (untested, "had a part without a stand-in whose failure had not been tested"),
    )
    reasons = tuple(Reason.share(hits, of, said, "analysed incidents") for hits, said in found if hits)
    if reasons:
        yield Advice(reasons)
