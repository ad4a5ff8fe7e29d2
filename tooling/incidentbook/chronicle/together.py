"""What was known of all the records of a view when: Git is asked once for everything, and each file is told by itself.

A record is followed back as far as its file has held what has its id now; where it was before, under another name or number,
`trail` tells for one record at a time. Nobody's name and no word of a commit's own is in it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from incidentbook import files, git_command
from incidentbook.chronicle.seen import Seen, strings
from incidentbook.chronicle.steps import Step, Text, Touch, whole
from incidentbook.chronicle.trail import touched
from incidentbook.differences import Difference
from incidentbook.entry import Entry
from incidentbook.history.clock import settled
from incidentbook.history.facts import IncidentFacts
from incidentbook.history.past import Past
from incidentbook.memo import FORGETFUL, Memo, remembered
from incidentbook.records.time import UTC
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

_SHORT = 8  # characters of a commit's name
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9/._-]{2,80}")
_ALGORITHMS = {40: "sha1", 64: "sha256"}  # by how long Git's names are


class Held(NamedTuple):
    """A version: the place of its commit, and the name of its content."""

    at: int
    blob: str


def of_view(
    repo: Repository, view: Repository, reader: Disclosure, past: Past, now: dt.datetime, memo: Memo = FORGETFUL
) -> dict[str, list[Step]]:
    """Return the steps of each incident's record in ``view``, by its path, the oldest first, as far as ``reader`` may see them.

    What was hidden then, or is hidden now, is not told: both sides of a change are narrowed before they are compared. A record
    that has one version, the one that is shown, is not read again; its step has no differences.

    Args:
        repo: the knowledge base as it is now, all of it.
        view: what the reader may see of it.
        reader: the reader's level.
        past: what Git holds.
        now: what was committed later is not told.
        memo: keeps what was found of a record by its versions, and by all that decides what of them is shown.

    """
    ids = {entry.path: entry.record.id for entry in view.incidents if entry.record and entry.record.id}
    times = settled(past.times)
    runs = _runs(past, ids, lambda at: times[at] <= now.timestamp())
    with contextlib.closing(git_command.Contents(repo.root)) as contents:
        teller = _Teller(repo, view, reader, past, times, memo, contents)
        found = {path: teller.steps(path, ids[path], run) for path, run in runs.items()}
    return {path: steps for path, steps in found.items() if steps}


def _runs(past: Past, ids: Mapping[str, str], is_past: Callable[[int], bool]) -> dict[str, list[Held]]:
    """Return the past versions of each file, back to the one before which it was away or held something else."""
    found: dict[str, list[Held]] = {path: [] for path in ids}
    for version in past.versions("incidents/"):
        run = found.get(version.path)
        if run is None or not is_past(version.at):
            continue
        facts = version.facts
        if version.gone or (isinstance(facts, IncidentFacts) and facts.id != ids[version.path]):
            run.clear()
        elif version.blob:
            run.append(Held(version.at, version.blob))
    return {path: run for path, run in found.items() if run}


class _Teller:
    """Tells of one record after the other."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that it tells from
        self,
        repo: Repository,
        view: Repository,
        reader: Disclosure,
        past: Past,
        times: Sequence[int],
        memo: Memo,
        contents: git_command.Contents,
    ) -> None:
        self._repo, self._reader, self._past, self._memo, self._contents = repo, reader, past, memo, contents
        self._seen = Seen(repo, view, reader)
        self._times = times
        self._names: dict[str, str] = {}

    def steps(self, path: str, name: str, run: Sequence[Held]) -> list[Step]:
        """Return the steps of the record at ``path``, whose id is ``name``."""
        if len(run) == 1 and run[0].blob == self._name(path):
            return [self._step(run[0].at, Touch("added", path))]
        blobs = [held.blob for held in run]
        entries: list[Entry[Any] | None] = []

        def read() -> list[Entry[Any] | None]:
            if not entries:
                contents = map(self._contents.get, blobs)
                entries.extend(Entry.of_bytes(path, data) if data is not None else None for data in contents)
            return entries

        mentions = remembered(self._memo, "mentions 1", [path, blobs], lambda: _mentioned(read()))
        homes = [(place, shown, self._name(place)) for place, shown in self._seen.homes(name)]
        asked = [
            path, name, blobs, self._reader.value, self._repo.knowledge_base.default_disclosure.value, homes,
            [(one, *self._seen.has(one)) for one in mentions],
        ]  # fmt: skip
        touches = remembered(self._memo, "touches 1", asked, lambda: self._touches(path, name, read()))
        made = [self._step(held.at, _touch(path, told)) for held, told in zip(run, touches, strict=True)]
        return made if self._reader is Disclosure.RESTRICTED else self._seen.told(made)

    def _touches(self, path: str, name: str, entries: Sequence[Entry[Any] | None]) -> list[Any]:
        """Return what each version changed, as plain data."""
        reading = whole if self._reader is Disclosure.RESTRICTED else self._seen.reading(name)
        was: Text | None = None
        found = []
        for entry in entries:
            text = reading(entry) if entry is not None else Text(unreadable="Git does not have its content here")
            touch = touched(path, "", was, text)
            changes = [(one.path, one.before, one.after) for one in touch.differences]
            found.append([touch.what, changes, touch.added_lines, touch.removed_lines])
            was = was if text.unreadable and was else text
        return found

    def _step(self, place: int, touch: Touch) -> Step:
        past = self._past
        at, known = (dt.datetime.fromtimestamp(second, UTC) for second in (past.times[place], self._times[place]))
        if place == 0 and past.shortened and touch.what == "added":
            touch = replace(touch, what="there")  # older than what is here
        commit = past.commit(place)
        return Step(at, known, place, commit, commit[:_SHORT], "", merge=False, touches=(touch,))

    def _name(self, path: str) -> str:
        """Return what Git calls the content that a file has now; empty where nobody can say."""
        if path not in self._names:
            data, algorithm = files.read_bytes(self._repo.root, path), _ALGORITHMS.get(self._past.width, "sha1")
            self._names[path] = files.git_name(data, algorithm) if isinstance(data, bytes) else ""
        return self._names[path]


def _touch(path: str, told: Sequence[Any]) -> Touch:
    what, changes, added, removed = told
    return Touch(
        what, path, differences=tuple(Difference(*one) for one in changes), added_lines=added, removed_lines=removed
    )


def _mentioned(entries: Sequence[Entry[Any] | None]) -> list[str]:
    """Return every text in some versions that may be the id of a record or an action item."""
    said = (text for entry in entries if entry is not None for text in strings(entry.document.value))
    return sorted({text for text in said if _ID.fullmatch(text)})
