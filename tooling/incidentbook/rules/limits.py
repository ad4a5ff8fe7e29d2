"""How much of one kind is found in one file: more than anybody reads to its end, and little enough to come soon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
MOST_HITS = 500  # of one rule in one file
MOST_FIXES = 1_000  # likewise, of those that `--fix` mends; it looks again after each pass
TOO_MANY = MOST_HITS + MOST_FIXES + 100  # of one kind: its rule says for certain that it does not show them all


def until_too_many(found: Iterable[T], kind: Callable[[T], Hashable]) -> Iterator[T]:
    """Yield what is found until one kind of it is too many for its rule to show."""
    counts: Counter[Hashable] = Counter()
    for each in found:
        yield each
        counts[kind(each)] += 1
        if counts[kind(each)] >= TOO_MANY:
            return
