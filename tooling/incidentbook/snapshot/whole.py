"""What pages need of a file: all that it says, and what takes long to find out about it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any

from incidentbook import files, schema
from incidentbook.entry import Entry, kind_of
from incidentbook.records import dated

_LEVELS = ("disclosure", "private", "field_disclosure")


def key(path: str, name: str) -> str:
    """Return what it is kept by: what is found out about one content depends on the kind of file that it is taken for."""
    return f"{name} whole {kind_of(path)}"


def kept(entry: Entry[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that a file says, with its body, whether it is doubtful or has parts that are narrower, and its last day."""
    return {
        "value": value,
        "body": entry.document.body if entry.path.endswith(".md") else None,
        "doubtful": schema.doubtful(entry.kind, entry.document),
        "last": dated.last(value),
        "mixed": "field_disclosure" in value or any(_levelled(item) for item in value.values()),
    }


def entry(path: str, told: Callable[[], Mapping[str, Any]], read: Callable[[], bytes | files.Refusal]) -> Entry[Any]:
    """Return the entry of a file of which all that it says was kept; its record reads each field when it is asked for."""
    once = functools.cache(told)

    def facts() -> Mapping[str, Any]:
        found = once()
        body = found["body"]
        return found["value"] if body is None else {**found["value"], "body": body}

    made: Entry[Any] = Entry.of_facts(path, facts, read)
    made.known = once
    return made


def _levelled(value: object) -> bool:
    """Whether anything within ``value`` says who may see it."""
    if isinstance(value, Mapping):
        return any(key in value for key in _LEVELS) or any(_levelled(item) for item in value.values())
    return isinstance(value, list) and any(_levelled(item) for item in value)
