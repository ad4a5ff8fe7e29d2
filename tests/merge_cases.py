"""Records as people write them, and what two people make of one: generated texts with comments, in every layout."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from incidentbook.yaml12 import dump_flow
from kb import Plain

Where = tuple[str, ...]  # keys, and ids of items
LISTS: tuple[Where, ...] = (
    ("timeline",), ("transitions",), ("communications",), ("roles",), ("impact", "phases"), ("links", "external"),
    ("remediation", "immediate"),
)  # fmt: skip
SETS: tuple[Where, ...] = (("services",), ("links", "related"), ("systems",))
SCALARS: tuple[Where, ...] = (
    ("title",), ("type",), ("summary",), ("impact", "summary"), ("impact", "customer", "support_tickets"), ("detection", "by"),
    ("investigation", "primary_cause"), ("x-own",),
)  # fmt: skip


@dataclass(repr=False)
class Side:
    """A record with its comments, and how it is laid out.

    Attributes:
        above: comments above a key or an item.
        behind: comments behind one.
        flow: what is written in brackets.

    """

    data: Plain
    above: dict[Where, str] = field(default_factory=dict)
    behind: dict[Where, str] = field(default_factory=dict)
    flow: frozenset[Where] = frozenset()
    indent: int = 2

    def text(self) -> str:
        """Return the record as a file."""
        return "# the head\n" + "".join(self._mapping(self.data, (), 0))

    def __repr__(self) -> str:
        """Show the text: that is what a merge sees."""
        return f"\n{self.text()}"

    def comments(self) -> set[str]:
        """Return every comment."""
        return {line[line.index("# ") :] for line in self.text().splitlines() if "# " in line}

    def _mapping(self, data: Plain, where: Where, column: int) -> list[str]:
        lines = []
        for key, value in data.items():
            here = (*where, key)
            lines += self._comment(here, column)
            lines += self._value(f"{' ' * column}{key}:", value, here, column)
        return lines

    def _comment(self, here: Where, column: int) -> list[str]:
        return [f"{' ' * column}{self.above[here]}\n"] if here in self.above else []

    def _value(self, mark: str, value: Any, here: Where, column: int) -> list[str]:
        note = f"  {self.behind[here]}" if here in self.behind else ""
        if isinstance(value, str) and value.endswith("\n") and not note:
            return [f"{mark} |\n", *(f"{' ' * column}    {line}\n" for line in value.splitlines())]
        if not value or not isinstance(value, dict | list) or here in self.flow:
            return [f"{mark} {dump_flow(value, nested=isinstance(value, dict | list))}{note}\n"]
        if isinstance(value, dict):
            return [f"{mark}{note}\n", *self._mapping(value, here, column + 2)]
        lines, inner = [f"{mark}{note}\n"], column + self.indent
        for item in value:
            named = (*here, name(item))
            lines += self._comment(named, inner)
            if not isinstance(item, dict) or named in self.flow:
                note = f"  {self.behind[named]}" if named in self.behind else ""
                lines.append(f"{' ' * inner}- {dump_flow(item)}{note}\n")
                continue
            block = self._mapping(item, named, inner + 2)
            first = next(index for index, line in enumerate(block) if not line.lstrip().startswith("#"))
            lines += [*block[:first], f"{' ' * inner}- {block[first].lstrip()}", *block[first + 1 :]]
        return lines


def name(item: Any) -> str:
    """Return what an item is known by."""
    return str(item.get("id") or item.get("url") or item.get("text")) if isinstance(item, dict) else str(item)


def at(data: Any, where: Where) -> Any:
    """Return the value at ``where``; None where there is none."""
    for step in where:
        if isinstance(data, list):
            data = next((item for item in data if name(item) == step), None)
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def entry(where: Where, ident: str, minute: int) -> Any:
    """Return a new item for the list at ``where``."""
    when = f"2025-01-15T0{minute // 60}:{minute % 60:02}:00Z"
    made: dict[str, Plain] = {
        "timeline": {"id": ident, "at": when, "text": f"entry {ident}"},
        "transitions": {"id": ident, "to": "monitoring", "at": when},
        "communications": {"id": ident, "at": when, "audience": "public", "text": f"said: {ident}"},
        "roles": {"id": ident, "role": f"role-{ident.lower()}", "holder": "sre", "from": when},
        "phases": {"id": ident, "level": "partial", "from": when},
        "external": {"title": f"Link {ident}", "url": f"https://example.org/{ident}"},
        "immediate": {"text": f"Do {ident}", "status": "done"},
    }
    return made.get(where[-1], f"s-{ident.lower()}" if where != ("links", "related") else f"INC-2024-{minute + 100}")


BASE: Plain = {
    "id": "INC-2025-001", "title": "Checkout fails", "status": "investigating", "severity": "sev1", "type": "availability",
    "summary": "Nothing: works", "services": ["api", "db"], "systems": ["Primary"], "detection": {"by": "monitoring"},
    "milestones": {"started": "2025-01-15T02:30:00Z"},
    "transitions": [
        {"id": "x1", "to": "declared", "at": "2025-01-15T02:32:00Z"},
        {"id": "x2", "to": "investigating", "at": "2025-01-15T02:40:00Z"},
    ],
    "roles": [{"id": "r1", "role": "scribe", "holder": "sre", "from": "2025-01-15T02:33:00Z"}],
    "impact": {
        "summary": "All of it", "phases": [{"id": "p1", "level": "outage", "from": "2025-01-15T02:30:00Z"}],
        "customer": {"support_tickets": 3},
    },
    "timeline": [
        {"id": "t1", "at": "2025-01-15T02:30:00Z", "text": "one # not a comment"},
        {"id": "t2", "at": "2025-01-15T02:35:00Z", "text": "two"},
        {"id": "t3", "at": "2025-01-15T02:50:00Z", "text": "three"},
    ],
    "communications": [{"id": "c1", "at": "2025-01-15T02:45:00Z", "audience": "public", "text": "We look into it"}],
    "investigation": {"primary_cause": "unknown"},
    "remediation": {"immediate": [{"text": "Restart", "status": "done"}]},
    "links": {"related": ["INC-2024-001"], "external": [{"title": "Chat", "url": "https://example.org/chat"}]},
    "x-own": {"a": [1, 2.0, None], "b": "yes"},
}  # fmt: skip
"""A valid record of an incident that burns."""


def places(data: Any, where: Where = ()) -> list[Where]:
    """Return every key and every item of ``data``, without what lies within `x-` keys."""
    found: list[Where] = []
    if isinstance(data, dict):
        for key, value in data.items():
            found.append((*where, key))
            found += [] if key.startswith("x-") else places(value, (*where, key))
    elif isinstance(data, list):
        for item in data:
            found.append((*where, name(item)))
            found += places(item, (*where, name(item))) if isinstance(item, dict) else []
    return found


def writable(side: Side, where: Where) -> bool:
    """Whether a comment can stand at ``where``: not within brackets."""
    return not any(where[:depth] in side.flow for depth in range(len(where)))


@st.composite
def bases(draw: st.DrawFn) -> Side:
    """Draw what two people begin with: the record, some of it in brackets, some of it with comments."""
    data = copy.deepcopy(BASE)
    for key in draw(
        st.sets(st.sampled_from(["timeline", "communications", "links", "remediation", "systems"]), max_size=2)
    ):
        del data[key]
    all_of_it = places(data)
    inner = [where for where in all_of_it if len(where) > 1 or where[0] in ("services", "systems", "roles", "timeline")]
    flow = frozenset(draw(st.sets(st.sampled_from(inner), max_size=12)))
    side = Side(data, flow=flow, indent=draw(st.sampled_from([0, 2])))
    spots = [where for where in all_of_it if writable(side, where)]
    side.above = {
        where: f"# over {index}" for index, where in enumerate(draw(st.lists(st.sampled_from(spots), max_size=4)))
    }
    return side


@dataclass(frozen=True)
class Change:
    """One thing that somebody does to a record."""

    kind: str
    where: Where
    value: Any = None


@st.composite
def changes(draw: st.DrawFn, side: Side, who: str) -> list[Change]:
    """Draw what one person does, with values that nobody else writes."""
    found = []
    for index in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["set", "add", "add", "take", "note", "above"]))
        if kind == "set":
            items = [place for place in places(side.data) if place[:-1] in LISTS]
            inner = [(*place, draw(st.sampled_from(["title", "disclosure", "notes"]))) for place in items]
            where = draw(st.sampled_from([*SCALARS, *inner]))
            values = [f"{who} says: {index}", "yes", f"{who}\nlines\n", index]
            found.append(Change(kind, where, draw(st.sampled_from(values))))
        elif kind == "add":
            where = draw(st.sampled_from([*LISTS, *SETS]))
            found.append(Change(kind, where, entry(where, f"{who}{index}", draw(st.integers(120, 240)))))
        else:
            named = ("id", "url", "text")  # without its name an item is another one
            spots = [
                place for place in places(side.data) if kind != "take" or (len(place) > 1 and place[-1] not in named)
            ]
            where = draw(st.sampled_from(spots))
            found.append(Change(kind, where, f"# {who} {index}"))
    return found


def changed(base: Side, made: list[Change]) -> Side:
    """Return what becomes of ``base``; what has no place any more is passed over."""
    side = copy.deepcopy(base)
    for change in made:
        parent = at(side.data, change.where[:-1])
        if change.kind == "add":
            _add(side.data, change)
        elif change.kind == "set" and isinstance(parent, dict) and not isinstance(parent.get(change.where[-1]), dict):
            parent[change.where[-1]] = change.value
            side.behind.pop(change.where, None)
        elif change.kind == "take" and parent and at(side.data, change.where) is not None:
            _take(parent, change.where[-1])
        elif (
            change.kind in ("note", "above")
            and at(side.data, change.where) is not None
            and writable(side, change.where)
        ):
            value = at(side.data, change.where)
            whole = isinstance(value, dict) and not isinstance(at(side.data, change.where[:-1]), dict)
            plain = not isinstance(value, str) or "\n" not in value
            if change.kind == "note" and plain and not (whole and change.where not in side.flow):
                side.behind.setdefault(change.where, str(change.value))
            else:
                side.above.setdefault(change.where, str(change.value))
    return side


def _add(data: Plain, change: Change) -> None:
    for step in change.where[:-1]:
        data = data.setdefault(step, {})
    items = data.setdefault(change.where[-1], [])
    if name(change.value) not in map(name, items):
        items.append(change.value)
        items.sort(key=lambda item: item.get("at", "") if isinstance(item, dict) else "")


def _take(parent: Any, step: str) -> None:
    if isinstance(parent, dict):
        del parent[step]
    else:
        parent[:] = [item for item in parent if name(item) != step]
