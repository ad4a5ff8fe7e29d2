"""Finding values in plain data by a pattern of keys, tolerant of every wrong shape: the schema rules report those."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KeyPath = tuple[str | int, ...]


def find(value: Any, pattern: str) -> Iterator[tuple[KeyPath, Any]]:
    """Yield (path, value) for every place that ``pattern`` leads to.

    Keys are joined by dots; ``*`` stands for every item of a list and every value of a mapping: ``impact.phases.*.from``.
    """
    yield from _find(value, _steps(pattern), ())


def texts(value: Any, pattern: str) -> Iterator[tuple[KeyPath, str]]:
    """Yield what `find` does where it is text."""
    for path, found in _find(value, _steps(pattern), ()):
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


def _find(value: Any, steps: tuple[str, ...], path: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if not steps:
        yield path, value
        return
    step, rest = steps[0], steps[1:]
    if step != "*":
        if isinstance(value, dict) and step in value:
            yield from _find(value[step], rest, (*path, step))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _find(item, rest, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _find(item, rest, (*path, key))
