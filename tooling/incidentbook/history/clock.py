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
    """Return the places of a longest subsequence that never falls, by patience sorting (Fredman 1975).

    Of several as long, the one that ends with the smallest time, and in which each time is as close to the next as can be: most
    wrong clocks were reset to years ago.
    """
    ends: list[int] = []  # the last time of each pile; piles fall, and the n-th holds what ends a rise of n times
    piles: list[tuple[list[int], list[int]]] = []  # the times, negated so that they rise, and where they stand
    before: list[int] = []
    for place, time in enumerate(times):
        length = bisect.bisect_right(ends, time)
        ends[length : length + 1] = [time]
        if length == len(piles):
            piles.append(([], []))
        if length:
            negated, places = piles[length - 1]
            before.append(places[bisect.bisect_left(negated, -time)])
        else:
            before.append(-1)
        piles[length][0].append(-time)
        piles[length][1].append(place)
    found = []
    place = piles[-1][1][-1]
    while place >= 0:
        found.append(place)
        place = before[place]
    return found[::-1]
