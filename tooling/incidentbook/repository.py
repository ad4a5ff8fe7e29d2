"""A knowledge base read from disk: every record with its document, and an index over all of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from incidentbook import files
from incidentbook.entry import POLICY_TYPES, Entry
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.vocabulary import Disclosure

if TYPE_CHECKING:
    from incidentbook.records.action_item import ActionItem
    from incidentbook.records.incident import Incident
    from incidentbook.records.playbook import Playbook
    from incidentbook.records.postmortem import Postmortem

R = TypeVar("R")
Progress = Callable[[Iterable[Path], int], Iterable[Path]]


@dataclass(slots=True)
class Repository:
    """A whole knowledge base in memory. Nothing here writes.

    Attributes:
        content: what stands for all that its files say, for a cache; empty where nobody can say, and for a view.
        written: when its files were as they are: the time of reading, or of the commit; None where "now" is as good as any.
        until: the instant after which it is known to tell of nothing; None where nobody has looked.

    """

    root: Path
    incidents: list[Entry[Incident]] = field(default_factory=list)
    postmortems: list[Entry[Postmortem]] = field(default_factory=list)
    playbooks: list[Entry[Playbook]] = field(default_factory=list)
    policies: dict[str, Entry[Any]] = field(default_factory=dict)
    written: dt.datetime | None = field(default=None, repr=False, compare=False)
    content: str = field(default="", init=False, repr=False, compare=False)
    until: dt.datetime | None = field(default=None, init=False, repr=False, compare=False)
    _incidents: dict[str, list[Incident]] | None = field(default=None, init=False, repr=False, compare=False)
    _postmortems: dict[str, Entry[Postmortem]] | None = field(default=None, init=False, repr=False, compare=False)

    def add(self, entry: Entry[Any]) -> None:
        """Put a file among the others of its kind, behind those that are there."""
        match entry.path.split("/", 1)[0]:
            case "incidents":
                self.incidents.append(entry)
            case "postmortems":
                self.postmortems.append(entry)
            case "playbooks":
                self.playbooks.append(entry)
            case _:
                self.policies[entry.kind] = entry

    def policy(self, cls: type[R]) -> R:
        """Return the policy of type ``cls``; its defaults where the file is missing or unreadable."""
        entry = self.policies.get(POLICY_TYPES.kind(cls))
        return entry.record if entry is not None and entry.record is not None else cls()

    @property
    def knowledge_base(self) -> KnowledgeBase:
        """Name, zone, teams and defaults. Nobody can say what an unreadable one hides, so then everything without a level."""
        entry = self.policies.get("knowledge-base")
        if entry is not None and entry.record is None:
            return KnowledgeBase(default_disclosure=Disclosure.RESTRICTED)
        return self.policy(KnowledgeBase)

    @property
    def zone(self) -> ZoneInfo:
        """The knowledge base's time zone."""
        return self.knowledge_base.zone

    @property
    def entries(self) -> Iterator[Entry[Any]]:
        """Every file, policy first, in the order of their paths within a kind."""
        yield from (self.policies[name] for name in sorted(self.policies))
        yield from self.incidents
        yield from self.postmortems
        yield from self.playbooks

    @property
    def unreadable(self) -> list[Entry[Any]]:
        """Every file that holds no mapping, so that nothing of what it says is in anything computed."""
        return [entry for entry in self.entries if not entry.is_readable]

    def all_incidents(self) -> list[Incident]:
        """Return every incident that has an id, in the order of their ids; of duplicates the first."""
        return [same[0] for same in self._index().values()]

    def _index(self) -> dict[str, list[Incident]]:
        """Index the incidents once: the lists do not change after loading."""
        if self._incidents is None:
            found: dict[str, list[Incident]] = {}
            for entry in self.incidents:
                if entry.record is not None and entry.record.id:
                    found.setdefault(entry.record.id, []).append(entry.record)
            self._incidents = dict(sorted(found.items(), key=lambda pair: id_key(pair[0])))
        return self._incidents

    def incident(self, incident_id: str) -> Incident | None:
        """Return the incident with that id; of duplicates the first."""
        return next(iter(self.incidents_named(incident_id)), None)

    def incidents_named(self, incident_id: str) -> list[Incident]:
        """Return every incident with that id: more than one is a mistake that the checker reports."""
        return self._index().get(incident_id, [])

    def postmortem_of(self, incident_id: str) -> Postmortem | None:
        """Return the post-mortem that covers the incident with that id."""
        entry = self.postmortem_entry_of(incident_id)
        return entry.record if entry else None

    def postmortem_entry_of(self, incident_id: str) -> Entry[Postmortem] | None:
        """Return the file of the post-mortem that covers the incident with that id."""
        if self._postmortems is None:
            covered = ((name, entry) for entry in self.postmortems if entry.record for name in entry.record.incidents)
            self._postmortems = {}
            for name, entry in covered:
                self._postmortems.setdefault(name, entry)
        return self._postmortems.get(incident_id)

    def action_items(self) -> Iterator[tuple[Entry[Postmortem], int, ActionItem]]:
        """Yield every action item with its file and its index in ``action_items`` there."""
        for entry in self.postmortems:
            for index, item in enumerate(entry.record.action_items if entry.record else ()):
                yield entry, index, item

    def now(self, as_of: dt.datetime | None = None) -> dt.datetime:
        """Return "now": ``as_of`` if given, else its own (`own_now`), else the clock, in UTC."""
        return (as_of or self.own_now or machine_time()).astimezone(dt.UTC)

    @property
    def own_now(self) -> dt.datetime | None:
        """The "now" of what its files say: the policy's ``as_of``, else when they were as they are; None as `written` is."""
        standing = self.knowledge_base.as_of
        return standing.at if standing is not None else self.written

    def is_to_come(self, now: dt.datetime) -> bool:
        """Whether ``now`` is later than its own, so that what is told of it is what is known already."""
        return self.own_now is not None and now > self.own_now

    def with_records(
        self, incidents: list[Entry[Incident]], postmortems: list[Entry[Postmortem]], playbooks: list[Entry[Playbook]]
    ) -> Repository:
        """Return the same knowledge base with other records: a view."""
        return replace(self, incidents=incidents, postmortems=postmortems, playbooks=playbooks)


