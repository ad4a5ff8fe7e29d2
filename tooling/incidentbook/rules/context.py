"""What a rule may know beside the file at hand: the knowledge base, "now", and an index over all records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from incidentbook.repository import Entry, Repository
from incidentbook.rules import walk

T = TypeVar("T")


@dataclass(slots=True)
class Index:
    """Who has which id. Of a list, the first is the one whose file is named after the id, where there is such a file."""

    incidents: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    playbooks: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    postmortems: dict[str, list[Entry[Any]]] = field(default_factory=dict)
    actions: dict[str, list[tuple[Entry[Any], tuple[str | int, ...]]]] = field(default_factory=dict)


@dataclass(slots=True)
class Context:
    """The run: one for all rules.

    Attributes:
        repo: the whole knowledge base, whatever was asked about.
        now: the instant at which the run takes place.
        unread: files in the knowledge base's folders that look like records and are not read, relative to its root.

    """

    repo: Repository
    now: dt.datetime
    unread: tuple[str, ...] = ()
    _index: Index | None = None
    _once: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The knowledge base's time zone."""
        return self.repo.zone

    @property
    def index(self) -> Index:
        """Who has which id, over all records."""
        if self._index is None:
            self._index = _index(self.repo)
        return self._index

    def once(self, key: tuple[Any, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` returns, computed once a run for ``key``: what several rules of a family share."""
        if key not in self._once:
            self._once[key] = make()
        result: T = self._once[key]
        return result

    def exists(self, path: str) -> bool:
        """Whether the repository holds a file or a folder at ``path``, relative to the knowledge base's root."""
        return self.once(("exists", path), lambda: _exists(self.repo.root, path))

    @property
    def depth(self) -> int:
        """How many folders the knowledge base lies below the top of its Git repository; 0 where it lies in none."""
        return self.once(("depth",), lambda: _depth(self.repo.root))

    def terms(self, policy: str, key: str) -> tuple[str, ...] | None:
        """Return the keys of the mapping ``key`` of a policy file; None where nothing can be held against it.

        A missing or unreadable policy is a finding of its own, not one in each record that refers to it.
        """
        entry = self.repo.policies.get(policy)
        mapping = entry.document.value.get(key) if entry and isinstance(entry.document.value, dict) else None
        return tuple(mapping) if isinstance(mapping, dict) else None


def _exists(root: Path, path: str) -> bool:
    try:
        return (root / path).exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _depth(root: Path) -> int:
    folders = (root, *root.parents)
    return next((depth for depth, folder in enumerate(folders) if (folder / ".git").exists()), 0)


def _index(repo: Repository) -> Index:
    index = Index()
    for incident in repo.incidents:
        _add(index.incidents, incident)
    for playbook in repo.playbooks:
        _add(index.playbooks, playbook)
    for postmortem in repo.postmortems:
        for _, covered in walk.texts(postmortem.document.value, "incidents.*"):
            index.postmortems.setdefault(covered, []).append(postmortem)
        for path, action in walk.texts(postmortem.document.value, "action_items.*.id"):
            index.actions.setdefault(action, []).append((postmortem, path))
    return index


def _add(known: dict[str, list[Entry[Any]]], entry: Entry[Any]) -> None:
    for _, record_id in walk.texts(entry.document.value, "id"):
        entries = known.setdefault(record_id, [])
        entries.insert(0 if is_named(entry, record_id) else len(entries), entry)


def is_named(entry: Entry[Any], record_id: str) -> bool:
    """Whether the file of ``entry`` is named after ``record_id``, as it has to be."""
    path = entry.path.rsplit(".", 1)[0]
    return path.split("/", 1)[-1] == record_id if entry.kind == "playbook" else path.rsplit("/", 1)[-1] == record_id
