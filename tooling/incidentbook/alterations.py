"""What is not the same in two states: the records, post-mortems, playbooks and policies that were edited in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from incidentbook.differences import Difference, differences
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.records.plain import plain
from incidentbook.repository import Repository

Unit = tuple[str, str]  # the kind of a file, and the id of its record; its path where the record has none


@frozen
class Edit:
    """What became of one record or policy between two states; None where it is not there."""

    unit: Unit
    before: Entry[Any] | None
    after: Entry[Any] | None

    @property
    def name(self) -> str:
        """The id of the record, or the path of its file."""
        return self.unit[1]

    @property
    def paths(self) -> list[str]:
        """Where the file was and is."""
        return sorted({entry.path for entry in (self.before, self.after) if entry})

    @property
    def differences(self) -> list[Difference]:
        """The facts that are not the same."""
        return list(differences(*_both(self.before, self.after)))

    @property
    def prose(self) -> bool:
        """Whether the prose below the facts is not the same, of a file that is there before and after."""
        return self.before is not None and self.after is not None and _body(self.before) != _body(self.after)

    @property
    def verb(self) -> str:
        """What was done to it."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.before.path == self.after.path else "moved"


def edits(before: Repository, after: Repository, *, read: bool = False) -> list[Edit]:
    """Return what is not the same in two states, by record: one that has only moved to another file is one edit, not two.

    With ``read``, what only readers notice counts, too: prose, and a file that says the same elsewhere. No figure knows of these.
    """
    old, new = _units(before), _units(after)
    if read:
        old = _renamed(old, new)
    found = (Edit(unit, old.get(unit), new.get(unit)) for unit in sorted(old.keys() | new.keys()))
    return [
        edit for edit in found if not same(edit.before, edit.after) or (read and (edit.verb == "moved" or edit.prose))
    ]


def _renamed(old: Mapping[Unit, Entry[Any]], new: Mapping[Unit, Entry[Any]]) -> dict[Unit, Entry[Any]]:
    """Return ``old``, a file that stands elsewhere in ``new`` under the name that it has there."""
    added: dict[Any, list[Unit]] = {}
    for unit in new:
        if unit not in old:
            added.setdefault((unit[0], _hashable(told(new[unit]))), []).append(unit)
    found = dict(old)
    for unit in [unit for unit in old if unit not in new]:
        if now := added.get((unit[0], _hashable(told(old[unit])))):
            found[now.pop(0)] = found.pop(unit)
    return found


def _hashable(said: Any) -> Any:
    """Return plain data as what is equal where it is, and can be looked up."""
    if isinstance(said, Mapping):
        return frozenset((key, _hashable(value)) for key, value in said.items())
    return tuple(map(_hashable, said)) if isinstance(said, list) else said


def _units(repo: Repository) -> dict[Unit, Entry[Any]]:
    found: dict[Unit, Entry[Any]] = {}
    for entry in repo.entries:
        named = entry.path
        if entry.kind == "incident" and entry.record is not None and entry.record.id:
            named = entry.record.id
        unit = (entry.kind, named)
        found[unit if unit not in found else (entry.kind, entry.path)] = entry
    return found


def same(one: Entry[Any] | None, other: Entry[Any] | None) -> bool:
    """Whether two files say the same, as far as figures are concerned."""
    if one is None or other is None:
        return one is other
    before, after = _both(one, other)
    return bool(before == after)


def _both(one: Entry[Any] | None, other: Entry[Any] | None) -> tuple[Any, Any]:
    """Return what two files say in the same way: as their records do where one of them has no text of its own."""
    if one is not None and other is not None and None in (one.facts, other.facts):
        return _facts(plain(one.record)), _facts(plain(other.record))
    return told(one), told(other)


def told(entry: Entry[Any] | None) -> Any:
    """Return what a file says as plain data; of a view, whose entries have no text of their own, what its record does."""
    return {} if entry is None else _facts(plain(entry.record) if entry.facts is None else entry.facts)


def _facts(said: Any) -> Any:
    """Return what a file says without the prose below its facts."""
    return {key: value for key, value in said.items() if key != "body"} if isinstance(said, Mapping) else said


def _body(entry: Entry[Any]) -> str:
    """Return the prose below the facts of a file that was read whole."""
    return entry.document.body if entry.record is None else getattr(entry.record, "body", "")