def machine_time() -> dt.datetime:
    """Return the time by this machine's clock, in UTC."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)  # a figure's window is written to the second


def id_key(record_id: str) -> tuple[str | tuple[int, str], ...]:
    """Sort ids by their numbers, however long, so that INC-2025-1000 comes after INC-2025-999."""
    parts = re.split(r"0*([0-9]+)", record_id)
    return tuple((len(part), part) if index % 2 else part for index, part in enumerate(parts))


def record_paths(root: Path) -> list[Path]:
    """Return every file that a knowledge base may hold records in, in the order of `files.listing`."""
    return [root / path for path in files.listing(root)[0]]


def load(root: Path, progress: Progress | None = None) -> Repository:
    """Read the whole knowledge base under ``root``. A file that cannot be read keeps its problems; it stops nothing."""
    repository = Repository(root, written=machine_time())
    paths = record_paths(root)
    for path in progress(paths, len(paths)) if progress else paths:
        repository.add(load_file(root, path))
    return repository


def load_file(root: Path, path: Path) -> Entry[Any]:
    """Read one file of a knowledge base."""
    entry: Entry[Any] = Entry.of_file(root, path.relative_to(root).as_posix())
    _ = entry.document  # what the file says at this moment, not when somebody first asks
    return entry


def lazily(root: Path, paths: Iterable[str], *, digested: bool = False) -> Repository:
    """Return the knowledge base of the files ``paths``, each of which is read, and digested, when it is first asked for."""
    repository = Repository(root)
    for path in paths:
        repository.add(Entry.of_file(root, path, digested=digested))
    return repository
