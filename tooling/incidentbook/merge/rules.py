"""What the fields of a record mean where both sides changed one: which value holds, and what follows from it. No I/O.

Each rule is the same whoever merges: it looks at times and values, and never at which side is ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from incidentbook.merge import identity
from incidentbook.merge.tree import Block, Clash, Flow, Item, Leaf, Member, Name, Path, Value, canonical, data

ITEM = "*"
# Both said when it first was so: it was so at the earlier time. Both said when it last was so: at the later.
_EARLIEST = {
    ("milestones", "detected"),
    ("milestones", "acknowledged"),
    ("milestones", "identified"),
    ("milestones", "mitigated"),
    ("roles", ITEM, "to"),
}
_LATEST = {
    ("milestones", "resolved"),
    ("milestones", "closed"),
    ("impact", "phases", ITEM, "to"),
    ("provenance", "last_seen"),
}
_FOLLOWS = {"status": "transitions", "severity": "severity_history"}  # a field, and the list whose last entry says it
Sides = Mapping[Name, Member]


def choose(path: Path, base: Value | None, ours: Value, theirs: Value) -> Value | None:
    """Return the value that holds where both sides gave one; None where nothing decides."""
    where = tuple(ITEM if isinstance(step, Item) else step for step in path)
    pick: Callable[..., Value] | None = min if where in _EARLIEST else max if where in _LATEST else None
    corrected = base is not None and not (isinstance(base, Leaf) and base.data is None)
    if pick is None or (corrected and where in _EARLIEST):
        return None
    times = [(identity.instant(data(side)), canonical(data(side))) for side in (ours, theirs)]
    if any(moment is None for moment, _ in times):
        return None
    return pick((ours, theirs), key=lambda side: times[side is theirs])


def settle(path: Path, base: Sides, ours: Sides, theirs: Sides, found: list[Member | Clash]) -> list[Member | Clash]:
    """Return the members of the collection at ``path`` once what follows from others among them is settled."""
    if path == ():
        for field, log in _FOLLOWS.items():
            found = _follow(field, log, (base, ours, theirs), found)
    if path == ("roles",):
        found = _hand_over(base, ours, theirs, found)
    return found


def _follow(
    field: str, log: str, three: tuple[Sides, Sides, Sides], found: list[Member | Clash]
) -> list[Member | Clash]:
    """Let ``field`` say what the last new entry of ``log`` says, where both sides added to that.

    An entry that both know may have a later time: people say when something was so before they say that it was declared.
    """
    base, ours, theirs = three
    if log not in ours or log not in theirs or field not in ours or field not in theirs:
        return found
    known = _names(base[log].value) if log in base else set()
    merged = next((member for member in found if member.name == log), None)
    if not isinstance(merged, Member) or isinstance(merged.value, Leaf) or not merged.value.members:
        return found
    added = [_names(side[log].value) - known for side in (ours, theirs)]
    if not all(added):
        return found
    last = next((member for member in reversed(merged.value.members) if member.name in added[0] | added[1]), None)
    said = data(last.value) if isinstance(last, Member) else None
    says = said.get("to") if isinstance(said, dict) else None
    value = next((side[field].value for side in (ours, theirs) if data(side[field].value) == says), None)
    if value is None or says is None:
        return found
    return [_with_value(member, value) if member.name == field else member for member in found]


def _with_value(member: Member | Clash, value: Value) -> Member | Clash:
    if isinstance(member, Member):
        return replace(member, value=value)
    if member.ours is None or member.theirs is None:
        return member
    return replace(member.ours, value=value, lead=member.lead)


def _names(value: Value) -> set[Name]:
    return set() if isinstance(value, Leaf) else {member.name for member in value.members}


def _hand_over(base: Sides, ours: Sides, theirs: Sides, found: list[Member | Clash]) -> list[Member | Clash]:
    """End a role that one side gave where the other side gave it to somebody else later, as one clone alone would have."""
    new = [{name for name in side if name not in base} for side in (ours, theirs)]
    fresh = [m for m in found if isinstance(m, Member) and m.name in new[0] ^ new[1]]
    result: list[Member | Clash] = []
    for member in found:
        ends = [
            (begins, other)
            for other in fresh
            if isinstance(member, Member) and member in fresh and (other.name in new[0]) != (member.name in new[0])
            for begins in _takes_over(member, other)
        ]
        if ends and isinstance(member, Member):
            _, successor = min(ends, key=lambda end: (end[0], str(end[1].name)))
            result.append(_ended(member, successor))
        else:
            result.append(member)
    return result


def _takes_over(member: Member, other: Member) -> Iterator[dt.datetime]:
    """Yield when ``other`` takes over a role that ``member`` leaves open."""
    one, next_one = data(member.value), data(other.value)
    if not (isinstance(one, dict) and isinstance(next_one, dict)) or one.get("to") is not None or not one.get("role"):
        return
    began, begins = identity.moment(one), identity.moment(next_one)
    if one["role"] != next_one.get("role") or began is None or begins is None:
        return
    if (began, str(one.get("id"))) < (begins, str(next_one.get("id"))):
        yield begins


def _ended(member: Member, successor: Member) -> Member:
    """Return the interval with an end: where the other begins."""
    begins = _at(successor.value, "from")
    if begins is None or isinstance(member.value, Leaf) or isinstance(begins, Block):
        return member
    members: list[Member | Clash] = [inner for inner in member.value.members if inner.name != "to"]
    begun: Sequence[int] = [index for index, inner in enumerate(members) if inner.name == "from"]
    column = member.value.column if isinstance(member.value, Block) else 0
    at = begun[0] + 1 if begun else len(members)
    members.insert(at, Member("to", "to:", replace(begins, origin=column), column, sep=", "))
    if isinstance(member.value, Flow):
        return replace(member, value=replace(member.value, members=tuple(m for m in members if isinstance(m, Member))))
    return replace(member, value=replace(member.value, members=tuple(members)))


def _at(value: Value, name: str) -> Value | None:
    inner = () if isinstance(value, Leaf) else value.members
    return next((m.value for m in inner if isinstance(m, Member) and m.name == name), None)
