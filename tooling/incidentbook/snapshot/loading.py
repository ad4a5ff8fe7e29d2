"""Entries made from the cache of facts; only contents that nobody has read before are read and parsed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from incidentbook import files
from incidentbook.entry import Entry
from incidentbook.snapshot.lean import lean
from incidentbook.snapshot.store import Store

Read = Callable[[], bytes | files.Refusal]


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
) -> Iterator[Entry[Any]]:
    """Yield the entry of each path in ``names``, in their order.

    Args:
        store: the cache; None where whole files are wanted.
        names: the name of each file's content, by path.
        reader: gives the way to read the file at a path, for whoever asks for more than the facts.
        read: yields what is at the given paths, in their order.

    """
    if store is None:
        yield from (Entry.of_bytes(content.path, content.data) for content in read([*names]))
        return
    known = _known(store, names.values())
    missing = [path for path, name in names.items() if name not in known]
    fresh: dict[str, bytes] = {}
    parsed = (_parsed(content, fresh) for content in read(missing))
    for path, name in names.items():
        facts = known.get(name)
        yield next(parsed) if facts is None else Entry.of_facts(path, facts, reader(path))
    store.keep(facts=fresh)


def _known(store: Store, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    import orjson  # noqa: PLC0415 - only figures read the cache

    return {name: orjson.loads(says) for name, says in store.facts(filter(None, names)).items()}


def _parsed(content: Content, fresh: dict[str, bytes]) -> Entry[Any]:
    """Return the entry of a file that was read, and put its facts into ``fresh``.

    Nothing is kept of a file in which something is wrong, or that JSON cannot hold (infinity, half of a character).
    """
    path, name, data = content
    entry: Entry[Any] = Entry.of_bytes(path, data)
    value = entry.document.value
    if not isinstance(value, dict) or entry.document.problems or not name:
        return entry
    facts = lean(entry.kind, value)
    try:
        fresh[name] = json.dumps(facts, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except ValueError:
        return entry
    return Entry.of_facts(path, facts, lambda: data)
