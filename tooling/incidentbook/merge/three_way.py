"""Two trees and the one that both began as, made one: member by member, and comment by comment. No I/O.

What one side changed is taken, what both changed is merged further in, and where nothing decides there stands a clash. A value on
which both sides agree comes back as the same object twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from incidentbook.merge import order, rules
from incidentbook.merge.tree import (
    SIDES,
    Block,
    Clash,
    Flow,
    Leaf,
    Line,
    Member,
    Name,
    Path,
    Value,
    comments,
    members,
    said,
    same,
)

Collection = Flow | Block


def merge(base: Block, ours: Block, theirs: Block) -> Block:
    """Return what became of ``base`` when both were made of it."""
    return _Merge({*comments(ours)} - {*comments(base)}).block((), base, ours, theirs)


class _Merge:
    """One merge; ``news`` are the comments that ours has and base had not: none of them is written twice."""

    def __init__(self, news: set[str]) -> None:
        self.news = news

    def block(self, path: Path, base: Collection | None, ours: Block, theirs: Block) -> Block:
        """Merge two collections in lines."""
        settled = self.settled(path, base, ours, theirs)
        began = base if isinstance(base, Block) else None
        head = self.lines(began.head if began else (), ours.head, theirs.head)
        foot = self.lines(began.foot if began else (), ours.foot, theirs.foot)
        return replace(ours, members=tuple(settled), head=head, foot=foot)

    def flow(self, path: Path, base: Collection | None, ours: Flow, theirs: Flow) -> tuple[Flow, Flow]:
        """Merge two collections in brackets: there is no room for a clash in them."""
        settled = self.settled(path, base, ours, theirs)
        whole = tuple(member for member in settled if isinstance(member, Member))
        if len(whole) == len(settled):
            merged = replace(ours, members=whole)
            return merged, merged
        sides = ((m.side(side) if isinstance(m, Clash) else m for m in settled) for side in SIDES)
        one, other = (replace(ours, members=tuple(m for m in side if m is not None)) for side in sides)
        return one, other

    def settled(
        self, path: Path, base: Collection | None, ours: Collection, theirs: Collection
    ) -> list[Member | Clash]:
        """Merge the members of two collections, in the order in which they are to stand."""
        sides = [side.members if side else () for side in (base, ours, theirs)]
        was, mine, yours = ({m.name: m for m in side if isinstance(m, Member)} for side in sides)
        merged: dict[Name, Member | Clash] = {}
        for name in dict.fromkeys([*mine, *yours]):
            member = self.member((*path, name), was.get(name), mine.get(name), yours.get(name))
            if member is not None:
                merged[name] = member
        began, here, there = ([name for name in side if name in merged] for side in (was, mine, yours))
        names = order.united(path, began, here, there, merged, is_mapping=ours.is_mapping)
        return rules.settle(path, was, mine, yours, [merged[name] for name in names])

    def member(
        self, path: Path, base: Member | None, ours: Member | None, theirs: Member | None
    ) -> Member | Clash | None:
        """Merge a key or an item; None where it is gone."""
        if ours is None or theirs is None:
            left = ours or theirs
            if left is None or (base is not None and _unchanged(base, left)):
                return None  # taken away on one side, and as it was on the other
            return left if base is None else Clash(path, ours, theirs)
        if theirs in (ours, base):
            return ours
        return theirs if ours == base else self.both(path, base, ours, theirs)

    def both(self, path: Path, base: Member | None, ours: Member, theirs: Member) -> Member | Clash:
        """Merge what stands on both sides: the value, and the comments around it."""
        one, other = self.value(path, base.value if base else None, ours.value, theirs.value)
        lead = self.lines(base.lead if base else (), ours.lead, theirs.lead)
        tail = self.lines(base.tail if base else (), ours.tail, theirs.tail)
        note, more = _note(base.note if base else "", ours.note, theirs.note)
        if note.strip() and (_is_text_block(one) or _is_text_block(other)):
            note, more = "", [*more, note.strip()]  # behind a block text it would be part of the text
        written = {*self.news, *said(lead)} - {ours.note.strip()}
        lead += tuple(Line(0, text) for text in more if text not in written)
        member = replace(ours, value=one, lead=lead, note=note, tail=tail)
        if one is other:
            return _lifted(member)
        member = replace(member, lead=())
        return Clash(path, member, replace(member, value=other), lead)

    def value(self, path: Path, base: Value | None, ours: Value, theirs: Value) -> tuple[Value, Value]:
        """Return the merged value as ours and as theirs would have it: the same object where they agree."""
        if theirs in (ours, base):
            return ours, ours
        if ours == base:
            return theirs, theirs
        one, other = _collection(ours, theirs), _collection(theirs, ours)
        if one is None or other is None or one.is_mapping != other.is_mapping:
            return _whole(path, base, ours, theirs)
        began = _collection(base, one) if base is not None else None
        began = began if began is not None and began.is_mapping == one.is_mapping else None
        if isinstance(one, Flow) and isinstance(other, Flow):
            return self.flow(path, began, one, other)
        return _apart(self.block(path, began, _as_block(one, other), _as_block(other, one)))

    def lines(self, base: Sequence[Line], ours: Sequence[Line], theirs: Sequence[Line]) -> tuple[Line, ...]:
        """Merge comment lines: what both changed is ours, and then what only theirs says."""
        if theirs in (ours, base):
            return tuple(ours)
        if ours == base:
            return tuple(theirs)
        known = {line.text.strip() for line in (*base, *ours)} | self.news | {""}
        return (*ours, *(line for line in theirs if line.text.strip() not in known))


def _lifted(member: Member) -> Member:
    """Return the member with the comments above the first key of an item above its dash: before that key there is no room."""
    value = member.value
    first = value.members[0] if isinstance(value, Block) and value.gap is not None and value.members else None
    if not isinstance(value, Block) or not isinstance(first, Member) or not first.lead:
        return member
    lead = (*member.lead, *(line for line in first.lead if line not in member.lead))
    return replace(member, lead=lead, value=replace(value, members=(replace(first, lead=()), *value.members[1:])))


def _apart(block: Block) -> tuple[Block, Block]:
    """Return a merged block twice, or each side's own where one of them has nothing left in it: that cannot be said in lines."""
    sides = [replace(block, members=tuple(members(block, side))) for side in SIDES]
    if block.members and not all(side.members for side in sides):
        return sides[0], sides[1]
    return block, block


