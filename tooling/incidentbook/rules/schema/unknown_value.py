"""A value that is none of those allowed.

What it checks
    Severities, statuses, types, levels, priorities and the other closed vocabularies hold one of their words.

Why it matters
    A word outside the vocabulary is counted nowhere: a `sev-1` is no `sev1`.

Bad example
    # incidents/2025/INC-2025-001.yml
    severity: critical

Good example
    # incidents/2025/INC-2025-001.yml
    severity: sev1
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, mistakes, offers, words
from incidentbook.rules.context import Context

CODE = "IB104"
NAME = "unknown-value"
SUMMARY = "A value is none of those allowed"
GRADE = Grade.ERROR
FIX = """\
A word that differs from exactly one of those allowed in nothing but case, blanks, hyphens and underscores is written as that one:
`SEV-1` as `sev1`. Levels of disclosure are left alone: no fix changes who may read a record."""


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every value outside its vocabulary, with the word that was probably meant."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.CHOICE):
        allowed = [words.shown(value) for value in mistake.error.expected]
        found = words.shown(mistake.error.instance)
        message = f"{words.sentence(words.subject(mistake.path))} cannot be `{found}`{words.suggestion(found, allowed)}"
        hint = f"Allowed: {words.listing(allowed, 20)}."
        meant = words.canonical(found, allowed)
        fix = offers.word(entry, mistake.path, meant) if meant is not None else None
        yield Hit(Place(entry, mistake.path), message, hint, fix=fix)
