"""Gather timelines by machine: from alerts, chat and deployments.

What calls for it: incidents without a timeline, and those of whose entries fewer than half name a source, so that somebody wrote
them down from memory.

Silent when: in every incident half of the entries or more name where they were taken from.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason

KIND = Kind.PROCESS
WHAT = "Implement automated incident timeline generation"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where timelines are written by hand, or not at all."""
    incidents = asked.judged
    sourced = {item.id: sum(1 for entry in item.timeline if entry.source) for item in incidents}
    by_hand = [item for item in incidents if 2 * sourced[item.id] < len(item.timeline)]
    empty = [item for item in incidents if not item.timeline]
    reasons = []
    if by_hand:
        every = sum(len(item.timeline) for item in incidents)
        in_all = f"{sum(sourced.values())} of {every} entries in all name one"
        reasons.append(Reason.share(by_hand, len(incidents), f"had no source for most of the timeline ({in_all})"))
    if empty:
        reasons.append(Reason.share(empty, len(incidents), "had no timeline"))
    if reasons:
        yield Advice(tuple(reasons))
