"""What a rule may know beside the file at hand: policy, "now", and what other files say. Whatever it asks is noted.

The notes are what makes a check incremental: a result stands as long as its file, the policies and every answer stand. So a rule
asks here and nowhere else. The narrow questions (`incidents`, `exists`, `is_past`) keep a result for long; the wide ones (`now`,
`repo`) are allowed, and cost a new look in the next run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from incidentbook import files, git_command
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository
from incidentbook.rules import keys
from incidentbook.rules.keys import Index, KeyPath, Keys

T = TypeVar("T")
EVERYTHING = "everything"
_TICK = dt.timedelta(microseconds=1)


@dataclass(slots=True)
class Notes:
    """What was asked while one file was looked at.

    Attributes:
        asked: questions about other files, such as ``incident INC-2025-001``; their answers change with those files only.
        paths: files and folders that were looked for, and whether each was there.
        impact: (service, start, end) of the stretches over which the impact on a service was asked for.
        since: the earliest "now" at which the answers about time are the same; None for any.
        until: the first "now" at which they are not; None for never.

    """

    asked: set[str] = field(default_factory=set)
    paths: dict[str, bool] = field(default_factory=dict)
    impact: set[tuple[str, dt.datetime, dt.datetime]] = field(default_factory=set)
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def add(self, other: Notes) -> None:
        """Take over what somebody else asked, whose answer is used again."""
        self.asked |= other.asked
        self.paths |= other.paths
        self.impact |= other.impact
        self.between(other.since, other.until)

    def between(self, since: dt.datetime | None, until: dt.datetime | None) -> None:
        """Narrow the stretch of time in which the result stands."""
        if since is not None and (self.since is None or since > self.since):
            self.since = since
        if until is not None and (self.until is None or until < self.until):
            self.until = until


class Context:
    """The run: one for all rules.

    Attributes:
        root: the folder of the knowledge base.
        house: the knowledge base's policies, without any record.
        keys_of: returns the keys of a file, from wherever they are known.

    """

    def __init__(self, repo: Repository, now: dt.datetime, unread: Sequence[str] = ()) -> None:
        self.root: Path = repo.root
        self.house = repo.with_records([], [], [])
        self._repo, self._now, self._unread = repo, now, tuple(unread)
        self._entries: dict[str, Entry[Any]] | None = None
        self._index: Index | None = None
        self._once: dict[tuple[Any, ...], tuple[Any, Notes]] = {}
        self._of_file: dict[tuple[Any, ...], Any] = {}
        self._notes = Notes()
        self.keys_of: Callable[[Entry[Any]], Keys] = lambda entry: keys.of(entry, self.house)

    # -- policy: a result never outlives it, so nothing is noted ------------------------------------------------------------

    def policy(self, cls: type[T]) -> T:
        """Return the policy of type ``cls``; its defaults where the file is missing or unreadable."""
        return self.house.policy(cls)

    @property
    def policies(self) -> Mapping[str, Entry[Any]]:
        """The policy files by their names."""
        return self.house.policies

    @property
    def knowledge_base(self) -> KnowledgeBase:
        """Name, zone, teams and defaults."""
        return self.house.knowledge_base

    @property
    def zone(self) -> ZoneInfo:
        """The knowledge base's time zone."""
        return self.house.zone

    def terms(self, policy: str, key: str) -> tuple[str, ...] | None:
        """Return the keys of the mapping ``key`` of a policy file; None where nothing can be held against it.

        A missing or unreadable policy is a finding of its own, not one in each record that refers to it.
        """
        entry = self.policies.get(policy)
        mapping = entry.document.value.get(key) if entry and isinstance(entry.document.value, dict) else None
        return tuple(mapping) if isinstance(mapping, dict) else None

    @property
    def depth(self) -> int:
        """How many folders the knowledge base lies below the top of its Git repository; 0 where it lies in none."""
        return self.once(("depth",), lambda: files.depth(self.root))

    # -- time ----------------------------------------------------------------------------------------------------------------

    @property
    def now(self) -> dt.datetime:
        """The instant at which the run takes place. A result for which it was read stands at this instant only."""
        self._notes.between(self._now, self._now + _TICK)
        return self._now

    def is_past(self, moment: dt.datetime) -> bool:
        """Whether ``moment`` has come: now is at it or after it."""
        if self._now >= moment:
            self._notes.between(moment, None)
            return True
        self._notes.between(None, moment)
        return False

    def is_over(self, moment: dt.datetime) -> bool:
        """Whether ``moment`` lies behind: now is after it."""
        return self.is_past(moment + _TICK)

    def or_now(self, moment: dt.datetime | None) -> dt.datetime:
        """Return ``moment``, or now where it has not come yet or nobody knows it."""
        return moment if moment is not None and self.is_past(moment) else self.now

    # -- other files ---------------------------------------------------------------------------------------------------------

    def incidents(self, incident_id: str) -> list[Entry[Any]]:
        """Return the files of the incident with that id; the first is the rightful one."""
        return self._found("incident", incident_id, self.index.incidents.get(incident_id, ()))

    def incident(self, incident_id: str) -> Incident | None:
        """Return the record of the incident with that id, from its rightful file."""
        return next((entry.record for entry in self.incidents(incident_id)), None)

    def playbooks(self, playbook_id: str) -> list[Entry[Any]]:
        """Return the files of the playbook with that id; the first is the rightful one."""
        return self._found("playbook", playbook_id, self.index.playbooks.get(playbook_id, ()))

    def postmortems(self, incident_id: str) -> list[Entry[Any]]:
        """Return the files of the post-mortems that cover the incident with that id, once for each time that they name it."""
        return self._found("postmortem", incident_id, self.index.postmortems.get(incident_id, ()))

    def actions(self, action_id: str) -> list[tuple[Entry[Any], KeyPath]]:
        """Return where the action items with that id stand: the file, and the path of the id in it."""
        held = self.index.actions.get(action_id, ())
        entries = self._found("action", action_id, [path for path, _ in held])
        return [(entry, at) for entry, (_, at) in zip(entries, held, strict=True)]

    def level(self, incident_id: str) -> Disclosure | None:
        """Return the level of the incident with that id, of several the narrowest; None where there is none."""
        self._notes.asked.add(f"incident {incident_id}")
        return self.index.levels.get(incident_id)

    def is_unreadable(self, record_id: str) -> bool:
        """Whether there is a file named after that id of which nothing can be read."""
        self._notes.asked.add(f"unreadable {record_id}")
        return record_id in self.index.unreadable

    def names(self, kind: str) -> list[str]:
        """Return all there is of a kind (incident, playbook, action, file): what a name may have been meant to be."""
        self._notes.asked.add(f"names {kind}")
        if kind == "file":
            return list(self.entries)
        known: Mapping[str, Any] = getattr(self.index, f"{kind}s")
        return list(known)

    def seconds(self, service: str, start: dt.datetime, end: dt.datetime) -> float:
        """Return the downtime-equivalent seconds of a service from ``start`` to ``end``, in which now may not lie."""
        self._notes.impact.add((service, start, end))
        return self.index.impact.seconds(service, start, end)

    @property
    def unread(self) -> tuple[str, ...]:
        """Files in the knowledge base's folders that look like records and are not read, relative to its root."""
        self._notes.asked.add("names unread")
        return self._unread

    def exists(self, path: str) -> bool:
        """Whether the repository holds a file or a folder at ``path``, relative to the knowledge base's root."""
        found = self._notes.paths.get(path)
        if found is None:
            found = self._notes.paths[path] = files.exists(self.root, path)
        return found

    def has_commit(self, name: str) -> bool | None:
        """Whether the repository has a commit; None where nobody can say. A result for which it was asked stands at once only."""
        self._notes.between(self._now, self._now + _TICK)
        return self.once(("commit", name), lambda: git_command.has_commit(self.root, name))

    @property
    def repo(self) -> Repository:
        """The whole knowledge base. A result for which it was read stands until any file changes."""
        self._notes.asked.add(EVERYTHING)
        return self._repo

    # -- what is computed once -----------------------------------------------------------------------------------------------

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` returns, computed once a run for ``key``; whoever uses it has asked what it took."""
        if key not in self._once:
            with self.noting() as notes:
                self._once[key] = make(), notes
        result: T
        result, notes = self._once[key]
        self._notes.add(notes)
        return result

    def once_a_file(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` returns, computed once for the file at hand: what several rules of a family share."""
        if key not in self._of_file:
            self._of_file[key] = make()
        result: T = self._of_file[key]
        return result

    @contextmanager
    def noting(self) -> Iterator[Notes]:
        """Note apart what is asked inside the block."""
        outer, notes = self._notes, Notes()
        self._notes = notes
        try:
            yield notes
        finally:
            self._notes = outer

    @contextmanager
    def looking_at(self) -> Iterator[Notes]:
        """Begin with a file: note what is asked of others, and forget what belonged to the file before it."""
        self._of_file.clear()
        with self.noting() as notes:
            yield notes
        self._of_file.clear()

    # -- the engine's side ---------------------------------------------------------------------------------------------------

    @property
    def entries(self) -> dict[str, Entry[Any]]:
        """Every file by its path, in the order in which they are looked at."""
        if self._entries is None:
            self._entries = {entry.path: entry for entry in self._repo.entries}
        return self._entries

    @property
    def instant(self) -> dt.datetime:
        """The instant at which the run takes place, for who compares results with it; rules ask for `now`."""
        return self._now

    @property
    def index(self) -> Index:
        """Who holds which key, over all files."""
        if self._index is None:
            self._index = keys.index((path, self.keys_of(entry)) for path, entry in self.entries.items())
        return self._index

    def _found(self, kind: str, name: str, paths: Sequence[str]) -> list[Entry[Any]]:
        self._notes.asked.add(f"{kind} {name}")
        return [self.entries[path] for path in paths]
