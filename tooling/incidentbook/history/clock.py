"""When the commits of a line were made, also where some clocks were wrong."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence


def settled(times: Sequence[int]) -> list[int]:
    """Return a time for each commit such that none is before the one that it follows.

    Where times go backwards, some are wrong, and nothing says which: the fewest possible are taken to be. Such a commit gets the
    time of the one before it, or of the one after it where there is none before.

    Args:
        times: of the commits of a line, the oldest first, in seconds of the epoch.

    """
    if all(before <= after for before, after in itertools.pairwise(times)):
        return list(times)
    trusted = set(_longest_rise(times))
    found: list[int] = []
    for place, time in enumerate(times):
        if place in trusted:
            found.append(time)
        else:
            found.append(found[-1] if found else times[min(trusted)])
    return found


def _longest_rise(times: Sequence[int]) -> list[int]:
    """Return the places of a longest subsequence that never falls (patience sorting; Fredman 1975)."""
    ends: list[int] = []  # the smallest time that ends a rise of each length, and where it stands
    places: list[int] = []
    before: list[int] = []
    for place, time in enumerate(times):
        length = bisect.bisect_right(ends, time)
        before.append(places[length - 1] if length else -1)
        ends[length : length + 1], places[length : length + 1] = [time], [place]
    found = []
    place = places[-1]
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
