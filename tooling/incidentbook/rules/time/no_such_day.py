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

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.time import parse_date
from incidentbook.rules import Hit, Place, mistakes, offers, words
from incidentbook.rules.calendar_words import day_trouble
from incidentbook.rules.context import Context

CODE = "IB201"
NAME = "no-such-day"
SUMMARY = "A day does not exist, or is not written as one"
GRADE = Grade.ERROR
FIX = "A day that exists is written with two digits for its month and its day: `2025-1-5` as `2025-01-05`."
_LOOSE = re.compile(r"\s*([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\s*\Z", re.ASCII)
_FORM = "Write a day as year, month and day: 2025-01-16."


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every text that is no day, and say what is wrong with it."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.DATE):
        text = str(mistake.error.instance)
        trouble = day_trouble(text.strip())
        subject = words.subject(mistake.path)
        if trouble:
            yield Hit(Place(entry, mistake.path), f"{words.sentence(subject)} is {words.shown(text)}, {trouble}", _FORM)
        else:
            message = f"{words.sentence(subject)} is not a day: `{words.shown(text)}`"
            padded = _padded(text)
            fix = offers.word(entry, mistake.path, padded) if padded else None
            yield Hit(Place(entry, mistake.path), message, _FORM, fix=fix)


def _padded(text: str) -> str | None:
    match = _LOOSE.match(text)
    made = f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}" if match else None
    return made if parse_date(made) else None
