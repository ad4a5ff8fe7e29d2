"""Whether two versions of records' files are of one record, read from Git no more than it takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from incidentbook import git_command
from incidentbook.chronicle.holding import Held
from incidentbook.chronicle.marks import Marks
from incidentbook.entry import Entry

_WORD = re.compile(r"[A-Za-z0-9]+")


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
        """Return how much says that two versions are of one record (`Marks.common`); 0 for nothing."""
        if one.blob == other.blob:
            return len(self._of(one).entries) or 1
        self.fetch((one, other))
        if other.blob in self._marks and not self._may_be(one, self._marks[other.blob]):
            return 0
        return self._of(one).common(self._of(other))

    def strange(self, one: Held, other: Held) -> bool:
        """Whether two versions of one number are surely of different records (`Marks.strange`)."""
        return one.blob != other.blob and self._of(one).strange(self._of(other))

    def _may_be(self, held: Held, marks: Marks) -> bool:
        """Whether a content holds any of these marks as bytes: of thousands in a commit few do, and only they are read."""
        data = self._contents[held.blob]
        words = [name for _, name in marks.entries] + _WORD.findall(str(marks.rest[0]))
        return not words or any(word.encode() in data for word in words)

    def _of(self, held: Held) -> Marks:
        found = self._marks.get(held.blob)
        if found is None:
            self.fetch((held,))
            entry: Entry[object] = Entry.of_bytes("incidents/record.yml", self._contents[held.blob])
            found = self._marks[held.blob] = Marks.of(entry.document.value)
        return found
