"""Entries made from the cache of facts; only contents that nobody has read before are read and parsed."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from incidentbook import files
from incidentbook.entry import Entry
from incidentbook.snapshot import lean, whole
from incidentbook.snapshot.store import Store

Read = Callable[[], bytes | files.Refusal]
Kept = dict[str, Any]


class Way(NamedTuple):
    """What is kept of files.

    Attributes:
        key: returns what it is kept by, given the file's path and the name of its content.
        kept: returns what is kept of a file in which nothing is wrong, given its entry and data.
        entry: returns the entry of what was kept, given the file's path, what gives the kept and what reads the file.

    """

    key: Callable[[str, str], str]
    kept: Callable[[Entry[Any], Kept], Kept]
    entry: Callable[[str, Callable[[], Kept], Read], Entry[Any]]


LEAN = Way(lambda _, name: name, lambda entry, value: lean.lean(entry.kind, value), Entry.of_facts)
WHOLE = Way(whole.key, whole.kept, whole.entry)


class Content(NamedTuple):
    """What was read at a path: the name of the content, empty where nothing may be kept of it, and the content."""

    path: str
    name: str
    data: bytes | files.Refusal


def entries(
    store: Store | None,
    names: Mapping[str, str],
    reader: Callable[[str], Read],
    read: Callable[[list[str]], Iterable[Content]],
    way: Way = LEAN,
) -> Iterator[Entry[Any]]:
    """Yield the entry of each path in ``names``, in their order.

    Args:
        store: the cache; None where whole files are wanted.
        names: the name of each file's content, by path.
        reader: gives the way to read the file at a path, for whoever asks for more than the facts.
        read: yields what is at the given paths, in their order.
        way: what is kept of files.

    """
    if store is None:
        yield from (Entry.of_bytes(content.path, content.data) for content in read([*names]))
        return
    shelf = _Shelf(store, names, reader, way)
    missing = [path for path in names if path not in shelf.keys]
    fresh: dict[str, bytes] = {}
    parsed = (_parsed(content, fresh, way, reader) for content in read(missing))
    for path, name in names.items():
        if path in shelf.keys:
            entry = way.entry(path, functools.partial(shelf.kept, path), reader(path))
            entry.content = name
            yield entry
        else:
            yield next(parsed)
    store.keep(facts=fresh)


def content(names: Mapping[str, str]) -> str:
    """Return what stands for all that files say, given the name of each one's content; empty where one has none."""
    if not all(names.values()):
        return ""
    return files.digest("\n".join(f"{path}\t{name}" for path, name in names.items()).encode("utf-8", "surrogatepass"))


class _Shelf:
    """Facts of many files, taken down together when somebody asks for the first; those of policies apart."""

    def __init__(self, store: Store, names: Mapping[str, str], reader: Callable[[str], Read], way: Way) -> None:
        """Begin with the names of contents by path."""
        self._store, self._reader, self._way = store, reader, way
        self._taken: dict[str, dict[str, bytes]] = {}
        keys = {path: way.key(path, name) for path, name in names.items() if name}
        known = store.known(keys.values())
        self.keys = {path: key for path, key in keys.items() if key in known}

    def kept(self, path: str) -> Kept:
        """Return what is known of a file."""
        kind = path.partition("/")[0] if path.startswith("policy/") else ""
        if kind not in self._taken:
            wanted = (key for path, key in self.keys.items() if path.startswith("policy/") == bool(kind))
            self._taken[kind] = self._store.facts(wanted)
        try:
            found = _loaded(self._taken[kind][self.keys[path]])
        except (KeyError, ValueError):  # somebody emptied the cache meanwhile, or it is damaged
            entry: Entry[Any] = Entry.of_bytes(path, self._reader(path)())
            return self._way.kept(entry, entry.document.value or {})
        return found


def _parsed(content: Content, fresh: dict[str, bytes], way: Way, reader: Callable[[str], Read]) -> Entry[Any]:
    """Return the entry of a file that was read, and put what is to be kept of it into ``fresh``.

    Nothing is kept of a file in which something is wrong, or that JSON cannot hold (infinity, half of a character). The entry has
    no more than what is kept: data as they were parsed take ten times the room.
    """
    path, name, data = content
    entry: Entry[Any] = Entry.of_bytes(path, data)
    entry.content = name
    value = entry.document.value
    if not isinstance(value, dict) or entry.document.problems or not name:
        return entry
    try:
        kept = json.dumps(way.kept(entry, value), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
        _loaded(kept)  # it refuses numbers that JSON can hold
    except ValueError:
        return entry
    fresh[way.key(path, name)] = kept
    made = way.entry(path, functools.partial(_loaded, kept), reader(path))
    made.content = name
    return made


def _loaded(kept: bytes) -> Kept:
    import orjson  # noqa: PLC0415 - only figures read the cache

    found: Kept = orjson.loads(kept)
    return found