def _whole(path: Path, base: Value | None, ours: Value, theirs: Value) -> tuple[Value, Value]:
    """Choose between two values that are taken whole; no comment within the other one may be lost."""
    noted = {*comments(base)} if base is not None else set()
    news = [{*comments(side)} - noted for side in (ours, theirs)]
    if base is not None and same(ours, base) and not news[0] - news[1]:
        return theirs, theirs
    if (same(ours, theirs) or (base is not None and same(theirs, base))) and not news[1] - news[0]:
        return ours, ours
    if same(ours, theirs) and not news[0] - news[1]:
        return theirs, theirs
    if not (news[0] or news[1]):
        chosen = rules.choose(path, base, ours, theirs)
        if chosen is not None:
            return chosen, chosen
    return ours, theirs


def _unchanged(base: Member, now: Member) -> bool:
    return base == now or (same(base.value, now.value) and {*comments(now)} <= {*comments(base)})


def _collection(value: Value | None, like: Value) -> Collection | None:
    """Return ``value`` where it is a collection; nothing at all is an empty one of the kind of ``like``."""
    if isinstance(value, Leaf):
        if value.data is None and not value.raw and not isinstance(like, Leaf):
            return Flow(
                like.is_mapping, " {" if like.is_mapping else " [", (), "}" if like.is_mapping else "]", value.origin
            )
        return None
    return value


def _as_block(value: Collection, like: Collection) -> Block:
    """Return ``value`` in lines, indented from its key as ``like`` is where it stood in brackets."""
    if isinstance(value, Block):
        return value
    column = value.origin + (like.column - like.origin if isinstance(like, Block) else 2)
    found = [Member(member.name, member.mark or "-", _spaced(member.value), column, sep="") for member in value.members]
    return Block(value.is_mapping, column, tuple(found), value.origin)


def _spaced(value: Value) -> Value:
    """Return a value with a blank before it, as it needs behind a key or a dash of its own line."""
    if isinstance(value, Leaf) and value.raw[:1] not in ("", " ", "\n"):
        return replace(value, raw=f" {value.raw}")
    if isinstance(value, Flow) and not value.opened.startswith(" "):
        return replace(value, opened=f" {value.opened}")
    return value


def _is_text_block(value: Value) -> bool:
    return isinstance(value, Leaf) and value.raw.lstrip(" \t").startswith(("|", ">"))


def _note(base: str, ours: str, theirs: str) -> tuple[str, Iterable[str]]:
    """Merge the comments behind a value; return the one to stand there, and what is to stand above instead."""
    one, other, began = ours.strip(), theirs.strip(), base.strip()
    if other in (one, began):
        return ours, ()
    if one in ("", began):
        return theirs, ()
    return ours, (other,) if other else ()
