"""Which entry of one side is which of the other, and where it stands in time. No I/O."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from incidentbook.merge.tree import Item, canonical
from incidentbook.records.time import parse_time

# What tells an entry from its neighbours where it has no id: what it says, or where it leads.
_NAMES = (("id",), ("url",), ("text",), ("risk",), ("why",), ("kind", "ref"), ("from", "to"), ("due",))
_SHOWN = 40


def names(items: Sequence[Any]) -> list[Item]:
    """Return the identity of each item of a list; what stands there twice is counted."""
    seen: dict[str, int] = {}
    found = []
    for item in items:
        what, shown = _name(item)
        nth = seen.get(what, 0)
        seen[what] = nth + 1
        found.append(Item(what, nth, shown))
    return found


def _name(item: object) -> tuple[str, str]:
    if isinstance(item, Mapping):
        for keys in _NAMES:
            if all(isinstance(item.get(key), str) for key in keys):
                said = " ".join(item[key] for key in keys)
                return canonical({key: item[key] for key in keys}), _short(said)
    return canonical(item), _short(item if isinstance(item, str) else canonical(item))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def instant(value: object) -> dt.datetime | None:
    """Return the instant that a time says, given alone or with how sure it is; None where it says none."""
    return parse_time(value.get("at") if isinstance(value, Mapping) else value)


def moment(entry: object) -> dt.datetime | None:
    """Return the instant at which an entry happened or began; None where it says none."""
    if not isinstance(entry, Mapping):
        return None
    return instant(entry.get("at")) or instant(entry.get("from"))
