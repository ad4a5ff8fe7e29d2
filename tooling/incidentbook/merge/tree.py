"""A YAML text as a tree that loses nothing: every value as it is written, every comment at the thing it belongs to. No I/O.

A comment line belongs to the member that follows it, or to the one above where it is indented deeper than that. Columns are kept
with what was read, so that a member can be written into a list of another indentation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Side = Literal["ours", "theirs"]
SIDES: tuple[Side, Side] = ("ours", "theirs")


class Line(NamedTuple):
    """A comment or a blank line.

    Attributes:
        shift: the column of a comment, from that of what it belongs to; None for a line that stays as it is.
        text: without its indentation and its line end.

    """

    shift: int | None
    text: str


class Item(NamedTuple):
    """What makes an item of a list the same on two sides.

    Attributes:
        what: its id, or what it says where it has none.
        nth: how many of the same stand before it.
        shown: the same for a reader.

    """

    what: str
    nth: int
    shown: str


Name = str | Item
Path = tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that is taken whole.

    Attributes:
        raw: as it is written, with the blanks before it.
        data: what it means.
        origin: the column of the member that it was read in.
        comments: those that stand within ``raw``.

    """

    raw: str
    data: Any
    origin: int = 0
    comments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A list or a mapping in brackets; ``opened`` with the blanks before it, ``closed`` with what stands before the bracket."""

    is_mapping: bool
    opened: str
    members: tuple[Member, ...]
    closed: str
    origin: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """A list or a mapping in lines.

    Attributes:
        column: of its keys or dashes.
        origin: the column of the member that it was read in.
        head: lines between the key that it belongs to and its first member.
        foot: lines behind its last member.
        gap: the blanks between a dash and the first member, where that stands behind the dash.

    """

    is_mapping: bool
    column: int
    members: tuple[Member | Clash, ...]
    origin: int = 0
    head: tuple[Line, ...] = ()
    foot: tuple[Line, ...] = ()
    gap: str | None = None


Value = Leaf | Flow | Block


@dataclass(frozen=True, slots=True)
class Member:
    """A key with its value, or an item.

    Attributes:
        mark: the key with its colon, or the dash; nothing for an item in brackets.
        column: of the mark, where it was read.
        lead: lines above that belong to it.
        note: the comment behind it, with the blanks before it.
        tail: comment lines below, indented deeper.
        sep: what stands before it, in brackets.

    """

    name: Name
    mark: str
    value: Value
    column: int = 0
    lead: tuple[Line, ...] = ()
    note: str = ""
    tail: tuple[Line, ...] = ()
    sep: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """A member on which the two sides do not agree; None where a side has taken it away."""

    path: Path
    ours: Member | None
    theirs: Member | None
    lead: tuple[Line, ...] = ()

    @property
    def name(self) -> Name:
        """What it is called on both sides."""
        return self.path[-1]

    def side(self, side: Side) -> Member | None:
        """Return one side's member."""
        return self.ours if side == "ours" else self.theirs


def data(value: Value, side: Side = "ours") -> Any:
    """Return what ``value`` means, as one side would have it."""
    if isinstance(value, Leaf):
        return value.data
    found = [(member.name, data(member.value, side)) for member in members(value, side)]
    return {str(name): inner for name, inner in found} if value.is_mapping else [inner for _, inner in found]


def members(value: Flow | Block, side: Side = "ours") -> Iterator[Member]:
    """Yield the members as one side would have them."""
    for member in value.members:
        found = member.side(side) if isinstance(member, Clash) else member
        if found is not None:
            yield found


def canonical(value: object) -> str:
    """Return plain data as a text, the same for the same data: ``1``, ``1.0`` and ``true`` differ, orders of keys do not."""
    return json.dumps(value, sort_keys=True)


def same(one: Value, other: Value) -> bool:
    """Whether two values mean the same."""
    return one == other or canonical(data(one)) == canonical(data(other))


def comments(thing: Value | Member) -> Iterator[str]:
    """Yield every comment within ``thing``, without blanks around it."""
    if isinstance(thing, Member):
        yield from said(thing.lead)
        if thing.note.strip():
            yield thing.note.strip()
        yield from comments(thing.value)
        yield from said(thing.tail)
    elif isinstance(thing, Leaf):
        yield from thing.comments
    else:
        if isinstance(thing, Block):
            yield from said(thing.head)
            yield from said(thing.foot)
        for member in members(thing):
            yield from comments(member)


def said(lines: tuple[Line, ...]) -> Iterator[str]:
    """Yield the comments among ``lines``."""
    return (line.text.strip() for line in lines if line.text.strip())


def clashes(value: Value) -> Iterator[Clash]:
    """Yield what the sides do not agree on, in the order of the text."""
    for member in () if isinstance(value, Leaf) else value.members:
        if isinstance(member, Clash):
            yield member
        else:
            yield from clashes(member.value)


def disputed(clash: Clash) -> Iterator[Path]:
    """Yield the fields that a clash is about: within what is written on one line, those that differ."""
    if clash.ours is None or clash.theirs is None:
        yield clash.path
    else:
        yield from _differing(clash.path, clash.ours.value, clash.theirs.value)


def _differing(path: Path, one: Value, other: Value) -> Iterator[Path]:
    if isinstance(one, Leaf) or isinstance(other, Leaf) or one.is_mapping != other.is_mapping:
        yield path
        return
    mine, yours = ({member.name: member.value for member in members(side)} for side in (one, other))
    for name in dict.fromkeys([*mine, *yours]):
        if name not in mine or name not in yours:
            yield (*path, name)
        elif not same(mine[name], yours[name]):
            yield from _differing((*path, name), mine[name], yours[name])
