"""What two states of a record say differently, fact by fact: entries are matched by their id, everything else by its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from incidentbook.frozen import frozen
from incidentbook.records.time import parse_time

if TYPE_CHECKING:
    from incidentbook.outputs import common as printed

_ABSENT: Any = object()
_LONG = 48  # characters of a value that are shown


@frozen
class Difference:
    """One fact that is not the same.

    Attributes:
        path: where it stands, for people: ``milestones.resolved``, ``action_items[AI-2025-001-1].due``.
        before: what it was, in short; empty where it was not there.
        after: what it is; empty where it is not there any more.

    """

    path: str
    before: str
    after: str

    def __str__(self) -> str:
        """Say it in a line."""
        if not self.before:
            return f"{self.path}: {self.after} (new)"
        return f"{self.path}: {self.before} → {self.after}" if self.after else f"{self.path}: {self.before} (gone)"

    def plain(self) -> printed.Difference:
        """Return it for JSON."""
        return {"path": self.path, "before": self.before or None, "after": self.after or None}


def differences(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Yield what differs between two plain values; what only one of them has is told as a whole."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            below = f"{path}.{key}" if path else str(key)
            yield from differences(before.get(key, _ABSENT), after.get(key, _ABSENT), below)
    elif _has_ids(before) and _has_ids(after):
        yield from _entries(before, after, path)
    elif before != after:
        one, other = _short_times(before, after)
        yield Difference(path, one, other)


def _entries(before: Sequence[Any], after: Sequence[Any], path: str) -> Iterator[Difference]:
    old, new = ({str(item["id"]): item for item in found} for found in (before, after))
    for name in [*old, *(name for name in new if name not in old)]:
        yield from differences(old.get(name, _ABSENT), new.get(name, _ABSENT), f"{path}[{name}]")


def _has_ids(value: Any) -> bool:
    """Whether ``value`` is a list of entries each with an id of its own (an empty one may become such a list)."""
    if not isinstance(value, list):
        return False
    ids = [item.get("id") if isinstance(item, Mapping) else None for item in value]
    return None not in ids and len(set(map(str, ids))) == len(ids)


def _short_times(before: Any, after: Any) -> tuple[str, str]:
    """Return both values in short: of two times of one day the second is told without its day."""
    one, other = shown(before), shown(after)
    both = parse_time(before), parse_time(after)
    if both[0] and both[1] and one[:10] == other[:10] and one[19:] == other[19:]:
        return one, other[11:]
    return one, other


def shown(value: Any) -> str:
    """Return a plain value in one short line."""
    if value is _ABSENT or value is None:
        return ""
    if isinstance(value, Mapping):
        text = ", ".join(f"{key} {shown(value[key])}" for key in value if key != "id")
    elif isinstance(value, list):
        text = ", ".join(map(shown, value)) or "none"
    elif isinstance(value, bool):
        text = "true" if value else "false"
    else:
        text = " ".join(str(value).split()) or '""'
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
