"""The past of a knowledge base in memory: the commits of its line, and what each version of each file says."""

from __future__ import annotations

import bisect
import json
from array import array
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from incidentbook.history.facts import Facts, IncidentFacts, ItemFacts, PostmortemFacts
from incidentbook.history.line import LINK, NO_BLOB

GONE, UNREADABLE, PASSED_OVER = -1, -2, -3  # in place of the number of its facts
INCIDENTS, POSTMORTEMS = "incidents/", "postmortems/"


class Version(NamedTuple):
    """What a commit made of a file.

    Attributes:
        at: the commit's place on the line; the first is 0.
        path: relative to the knowledge base.
        blob: the name of the content; empty where the file is gone or no regular file.
        facts: what it says; None where it is gone, cannot be read, or is of a kind that is not read.
        gone: whether the file is gone.

    """

    at: int
    path: str
    blob: str
    facts: Facts | None
    gone: bool


class Rows:
    """Rows of facts, numbered, as JSON until somebody looks at them: what is only kept is never taken apart."""

    def __init__(self, text: str = "", count: int = 0) -> None:
        self.text, self.count = text, count
        self._new: list[Any] = []
        self._numbers: dict[Any, int] = {}
        self._read: list[Any] | None = None

    def number(self, row: Any) -> int:
        """Return the number of a row, which is added where it has none yet."""
        known = self._numbers.get(row)
        if known is None:
            known = self._numbers[row] = self.count
            self.count += 1
            self._new.append(row)
            self._read = None
        return known

    def joined(self) -> str:
        """Return all rows as JSON, without the outermost brackets."""
        if self._new:
            more = json.dumps(self._new, ensure_ascii=False, separators=(",", ":"))[1:-1]
            self.text = f"{self.text},{more}" if self.text else more
            self._new = []
        return self.text

    def read(self) -> list[Any]:
        """Return all rows."""
        if self._read is None:
            self._read = json.loads(f"[{self.joined()}]")
        return self._read


class Past:
    """The commits of a line and the versions of files that they made.

    Versions stand in the order of the line, in lists of one length. Names of commits and contents stand in one text each, since
    there may be tens of thousands of them.

    Attributes:
        boundary: what Git says of where a shallow clone ends; empty for a whole one.
        width: how many characters a name has.
        times: the committers' times as they are written, in seconds of the epoch.

    """

    def __init__(self, boundary: str, width: int) -> None:
        self.boundary, self.width = boundary, width
        self.names = ""
        self.times = array("q")
        self.paths: list[str] = []
        self.at, self.path, self.number = array("i"), array("i"), array("i")
        self.blobs = ""
        self.incidents, self.postmortems, self.items = Rows(), Rows(), Rows()

    def __len__(self) -> int:
        """How many commits there are."""
        return len(self.times)

    @property
    def tip(self) -> str:
        """The newest commit; empty where there is none."""
        return self.names[-self.width :]

    @property
    def shortened(self) -> bool:
        """Whether what lies before the first commit is not here: what it holds is older than it, by nobody knows how much."""
        return bool(self.boundary and self.times) and self.commit(0) in self.boundary

    def commit(self, at: int) -> str:
        """Return the name of the commit at that place of the line."""
        return self.names[at * self.width : (at + 1) * self.width]

    def place(self, commit: str) -> int | None:
        """Return where a commit stands on the line; None where it does not."""
        start = self.names.find(commit) if len(commit) == self.width else -1
        while start >= 0 and start % self.width:
            start = self.names.find(commit, start + 1)
        return start // self.width if start >= 0 else None

    def cut(self, commits: int) -> None:
        """Forget all but the first ``commits`` commits."""
        versions = bisect.bisect_left(self.at, commits)
        self.names, self.blobs = self.names[: commits * self.width], self.blobs[: versions * self.width]
        del self.times[commits:], self.at[versions:], self.path[versions:], self.number[versions:]

    def versions(self, folder: str = "", since: int = 0) -> Iterator[Version]:
        """Yield the versions of the files below ``folder`` (``incidents/``), in the order of the line.

        Args:
            folder: empty for all.
            since: the place of the commit to begin with.

        """
        wanted = [path.startswith(folder) for path in self.paths]
        readers = [self._reader(path) for path in self.paths]
        for row in range(bisect.bisect_left(self.at, since), len(self.at)):
            path, number = self.path[row], self.number[row]
            if wanted[path]:
                blob = self.blob(row)
                known = readers[path](number) if number >= 0 else None
                yield Version(self.at[row], self.paths[path], blob, known, number == GONE)

    def blob(self, row: int) -> str:
        """Return the name of the content of a version by its row; empty where there is none."""
        found = self.blobs[row * self.width : (row + 1) * self.width]
        return "" if found.startswith("-") else found

    def _reader(self, path: str) -> Any:
        return self.postmortem if path.startswith(POSTMORTEMS) else self.incident

    def incident(self, number: int) -> IncidentFacts:
        """Return numbered facts of an incident."""
        return IncidentFacts(*self.incidents.read()[number])

    def postmortem(self, number: int) -> PostmortemFacts:
        """Return numbered facts of a post-mortem."""
        status, incidents, items = self.postmortems.read()[number]
        return PostmortemFacts(status, tuple(incidents), tuple(map(self.item, items)))

    def item(self, number: int) -> ItemFacts:
        """Return the numbered facts of an action item."""
        return ItemFacts(*self.items.read()[number])

    def put(self, facts: Facts) -> int:
        """Return the number under which ``facts`` are kept from now on."""
        if isinstance(facts, IncidentFacts):
            return self.incidents.number(facts)
        items = tuple(map(self.items.number, facts.items))
        return self.postmortems.number((facts.status, facts.incidents, items))

    def add(self, names: Sequence[str], times: Sequence[int], versions: Sequence[tuple[int, str, str, int]]) -> None:
        """Add commits behind the others.

        Args:
            names: of the commits, the oldest first.
            times: of the commits.
            versions: what they made: the commit's place among the new ones, the path, the blob, and the number of its facts.

        """
        first = len(self)
        known = {path: number for number, path in enumerate(self.paths)}
        self.names += "".join(names)
        self.times.extend(times)
        nothing = "-" * self.width
        self.blobs += "".join(nothing if blob in (NO_BLOB, LINK) else blob for _, _, blob, _ in versions)
        self.at.extend(first + at for at, _, _, _ in versions)
        self.path.extend(known.setdefault(path, len(known)) for _, path, _, _ in versions)
        self.number.extend(number for _, _, _, number in versions)
        self.paths = list(known)
