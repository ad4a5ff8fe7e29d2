"""Two trees and the one that both began as, made one: member by member, and comment by comment. No I/O.

What one side changed is taken, what both changed is merged further in, and where nothing decides there stands a clash. A value on
which both sides agree comes back as the same object twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from incidentbook.merge import order, rules
from incidentbook.merge.tree import Block, Clash, Flow, Leaf, Line, Member, Name, Path, Value, comments, same

Kept = TypeVar("Kept")
Collection = Flow | Block


class Three(NamedTuple):
    """The members of one collection on three sides, by name."""

    base: dict[Name, Member]
    ours: dict[Name, Member]
    theirs: dict[Name, Member]


def merge(base: Block, ours: Block, theirs: Block) -> Block:
    """Return what became of ``base`` when both were made of it."""
    return _block((), base, ours, theirs)


def _block(path: Path, base: Collection | None, ours: Block, theirs: Block) -> Block:
    three, found = _united(path, base, ours, theirs)
    settled = rules.settle(path, three.base, three.ours, three.theirs, found)
    began = base if isinstance(base, Block) else None
    head = _lines(began.head if began else (), ours.head, theirs.head)
    foot = _lines(began.foot if began else (), ours.foot, theirs.foot)
    return replace(ours, members=tuple(settled), head=head, foot=foot)


def _flow(path: Path, base: Collection | None, ours: Flow, theirs: Flow) -> tuple[Flow, Flow]:
    three, found = _united(path, base, ours, theirs)
    settled = rules.settle(path, three.base, three.ours, three.theirs, found)
    if not any(isinstance(member, Clash) for member in settled):
        whole = replace(ours, members=tuple(member for member in settled if isinstance(member, Member)))
        return whole, whole
    sides = [[m.ours if isinstance(m, Clash) else m for m in settled]]
    sides.append([m.theirs if isinstance(m, Clash) else m for m in settled])
    one, other = (replace(ours, members=tuple(m for m in side if m is not None)) for side in sides)
    return one, other


def _united(
    path: Path, base: Collection | None, ours: Collection, theirs: Collection
) -> tuple[Three, list[Member | Clash]]:
    """Merge the members of a collection, in the order in which they are to stand."""
    three = Three(
        *({m.name: m for m in side.members if isinstance(m, Member)} if side else {} for side in (base, ours, theirs))
    )
    merged: dict[Name, Member | Clash] = {}
    for name in dict.fromkeys([*three.ours, *three.theirs]):
        member = _member((*path, name), three.base.get(name), three.ours.get(name), three.theirs.get(name))
        if member is not None:
            merged[name] = member
    began, mine, yours = ([name for name in side if name in merged] for side in three)
    places = (began, mine, yours)
    names = order.interleaved(*places) if ours.is_mapping else order.united(path, *places, merged)
    return three, [merged[name] for name in names]


def _member(path: Path, base: Member | None, ours: Member | None, theirs: Member | None) -> Member | Clash | None:
    if ours is None or theirs is None:
        left = ours or theirs
        if left is None or (base is not None and _unchanged(base, left)):
            return None  # taken away on one side, and as it was on the other
        return left if base is None else Clash(path, ours, theirs)
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    return _both(path, base, ours, theirs)


def _both(path: Path, base: Member | None, ours: Member, theirs: Member) -> Member | Clash:
    """Merge what stands on both sides: the value, and the comments around it."""
    one, other = _value(path, base.value if base else None, ours.value, theirs.value)
    lead = _lines(base.lead if base else (), ours.lead, theirs.lead)
    tail = _lines(base.tail if base else (), ours.tail, theirs.tail)
    note, more = _note(base.note if base else "", ours.note, theirs.note)
    if note.strip() and isinstance(one, Leaf) and isinstance(other, Leaf) and _is_text_block(one, other):
        note, more = "", [*more, note]  # behind a block text it would be part of the text
    known = {line.text.strip() for line in lead}
    lead += tuple(Line(0, text.strip()) for text in more if text.strip() not in known)
    member = replace(ours, value=one, lead=lead, note=note, tail=tail)
    if one is other:
        return member
    member = replace(member, lead=())
    return Clash(path, member, replace(member, value=other), lead)


def _value(path: Path, base: Value | None, ours: Value, theirs: Value) -> tuple[Value, Value]:
    """Return the merged value as ours and as theirs would have it: the same object where they agree."""
    if theirs in (ours, base):
        return ours, ours
    if ours == base:
        return theirs, theirs
    one, other = (_collection(side, like) for side, like in ((ours, theirs), (theirs, ours)))
    if one is not None and other is not None and one.is_mapping == other.is_mapping:
        began = _collection(base, one) if base is not None else None
        began = began if began is not None and began.is_mapping == one.is_mapping else None
        if isinstance(one, Flow) and isinstance(other, Flow):
            return _flow(path, began, one, other)
        block = _block(path, began, _as_block(one, other), _as_block(other, one))
        return block, block
    return _whole(path, base, ours, theirs)


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


def _is_text_block(*leaves: Leaf) -> bool:
    return any(leaf.raw.lstrip(" \t")[:1] in ("|", ">") and leaf.raw for leaf in leaves)


def _lines(base: Sequence[Line], ours: Sequence[Line], theirs: Sequence[Line]) -> tuple[Line, ...]:
    """Merge comment lines: what both changed is ours, and then what only theirs says."""
    if theirs in (ours, base):
        return tuple(ours)
    if ours == base:
        return tuple(theirs)
    known = {line.text.strip() for line in (*base, *ours)}
    return (*ours, *(line for line in theirs if line.text.strip() not in known))


def _note(base: str, ours: str, theirs: str) -> tuple[str, Iterable[str]]:
    """Merge the comments behind a value; return the one to stand there, and what is to stand above instead."""
    one, other, began = ours.strip(), theirs.strip(), base.strip()
    if other in (one, began):
        return ours, ()
    if one in ("", began):
        return theirs, ()
    return ours, (other,) if other else ()
