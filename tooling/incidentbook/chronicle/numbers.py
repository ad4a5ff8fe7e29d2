"""What an incident was called before it was given the number that it has: a record that changed its number is the same record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from incidentbook import git_command
from incidentbook.entry import Entry
from incidentbook.history.facts import IncidentFacts
from incidentbook.history.past import INCIDENTS, Past, Version

_LISTS = ("timeline", "transitions", "communications", "severity_history", "roles")  # of entries with ids of their own


class Name(NamedTuple):
    """An id that a record had.

    Attributes:
        id: the id.
        path: where the record was while it had it; empty where that does not matter.
        since: the place of the commit that gave it the id.

    """

    id: str
    path: str = ""
    since: int = 0


def called(root: Path, past: Past, incident_id: str) -> list[Name]:
    """Return the ids that the record called ``incident_id`` has had, the oldest first; itself where it never had another."""
    names = [Name(incident_id)]
    while True:
        first = _first(past, names[0], names[1].since if len(names) > 1 else len(past))
        earlier = _predecessor(root, past, first) if first else None
        if first is None or earlier is None or any(name[:2] == (earlier.id, earlier.path) for name in names):
            return names
        names[0] = names[0]._replace(since=first.at)
        names.insert(0, earlier)


def _first(past: Past, name: Name, until: int) -> Version | None:
    """Return the version with which a record got its name."""
    for version in past.versions(INCIDENTS):
        if version.at >= until:
            return None
        if _id(version) == name.id and name.path in ("", version.path):
            return version
    return None


def _predecessor(root: Path, past: Past, first: Version) -> Name | None:
    """Return what ``first`` was called before, where the same commit took that name from a record with the same entries."""
    own = _id(first)
    said: dict[str, Version] = {}  # the last version of each path before that commit
    for version in past.versions(INCIDENTS):
        if version.at > first.at:
            break
        if version.at < first.at:
            said[version.path] = version
            continue
        before = said.get(version.path)
        lost = _id(before)
        if before is not None and lost not in ("", _id(version), own) and _same(root, before, first):
            return Name(lost, version.path)
    return None


def _id(version: Version | None) -> str:
    return version.facts.id if version is not None and isinstance(version.facts, IncidentFacts) else ""


def _same(root: Path, one: Version, other: Version) -> bool:
    """Whether two versions are of one record: entries with the same ids; where they have none, the same title and milestones."""
    contents = git_command.blobs(root, [one.blob, other.blob])
    datas = [_data(path, content) for path, content in zip((one.path, other.path), contents, strict=True)]
    before, after = (set(_entries(data)) for data in datas)
    if before and after:
        return not before.isdisjoint(after)
    return all(datas[0].get(key) == datas[1].get(key) for key in ("title", "milestones"))


def _data(path: str, data: bytes | None) -> Mapping[str, Any]:
    value = Entry.of_bytes(path, data or b"").document.value
    return value if isinstance(value, Mapping) else {}


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key in _LISTS:
        entries = data.get(key)
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, Mapping) and isinstance(entry.get("id"), str):
                yield key, entry["id"]
