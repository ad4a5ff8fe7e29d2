"""Which file had which incident's number when, as Git has it."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import NamedTuple

from incidentbook.history.past import GONE, INCIDENTS, Past


class Held(NamedTuple):
    """A number that a file has, and the name of the last content of it that could be read."""

    id: str
    blob: str


class Change(NamedTuple):
    """What a commit made of a record's file: what it held before and from then on, None for no number."""

    at: int
    path: str
    before: Held | None
    after: Held | None

    @property
    def keeps(self) -> bool:
        """Whether the file has the number that it had."""
        return self.before is not None and self.after is not None and self.before.id == self.after.id

    @property
    def lost(self) -> str:
        """The number that the file has no more; empty where it kept its own, or had none."""
        return self.before.id if self.before and not self.keeps else ""


class Holding:
    """All changes of records' files; each is worked out when somebody asks for its file, its commit or its number."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._ids = [row[0] for row in past.incidents.read()]
        self._is_record = [path.startswith(INCIDENTS) for path in past.paths]
        self._rows: dict[int, list[int]] = {}  # of the past, by the number of the path
        for row, path in enumerate(past.path):
            self._rows.setdefault(path, []).append(row)
        self._changes: dict[int, Change] = {}  # by row
        self._named: dict[str, list[Change]] = {}

    def of(self, path: str) -> list[Change]:
        """Return the changes of a file, in the order of the line."""
        return self._of(self._past.paths.index(path))

    def at(self, place: int) -> list[Change]:
        """Return those that a commit made."""
        rows = range(bisect.bisect_left(self._past.at, place), bisect.bisect_right(self._past.at, place))
        paths = [(row, self._past.path[row]) for row in rows]
        for path in {path for row, path in paths if self._is_record[path] and row not in self._changes}:
            self._of(path)
        return [self._changes[row] for row, path in paths if self._is_record[path]]

    def holders(self, incident_id: str, before: int) -> list[str]:
        """Return the files that had a number just before a commit, in the order in which they got it."""
        found: dict[str, None] = {}
        for change in self._with(incident_id):
            if change.at >= before:
                break
            if change.lost == incident_id:
                found.pop(change.path, None)
            elif change.after and change.after.id == incident_id:
                found[change.path] = None
        return list(found)

    def came(self, incident_id: str, since: int, before: int) -> bool:
        """Whether a file got a number in a commit from ``since`` on that is ``before`` another."""
        known = (change for change in self._with(incident_id) if since <= change.at < before and not change.keeps)
        return any(change.after is not None and change.after.id == incident_id for change in known)

    def had(self, incident_id: str, before: int) -> Iterator[Change]:
        """Yield the changes before a commit of files that had a number, the newest first."""
        known = (change for change in reversed(self._with(incident_id)) if change.at < before)
        return (change for change in known if change.before and change.before.id == incident_id)

    def losses(self, incident_id: str, before: int) -> list[Change]:
        """Return those in which a file lost the number."""
        return [change for change in self.had(incident_id, before) if not change.keeps]

    def _with(self, incident_id: str) -> list[Change]:
        """Return the changes of all files that ever had a number, in the order of the line."""
        found = self._named.get(incident_id)
        if found is None:
            numbers = {number for number, name in enumerate(self._ids) if name == incident_id}
            pairs = zip(self._past.path, self._past.number, strict=True)
            paths = dict.fromkeys(path for path, number in pairs if number in numbers and self._is_record[path])
            found = sorted((change for path in paths for change in self._of(path)), key=lambda change: change.at)
            self._named[incident_id] = found
        return found

    def _of(self, path: int) -> list[Change]:
        held: Held | None = None
        rows, name = self._rows[path], self._past.paths[path]
        for row in rows if rows[-1] not in self._changes else ():
            before, held = held, self._held(row, held)
            self._changes[row] = Change(self._past.at[row], name, before, held)
        return [self._changes[row] for row in rows]

    def _held(self, row: int, before: Held | None) -> Held | None:
        """Return what a file holds from a version on; one that cannot be read leaves it at what it was."""
        number = self._past.number[row]
        if number < 0:
            return None if number == GONE else before
        name = self._ids[number]
        return Held(name, self._past.blob(row)) if name else None
