"""What a record is known by, whatever number it has: entries keep their ids, so they tell; else the title and the milestones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

_LISTS = ("timeline", "transitions", "communications", "severity_history", "roles")  # of entries with ids of their own


class Marks(NamedTuple):
    """The entries of a version, by list and id; and its title and milestones, which count where one of two has no entry."""

    entries: frozenset[tuple[str, str]]
    rest: tuple[Any, Any]

    @classmethod
    def of(cls, data: object) -> Marks:
        """Return those in the data of a record."""
        value = data if isinstance(data, Mapping) else {}
        return cls(frozenset(_entries(value)), (value.get("title"), value.get("milestones")))

    def common(self, other: Marks) -> int:
        """Return how much says that two versions are of one record; 0 for nothing.

        That is how many entries both have, and 1 where either has none and the title and the milestones are the same.
        """
        if self.entries and other.entries:
            return len(self.entries & other.entries)
        return int(self.rest == other.rest)

    def strange(self, other: Marks) -> bool:
        """Whether two versions of one number are surely of different records.

        Both have entries, and none in common; or, where either has none, neither the title nor the milestones are the same.
        """
        if self.entries and other.entries:
            return self.entries.isdisjoint(other.entries)
        return all(before != after for before, after in zip(self.rest, other.rest, strict=True))


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in _LISTS:
        entries = data.get(key)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield key, entry["id"]
