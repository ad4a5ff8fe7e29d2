"""What a reader may be told of the past: what no level hid from him then, and none hides from him now.

Whoever narrows a record, a field or an entry does not want its earlier versions told either, so the present has a say in it.
Of what is there no more, the level that it had last counts. What a commit says of itself has no level, so it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from incidentbook import disclosure
from incidentbook.chronicle.steps import Reading, Step, Text, Touch
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.plain import plain
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import Disclosure
from incidentbook.repository import Repository

_HIDDEN = Text(unreadable="It is not shown")
_TEXTS = ("id", "text", "title")  # by the first of these an entry is known


class Seen:
    """The past as a reader of one level may see it."""

    def __init__(self, whole: Repository, view: Repository, reader: Disclosure) -> None:
        """Take the knowledge base as it is now: all of it, and what the reader may see of it."""
        self._reader, self._whole = reader, whole
        self._all, self._shown = _index(whole), _index(view)
        paths = {entry.path for entry in view.entries}
        self._hidden_paths = {entry.path for entry in whole.entries} - paths
        self._hidden_names: dict[frozenset[str], set[str]] = {}
        self._unreadable = any(entry.record is None for entry in _records(whole))

    def shows(self, name: str) -> bool:
        """Whether the incident or action item of that id may be told of; of what is nowhere, its versions say."""
        return name in self._shown or not (name in self._all or self._unreadable)

    def then(self, view: Repository) -> Repository:
        """Return the view of an earlier state without the records and action items that are hidden now."""

        def kept(entries: Iterable[Entry[Any]]) -> list[Entry[Any]]:
            own = ((entry, _names(entry.record) - _items(entry.record)) for entry in entries)
            return [
                entry for entry, names in own if entry.path not in self._hidden_paths and all(map(self.shows, names))
            ]

        return view.with_records(
            kept(view.incidents), list(map(self._less_items, kept(view.postmortems))), kept(view.playbooks)
        )

    def _less_items(self, entry: Entry[Postmortem]) -> Entry[Postmortem]:
        record = entry.record
        if record is None or all(map(self.shows, _items(record))):
            return entry
        return entry.saying(
            replace(record, action_items=tuple(item for item in record.action_items if self.shows(item.id)))
        )

    def data(self, entry: Entry[Any] | None, followed: str = "") -> Mapping[str, Any]:
        """Return what a record of a view says, as plain data, without the fields and entries that are hidden now.

        Args:
            entry: of a view; nothing for None.
            followed: the id that the record has now, where it may have had another.

        """
        if entry is None:
            return {}
        said: dict[str, Any] = plain(entry.record)
        said.pop("body", None)
        names = {*_names(entry.record), followed}
        known = self._hidden_entries(frozenset(names))
        for home in _homes(self._all, names):
            fields = home.record.field_disclosure if isinstance(home.record, Incident) else {}
            for path, level in fields.items():
                if not self._reader.shows(level):
                    said = _without(said, path.split("."))
        less: dict[str, Any] = _less(said, known)
        return less

    def _hidden_entries(self, names: frozenset[str]) -> set[str]:
        """Return by what the entries of the records of that name are known that the reader may not see."""
        if names not in self._hidden_names:
            known = {name for home in _homes(self._all, names) for name in _entries(home.facts)}
            known -= {name for home in _homes(self._shown, names) for name in _entries(plain(home.record))}
            self._hidden_names[names] = known
        return self._hidden_names[names]

    def homes(self, name: str) -> list[tuple[str, bool]]:
        """Return the files that say something of the incident or item of that id, and whether the reader sees each."""
        return [(home.path, home.path not in self._hidden_paths) for home in self._all.get(name, ())]

    def has(self, name: str) -> tuple[bool, bool]:
        """Return whether there is anything of that id, and whether the reader sees it."""
        return name in self._all, name in self._shown

    def reading(self, followed: str) -> Reading:
        """Return the way to read versions of what has the id ``followed`` now, as far as the reader may see them."""

        def read(entry: Entry[Any]) -> Text:
            if entry.path in self._hidden_paths or not isinstance(entry.document.value, Mapping):
                return _HIDDEN
            named = {name for name in strings(entry.document.value) if name in self._shown}
            small = Repository(self._whole.root, policies=self._whole.policies)
            small.add(entry)
            for home in {home.path: home for home in _homes(self._shown, named) if home.path != entry.path}.values():
                small.add(home)
            found = next((one for one in disclosure.view(small, self._reader).entries if one.path == entry.path), None)
            if found is None:
                return _HIDDEN
            return Text(
                _given(self.data(found, followed), entry.document.value), tuple(entry.document.body.splitlines())
            )

        return read

    def told(self, steps: Iterable[Step]) -> list[Step]:
        """Return the steps without what is not shown: versions, post-mortems of what was hidden then, and what commits say."""
        found, hidden = [], False
        for step in steps:
            records = [touch for touch in step.touches if touch.is_record]
            hidden = records[-1].what == "unreadable" if records else hidden
            touches = tuple(touch for touch in step.touches if (touch.is_record or not hidden) and _tells(touch))
            if touches:
                brought = tuple(commit.without_words() for commit in step.brought)
                found.append(replace(step, subject="", touches=touches, brought=brought))
        return found


def _tells(touch: Touch) -> bool:
    """Whether a reader learns anything from it; what he never saw cannot go either."""
    if touch.what in ("unreadable", "removed"):
        return touch.what == "removed" and bool(touch.before)
    return bool(touch.differences or touch.moved_from or touch.added_lines or touch.removed_lines)


def _names(record: Any) -> set[str]:
    """Return the ids under which a record is looked for: its own, or those of the incidents and items of a post-mortem."""
    if isinstance(record, Postmortem):
        return {*record.incidents, *_items(record)}
    return {record.id} if isinstance(record, Incident) else set()


def _items(record: Any) -> set[str]:
    return {item.id for item in record.action_items} if isinstance(record, Postmortem) else set()


def _records(repo: Repository) -> Iterator[Entry[Any]]:
    yield from repo.incidents
    yield from repo.postmortems
    yield from repo.playbooks


def _index(repo: Repository) -> dict[str, list[Entry[Any]]]:
    found: dict[str, list[Entry[Any]]] = {}
    for entry in _records(repo):
        names = _names(entry.record) or ({entry.record.id} if entry.record is not None else set())
        for name in names:
            found.setdefault(name, []).append(entry)
    return found


def _homes(index: Mapping[str, Sequence[Entry[Any]]], names: Iterable[str]) -> Iterator[Entry[Any]]:
    return (entry for name in names for entry in index.get(name, ()))


def strings(value: Any) -> Iterator[str]:
    """Yield every text in plain data, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for part in value.values() if isinstance(value, Mapping) else value:
            yield from strings(part)


