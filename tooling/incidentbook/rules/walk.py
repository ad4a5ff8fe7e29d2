"""Finding values in plain data by a pattern of keys, tolerant of every wrong shape: the schema rules report those."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

KeyPath = tuple[str | int, ...]


def find(value: Any, pattern: str) -> list[tuple[KeyPath, Any]]:
    """Return (path, value) for every place that ``pattern`` leads to, in the order of the data.

    Keys are joined by dots; ``*`` stands for every item of a list and every value of a mapping: ``impact.phases.*.from``.
    """
    steps = _steps(pattern)
    if isinstance(value, dict) and steps[0] not in value and steps[0] != "*":
        return []  # most patterns lead nowhere in most files
    found: list[tuple[KeyPath, Any]] = [((), value)]
    for step in steps:
        if step == "*":
            found = [((*path, inner), item) for path, outer in found for inner, item in _items(outer)]
        else:
            found = [((*path, step), outer[step]) for path, outer in found if isinstance(outer, dict) and step in outer]
        if not found:
            break
    return found


def _items(value: Any) -> Iterable[tuple[str | int, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()


def texts(value: Any, pattern: str) -> Iterator[tuple[KeyPath, str]]:
    """Yield what `find` does where it is text."""
    for path, found in find(value, pattern):
        if isinstance(found, str):
            yield path, found


def all_texts(value: Any, patterns: Sequence[str]) -> Iterator[tuple[KeyPath, str]]:
    """Yield the texts of several patterns, one after the other."""
    for pattern in patterns:
        yield from texts(value, pattern)


def at(value: Any, path: KeyPath) -> Any:
    """Return what stands at ``path``; None where it leads nowhere."""
    for step in path:
        if isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


@functools.cache
def _steps(pattern: str) -> tuple[str, ...]:
    return tuple(pattern.split("."))
