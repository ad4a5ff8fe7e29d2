"""Times in the plain data of records, found without making records of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

DAY = len("2025-01-15")
_TIME = len("2025-01-15T06:00:00")
_DAYS = frozenset({"completed", "held", "published"})  # of what has been; other days are plans


def times(value: Any, key: str = "") -> Iterator[str]:
    """Yield what may be times in plain data, and the days under keys that tell of what has been."""
    if isinstance(value, str):
        if (len(value) > _TIME and value[DAY] == "T") or (len(value) == DAY and key in _DAYS):
            yield value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name != "next_update":  # a promise, which may be of a time to come
                yield from times(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from times(item, key)


def last(value: Any) -> str:
    """Return the latest day of these as it is written, whatever its offset; empty where there is none."""
    return max((text[:DAY] for text in times(value)), default="")