def _entries(value: Any) -> Iterator[str]:
    """Yield what each entry of a list is known by, at any depth."""
    if isinstance(value, Mapping):
        for part in value.values():
            yield from _entries(part)
    elif isinstance(value, list):
        for part in value:
            if isinstance(part, Mapping):
                yield _name(part)
            yield from _entries(part)


def _name(entry: Mapping[str, Any]) -> str:
    return next((text for text in map(entry.get, _TEXTS) if isinstance(text, str) and text), "")


def _less(value: Any, hidden: set[str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _less(part, hidden) for key, part in value.items()}
    if isinstance(value, list):
        return [_less(part, hidden) for part in value if not (isinstance(part, Mapping) and _name(part) in hidden)]
    return value


def _given(said: Mapping[str, Any], written: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a record says of itself, without what goes without saying."""
    found = {key: (part, written[key]) for key, part in said.items() if key in written}
    parts = {
        key: _given(part, own) if isinstance(part, Mapping) and isinstance(own, Mapping) else part
        for key, (part, own) in found.items()
    }
    return {key: part for key, part in parts.items() if part != {}}


def _without(value: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    """Return ``value`` without what stands at ``path``; what no path leads into goes as a whole."""
    head, rest = path[0], path[1:]
    inner = value.get(head)
    if rest and isinstance(inner, dict):
        return {**value, head: _without(inner, rest)}
    return {key: part for key, part in value.items() if key != head}
