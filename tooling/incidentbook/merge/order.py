"""The order in which the members of both sides stand in one collection. No I/O.

What both sides have keeps its order; what only one has stays behind what it stands behind there. Neither side comes first:
whoever merges whose work gets the same list. Lists of what happened are in the order of time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from incidentbook.merge import identity
from incidentbook.merge.tree import Clash, Item, Member, Name, Path, data

TIMED = (("timeline",), ("communications",), ("transitions",), ("severity_history",), ("roles",))
_FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)
Entries = Mapping[Name, Member | Clash]


def united(
    path: Path,
    base: Sequence[Name],
    ours: Sequence[Name],
    theirs: Sequence[Name],
    entries: Entries,
    *,
    is_mapping: bool,
) -> list[Name]:
    """Return the names of a collection's members in order; by time where ``path`` is that of a list of what happened."""
    if path not in TIMED or is_mapping:
        return interleaved(base, ours, theirs, by_name=not is_mapping)
    begun = {name: _moment(entries[name]) for name in {*ours, *theirs}}
    found = interleaved(base, ours, theirs, by_name=True, begun=begun)
    if {*ours} == {*theirs}:
        return found
    latest, times = _FIRST, {}
    for name in found:  # what says no time stays behind what it stands behind
        latest = begun[name] or latest
        times[name] = latest
    return sorted(found, key=times.__getitem__)


def _moment(entry: Member | Clash) -> dt.datetime | None:
    sides = (entry.ours, entry.theirs) if isinstance(entry, Clash) else (entry,)
    found = [moment for side in sides if side is not None and (moment := identity.moment(data(side.value)))]
    return min(found, default=None)


def interleaved(
    base: Sequence[Name],
    ours: Sequence[Name],
    theirs: Sequence[Name],
    *,
    by_name: bool = False,
    begun: Mapping[Name, dt.datetime | None] | None = None,
) -> list[Name]:
    """Return the names of both sides in one order.

    Args:
        base: in the order in which both began.
        ours: in our order.
        theirs: in their order.
        by_name: what both added at one place stands in an order that does not depend on whose is ours.
        begun: when each happened: what both added at one place is in the order of time then.

    """
    common = [name for name in ours if name in {*theirs}]
    other = [name for name in theirs if name in {*ours}]
    if common != other and common == [name for name in base if name in {*common}]:
        common = other  # only they have moved something
    mine, yours = _runs(ours, common), _runs(theirs, common)
    found: list[Name] = []
    for anchor in (None, *common):
        found += [anchor] if anchor is not None else []
        runs = [run for run in (mine.get(anchor), yours.get(anchor)) if run]
        if by_name and len(runs) > 1:
            runs = _settled(runs, begun or {})
        found += [name for run in runs for name in run]
    return found


def _runs(side: Sequence[Name], common: Sequence[Name]) -> dict[Name | None, list[Name]]:
    """Return what only ``side`` has, by the common name that it stands behind."""
    shared = {*common}
    found: dict[Name | None, list[Name]] = {}
    anchor: Name | None = None
    for name in side:
        if name in shared:
            anchor = name
        else:
            found.setdefault(anchor, []).append(name)
    return found


def _settled(runs: list[list[Name]], begun: Mapping[Name, dt.datetime | None]) -> list[list[Name]]:
    """Return two runs in an order that is the same whichever comes first: merged by time and name, or one behind the other."""

    def key(name: Name) -> tuple[dt.datetime, str]:
        return (begun.get(name) or _FIRST, name.what if isinstance(name, Item) else name)

    if not begun:
        return sorted(runs, key=lambda run: key(run[0]))
    one, other = runs
    merged: list[Name] = []
    one, other = [*one], [*other]
    while one and other:
        merged.append((one if key(one[0]) <= key(other[0]) else other).pop(0))
    return [[*merged, *one, *other]]
