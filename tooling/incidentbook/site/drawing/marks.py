"""Marks in a row: single ones stand where they belong, and those that would touch become one with a number."""

from __future__ import annotations

from collections.abc import Sequence

from incidentbook.frozen import frozen

EARLIER, LATER = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_PILL = 20.0  # how much of the row a mark with a number takes
_HALF = 3.5  # of a single mark
_EDGE = 30.0  # what is outside the picture is counted in this room at its edges


@frozen
class Marks:
    """A row: the places of single marks, (left, width) of those with a number, and (middle, number) of what is written."""

    single: tuple[float, ...]
    pills: tuple[tuple[float, float], ...]
    counts: tuple[tuple[float, str], ...]


def bundled(places: Sequence[float], earlier: int, later: int, left: float, right: float) -> Marks:
    """Return the marks of a row.

    Args:
        places: where marks would stand, in order.
        earlier: how many are too early for the picture.
        later: how many are too late.
        left: where the row begins.
        right: where it ends.

    """
    groups: list[list[float]] = []
    for x in places:
        if groups and x - groups[-1][0] < _PILL:
            groups[-1].append(x)
        else:
            groups.append([x])
    low, high = left + (_EDGE if earlier else 0), right - (_EDGE if later else 0)
    single, pills, counts = [], [], []
    reached = low
    for index, group in enumerate(groups):
        if len(group) == 1:
            single.append(max(min(group[0], high - _HALF), reached + _HALF))
            reached = single[-1] + _HALF
            continue
        following = groups[index + 1][0] - _HALF if index + 1 < len(groups) else high
        begin = max(min((group[0] + group[-1] - _PILL) / 2, following - _PILL, high - _PILL), reached)
        pills.append((begin, _PILL - 1))
        counts.append((begin + _PILL / 2 - 0.5, _number(len(group))))
        reached = begin + _PILL
    if earlier:
        counts.append((left + _EDGE / 2 - 1, f"{EARLIER} {_number(earlier)}"))
    if later:
        counts.append((right - _EDGE / 2 + 1, f"{_number(later)} {LATER}"))
    return Marks(tuple(single), tuple(pills), tuple(counts))


def _number(count: int) -> str:
    return str(count) if count < 100 else "99+"  # noqa: PLR2004 - three digits are wider than a mark
