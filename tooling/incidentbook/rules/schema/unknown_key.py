"""A key that means nothing where it stands.

What it checks
    Every key is one that the schema knows at this place. Keys that start with `x-` are yours and may hold anything.

Why it matters
    A misspelt key is silently without effect: an `ownr` is nobody, a `resolvd` never happened.

Bad example
    # incidents/2025/INC-2025-001.yml
    sumary: The database stood still.

Good example
    # incidents/2025/INC-2025-001.yml
    summary: The database stood still.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from incidentbook import schema
from incidentbook.entry import Entry
from incidentbook.finding import Fix, Grade
from incidentbook.rules import Hit, Place, mistakes, offers, words
from incidentbook.rules.context import Context
from incidentbook.rules.mistakes import Mistake

CODE = "IB102"
NAME = "unknown-key"
SUMMARY = "A key means nothing where it stands"
GRADE = Grade.ERROR
FIX = """\
A key that differs from exactly one known key in nothing but case, blanks, hyphens and underscores is written as that one:
`Support-Tickets` as `support_tickets`. Levels of disclosure are left alone: no fix changes who may read a record."""


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every unknown key, with the key that was probably meant."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.UNKNOWN):
        place = Place(entry, mistake.path, key=True)
        if mistake.error.keyword == "false":
            yield Hit(
                place, f"`{mistake.key}` does not go together with what stands beside it", "Remove one of the two."
            )
            continue
        parent = mistake.path[:-1]
        known = list(mistake.error.schema["properties"])
        meant = words.close(mistake.key, [key for key in known if key not in mistake.error.instance])
        message = f"`{mistake.key}` is not a key of {words.thing(entry.kind, parent)}"
        if meant is not None:
            fix = _renamed(entry, mistake, known)
            yield Hit(place, f"{message}; did you mean `{meant}`?", fix=fix)
            continue
        belongs = _belongs(entry.kind, parent, mistake.key, known)
        hint = f"It belongs below `{belongs}`." if belongs else f"Known keys: {words.listing(known, 30)}."
        yield Hit(place, message, f"{hint} Keys of your own start with `x-`.")


def _renamed(entry: Entry[Any], mistake: Mistake, known: list[str]) -> Fix | None:
    """Offer the key that is meant; None where it is there already, in whatever spelling."""
    meant = words.canonical(mistake.key, known)
    if meant is None or sum(words.canonical(key, [meant]) is not None for key in mistake.error.instance) > 1:
        return None
    return offers.word(entry, mistake.path, meant, key=True)


def _belongs(kind: str, parent: tuple[str | int, ...], key: str, siblings: list[str]) -> str:
    """Return the sibling below which ``key`` is known, or nothing."""
    for sibling in siblings:
        described: Mapping[str, Any] = schema.describe(kind, (*parent, sibling))
        if key in described.get("properties", {}) and "at" not in described["properties"]:
            return sibling
    return ""
