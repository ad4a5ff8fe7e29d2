"""Records that have another number in a later state: the same records, so that to give a number is no edit of what they say."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from typing import Any

from incidentbook.alterations import Edit, edits, told
from incidentbook.chronicle.marks import Marks
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.repository import Repository

_NUMBER = re.compile(r"(?<![\w-])INC-\d{4}-\d+(?![\w-])")
Change = Callable[[str], str]


@frozen
class Renumbered:
    """A state as it would be if its records had had the numbers of a later one all along.

    Attributes:
        repo: that state.
        numbers: what each record was called in it, and what it is called later.
        former: where files were that have a record's new number in their path, by this new path.

    """

    repo: Repository
    numbers: Sequence[tuple[str, str]] = ()
    former: Mapping[str, str] = field(default_factory=dict)


def renumbered(before: Repository, after: Repository) -> Renumbered:
    """Return ``before`` with the numbers that its records have in ``after``."""
    changed = edits(before, after)
    pairs = _pairs([edit for edit in changed if edit.unit[0] == "incident"])
    if not pairs:
        return Renumbered(before)
    held = [entry.record.id for entry in before.incidents if entry.record]
    names = {
        _id(old): _id(new) for old, new in pairs if held.count(_id(old)) == 1
    }  # else nobody knows which one is meant
    own = {old.path: {**names, _id(old): _id(new)} for old, new in pairs}
    moved = {old.path: new.path for old, new in pairs}
    touched = {edit.before.path for edit in changed if edit.before}
    there = {entry.path for entry in after.entries}
    taken = {entry.path for entry in before.entries} - touched
    made = dataclasses.replace(before, policies=dict(before.policies), incidents=[], postmortems=[], playbooks=[])
    former = {}
    for entry in before.entries:
        if entry.path not in touched or entry.path.startswith("policy/"):
            made.add(entry)
            continue
        new = _changer(own.get(entry.path, names))
        path = moved.get(entry.path) or new(entry.path)
        if path not in there or path in taken:
            path = entry.path
        if path != entry.path:
            former[path] = entry.path
        taken.add(path)
        made.add(_with(entry, path, new))
    return Renumbered(made, sorted((_id(old), _id(new)) for old, new in pairs), former)


def _pairs(changed: Sequence[Edit]) -> list[tuple[Entry[Any], Entry[Any]]]:
    """Return the records that went from under one number and came under another."""
    marks = {id(entry): Marks.of(told(entry)) for edit in changed for entry in (edit.before, edit.after) if entry}
    others = [
        edit
        for edit in changed
        if edit.before is None or edit.after is None or not marks[id(edit.before)].common(marks[id(edit.after)])
    ]
    went = [edit.before for edit in others if edit.before]
    found = []
    for new in (edit.after for edit in others if edit.after):
        likely = [old for old in went if _id(old) != _id(new) and marks[id(old)].common(marks[id(new)])]
        if likely and _id(new):
            old = max(likely, key=lambda one: marks[id(one)].common(marks[id(new)]))
            went.remove(old)
            found.append((old, new))
    return found


def _id(entry: Entry[Any]) -> str:
    return entry.record.id if entry.record else ""


def _changer(names: Mapping[str, str]) -> Change:
    return lambda text: _NUMBER.sub(lambda match: names.get(match[0], match[0]), text)


def _with(entry: Entry[Any], path: str, new: Change) -> Entry[Any]:
    """Return an entry with every text in it changed."""
    if entry.facts is None:
        found = entry.saying(_changed(entry.record, new))
        found.path = path
        return found
    return Entry.of_facts(
        path, lambda: _changed(entry.facts, new), lambda: new(entry.document.text).encode("utf-8", "surrogatepass")
    )


def _changed(value: Any, new: Change) -> Any:
    if isinstance(value, str) and type(value) is str:
        return new(value)
    if isinstance(value, Mapping):
        return {key: _changed(item, new) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_changed(item, new) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {one.name: _changed(getattr(value, one.name), new) for one in dataclasses.fields(value) if one.init}
        return dataclasses.replace(value, **found)
    return value
