"""Whether two versions are of one record, whatever numbers they have: entries keep their ids, so they tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from incidentbook import git_command
from incidentbook.chronicle.holding import Held
from incidentbook.entry import Entry

_LISTS = ("timeline", "transitions", "communications", "severity_history", "roles")  # of entries with ids of their own
_WORD = re.compile(r"[A-Za-z0-9]+")


class Marks(NamedTuple):
    """What a version is known by: its entries; where one of two has none, its title and milestones."""

    entries: frozenset[tuple[str, str]]
    rest: tuple[Any, Any]


class Likeness:
    """Compares versions; each content is fetched once and read at most once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._contents: dict[str, bytes] = {}
        self._marks: dict[str, Marks] = {}

    def fetch(self, held: Iterable[Held | None]) -> None:
        """Get many contents at once, which takes one process and not many."""
        missing = [name for name in dict.fromkeys(one.blob for one in held if one) if name not in self._contents]
        found = git_command.blobs(self._root, [name for name in missing if name])
        self._contents |= {name: next(found) or b"" if name else b"" for name in missing}

    def common(self, one: Held, other: Held) -> int:
        """Return how much says that two versions are of one record; 0 for nothing.

        That is how many entries both have, and 1 where either has none and the title and the milestones are the same.
        """
        if one.blob == other.blob:
            return len(self._of(one).entries) or 1
        self.fetch((one, other))
        if other.blob in self._marks and not self._may_be(one, self._marks[other.blob]):
            return 0
        left, right = self._of(one), self._of(other)
        if left.entries and right.entries:
            return len(left.entries & right.entries)
        return int(left.rest == right.rest)

    def strange(self, one: Held, other: Held) -> bool:
        """Whether two versions of one number are surely of different records.

        Both have entries, and none in common; or, where either has none, neither the title nor the milestones are the same.
        """
        if self.common(one, other):
            return False
        left, right = self._of(one), self._of(other)
        if left.entries and right.entries:
            return True
        return all(before != after for before, after in zip(left.rest, right.rest, strict=True))

    def _may_be(self, held: Held, marks: Marks) -> bool:
        """Whether a content holds any of these marks as bytes: of thousands in a commit few do, and only they are read."""
        data = self._contents[held.blob]
        words = [name for _, name in marks.entries] + _WORD.findall(str(marks.rest[0]))
        return not words or any(word.encode() in data for word in words)

    def _of(self, held: Held) -> Marks:
        found = self._marks.get(held.blob)
        if found is None:
            self.fetch((held,))
            value = Entry.of_bytes("incidents/record.yml", self._contents[held.blob]).document.value
            data = value if isinstance(value, Mapping) else {}
            found = Marks(frozenset(_entries(data)), (data.get("title"), data.get("milestones")))
            self._marks[held.blob] = found
        return found


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in _LISTS:
        entries = data.get(key)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield key, entry["id"]
