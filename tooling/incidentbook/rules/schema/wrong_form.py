"""A text that is not of the form asked for: an id, a slug, a duration, an address.

What it checks
    Ids look like `INC-2025-001`, slugs like `public-api`, durations like `30m`, currencies like `USD`. Days and times have rules
    of their own.

Why it matters
    Other files refer to these texts, and figures are computed from them.

Bad example
    # incidents/2025/INC-2025-001.yml
    services: [Public API]

Good example
    # incidents/2025/INC-2025-001.yml
    services: [public-api]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Fix, Grade
from incidentbook.rules import Hit, Place, mistakes, offers, words
from incidentbook.rules.context import Context
from incidentbook.rules.mistakes import Mistake

CODE = "IB105"
NAME = "wrong-form"
SUMMARY = "A text does not have the form that is asked for"
GRADE = Grade.ERROR
FIX = """\
Blanks and line ends around a text that may have none are taken away, and what has to be in capitals, such as an incident's id, is
written in capitals."""
_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every text, or key, of the wrong form, with the form that is asked for."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.FORM):
        error = mistake.error
        found = str(error.instance)
        hint = str(error.schema["patternErrorMessage"])
        if error.expected == _SLUG and words.slug(found):
            hint += f" For example `{words.slug(found)[:64]}`."
        if mistake.key:
            yield Hit(
                Place(entry, mistake.path, key=True),
                f"The key `{words.shown(found)}` does not have the right form",
                hint,
            )
            continue
        subject = words.sentence(words.subject(mistake.path))
        ending = (
            "ends in a line end" if error.keyword == "not" and found.endswith("\n") else "does not have the right form"
        )
        fix = _trimmed(entry, mistake, found)
        yield Hit(Place(entry, mistake.path), f"{subject} {ending}: `{words.shown(found)}`", hint, fix=fix)


def _trimmed(entry: Entry[Any], mistake: Mistake, found: str) -> Fix | None:
    """Offer the text without what stands around it, or in capitals, where that has the right form."""
    pattern = mistake.error.schema["pattern"]
    for text in (found.strip(), found.strip().upper()):
        if text != found and re.search(pattern, text):
            return offers.word(entry, mistake.path, text)
    return None
