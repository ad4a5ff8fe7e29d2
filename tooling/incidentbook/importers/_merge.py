"""A newer account of an incident whose record was edited here: only what is new by its entry id is added. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from incidentbook import edit, source

_LISTS: tuple[tuple[str, ...], ...] = (
    ("transitions",),
    ("communications",),
    ("provenance", "original", "incident_updates"),
    ("provenance", "original", "updates"),
)
LAST_SEEN = ("provenance", "last_seen")


def append_new(text: str, made: Mapping[str, Any]) -> tuple[str, int]:
    """Return ``text`` with the entries of ``made`` that it does not have, and how many communications and transitions those are.

    Every other byte stays; ``provenance.last_seen`` follows the source, because it says how far the account reaches.

    Raises:
        EditError: the record here has another shape than the schema's.

    """
    document = source.load(text)
    count = 0
    for path in _LISTS:
        known = {item.get("id") for item in _list_at(document.value, path) if isinstance(item, Mapping)}
        for entry in _list_at(made, path):
            if isinstance(entry, Mapping) and entry.get("id") not in (None, *known):
                document = source.load(edit.apply(document.text, [edit.append_item(document, path, entry)]))
                count += len(path) == 1
    seen = _at(made, LAST_SEEN)
    if seen is not None and _at(document.value, LAST_SEEN) != seen:
        document = source.load(edit.apply(document.text, [edit.set_value(document, LAST_SEEN, seen)]))
    return document.text, count


def _at(value: object, path: Sequence[str]) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _list_at(value: object, path: Sequence[str]) -> Sequence[Any]:
    found = _at(value, path)
    return found if isinstance(found, list) else ()
