"""A value that is empty, too long, too small, too large, or given twice in its list.

What it checks
    Texts and lists that must not be empty, numbers within their bounds (a share from 0 to 1, a per cent from 0 to 100), and
    lists that name nothing twice.

Why it matters
    A figure made of a share of 95 instead of 0.95 is wrong by a factor of a hundred, and looks right.

Bad example
    # incidents/2025/INC-2025-001.yml
    classification: {customers_affected_pct: 120}

Good example
    # incidents/2025/INC-2025-001.yml
    classification: {customers_affected_pct: 100}
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from incidentbook import schema
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, mistakes, words
from incidentbook.rules.context import Context

CODE = "IB106"
NAME = "wrong-size"
SUMMARY = "A value is empty, out of bounds, or given twice"
GRADE = Grade.ERROR
_BOUNDS = {
    "minimum": "has to be at least",
    "maximum": "has to be at most",
    "exclusiveMinimum": "has to be more than",
}


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every value of the wrong size; at the second of two equal items."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.SIZE):
        error, subject = mistake.error, words.sentence(words.subject(mistake.path))
        if isinstance(error.instance, float) and not math.isfinite(error.instance):
            continue  # IB001 has said it
        if error.keyword == "uniqueItems":
            index = _repeated(error.instance)
            message = f"{subject} names `{words.shown(error.instance[index])}` twice"
            yield Hit(Place(entry, (*mistake.path, index)), message, "Remove one of the two.")
            continue
        why = ""
        if error.condition is not None:
            why = f": {mistakes.reason(error.condition, entry.document.value, entry.kind)[0]} needs more"
        yield Hit(Place(entry, mistake.path), f"{subject} {_words(error.keyword, error.expected, error.instance)}{why}")


def _words(keyword: str, expected: Any, instance: Any) -> str:
    if keyword in _BOUNDS:
        return f"{_BOUNDS[keyword]} {expected}, and it is {words.shown(instance)}"
    if keyword == "maxLength":
        return f"is longer than {expected:,}: it has {len(instance):,}"
    return "is empty"  # where the schemas ask for a least size, it is one


def _repeated(items: list[Any]) -> int:
    """Return the index of the first item that stands there already."""
    first: dict[str, int] = {}
    return next(i for i, item in enumerate(items) if first.setdefault(schema.canonical(item), i) != i)
