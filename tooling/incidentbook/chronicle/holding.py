"""Which file had which incident's number when, as Git has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from incidentbook.history.facts import IncidentFacts
from incidentbook.history.past import INCIDENTS, Past, Version


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
    """All changes of records' files, in the order of the line.

    Attributes:
        at: those of each commit, by its place.
        of: those of each file, by its path.

    """

    def __init__(self, past: Past) -> None:
        self.at: dict[int, list[Change]] = {}
        self.of: dict[str, list[Change]] = {}
        self._had: dict[str, list[Change]] = {}  # those of files that had a number
        self._moved: dict[str, list[Change]] = {}  # those in which it came to a file or left it
        for version in past.versions(INCIDENTS):
            known = self.of.setdefault(version.path, [])
            before = known[-1].after if known else None
            change = Change(version.at, version.path, before, _held(version, before))
            known.append(change)
            self.at.setdefault(version.at, []).append(change)
            if before:
                self._had.setdefault(before.id, []).append(change)
            for held in () if change.keeps else (before, change.after):
                if held:
                    self._moved.setdefault(held.id, []).append(change)

    def holders(self, incident_id: str, before: int) -> list[str]:
        """Return the files that had a number just before a commit, in the order in which they got it."""
        found: dict[str, None] = {}
        for change in self._moved.get(incident_id, ()):
            if change.at >= before:
                break
            if change.lost == incident_id:
                found.pop(change.path, None)
            else:
                found[change.path] = None
        return list(found)

    def came(self, incident_id: str, since: int, before: int) -> bool:
        """Whether a file got a number in a commit from ``since`` on that is ``before`` another."""
        known = self._moved.get(incident_id, ())
        return any(since <= change.at < before and change.lost != incident_id for change in known)

    def had(self, incident_id: str, before: int) -> Iterator[Change]:
        """Yield the changes before a commit of files that had a number, the newest first."""
        return (change for change in reversed(self._had.get(incident_id, ())) if change.at < before)

    def losses(self, incident_id: str, before: int) -> list[Change]:
        """Return those in which a file lost the number."""
        return [change for change in self.had(incident_id, before) if not change.keeps]


def _held(version: Version, before: Held | None) -> Held | None:
    """Return what a file holds from a version on; one that cannot be read leaves it at what it was."""
    if version.gone:
        return None
    if version.facts is None:
        return before
    named = isinstance(version.facts, IncidentFacts) and version.facts.id
    return Held(named, version.blob) if named else None
