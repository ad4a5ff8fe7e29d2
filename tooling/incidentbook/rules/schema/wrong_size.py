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
from incidentbook.finding import Grade
from incidentbook.repository import Entry
from incidentbook.rules import Hit, Place, mistakes, words
from incidentbook.rules.context import Context

CODE = "IB106"
NAME = "wrong-size"
SUMMARY = "A value is empty, out of bounds, or given twice"
GRADE = Grade.ERROR


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every value of the wrong size; at the second of two equal items."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.SIZE):
        error, subject = mistake.error, words.sentence(words.subject(mistake.path))
        if isinstance(error.instance, float) and not math.isfinite(error.instance):
            continue  # IB001 has said it
        if error.keyword == "uniqueItems":
            index, twice = _repeated(error.instance)
            yield Hit(
                Place(entry, (*mistake.path, index)),
                f"{subject} names `{words.shown(twice)}` twice",
                "Remove one of the two.",
            )
            continue
        why = ""
        if error.condition is not None:
            why = f": {mistakes.reason(error.condition, entry.document.value, entry.kind)[0]} needs more"
        yield Hit(Place(entry, mistake.path), f"{subject} {_words(error.keyword, error.expected, error.instance)}{why}")


def _words(keyword: str, expected: Any, instance: Any) -> str:
    if keyword in ("minItems", "minLength", "minProperties"):
        return "is empty" if not instance else f"has {len(instance)} of at least {expected}"
    if keyword in ("maxItems", "maxLength", "maxProperties"):
        return f"is longer than {expected:,}: it has {len(instance):,}"
    bound = {
        "minimum": "has to be at least",
        "maximum": "has to be at most",
        "exclusiveMinimum": "has to be more than",
        "exclusiveMaximum": "has to be less than",
    }.get(keyword, "has to be a multiple of")
    return f"{bound} {expected}, and it is {words.shown(instance)}"


def _repeated(items: list[Any]) -> tuple[int, Any]:
    """Return the first item that stands there already, and its index."""
    seen: set[str] = set()
    for index, item in enumerate(items):
        key = schema.canonical(item)
        if key in seen:
            return index, item
        seen.add(key)
    return 0, items[0]
