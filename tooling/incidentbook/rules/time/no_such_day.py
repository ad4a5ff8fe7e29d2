"""A day that does not exist, or a text that is no day.

What it checks
    Due dates, review dates and the like are a day of the calendar, written as year, month and day: `2025-01-16`.

Why it matters
    Nothing can be overdue on 30 February: a promise with a day that does not exist is never called in.

Bad example
    # postmortems/2025/INC-2025-001.md
    scheduled: 2030-02-30

Good example
    # postmortems/2025/INC-2025-001.md
    scheduled: 2030-02-28
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.finding import Grade
from incidentbook.repository import Entry
from incidentbook.rules import Hit, Place, mistakes, words
from incidentbook.rules.calendar_words import day_trouble
from incidentbook.rules.context import Context

CODE = "IB201"
NAME = "no-such-day"
SUMMARY = "A day does not exist, or is not written as one"
GRADE = Grade.ERROR
_FORM = "Write a day as year, month and day: 2025-01-16."


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every text that is no day, and say what is wrong with it."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.DATE):
        text = str(mistake.error.instance)
        trouble = day_trouble(text.rstrip("\n"))
        subject = words.subject(mistake.path)
        if trouble:
            yield Hit(Place(entry, mistake.path), f"{words.sentence(subject)} is {words.shown(text)}, {trouble}", _FORM)
        else:
            yield Hit(
                Place(entry, mistake.path), f"{words.sentence(subject)} is not a day: `{words.shown(text)}`", _FORM
            )
