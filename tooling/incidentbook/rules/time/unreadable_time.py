"""A time that does not exist, or lacks its day or its offset.

What it checks
    Every time is RFC 3339 with an offset from UTC: `2025-01-15T02:30:00Z` or `2025-01-15T03:30:00+01:00`. A time alone (`02:30`),
    a day alone, a time without offset, a month 13 and an hour 24 are not times.

Why it matters
    Every figure is a difference of two times. Without an offset nobody can say how long an outage was when the clocks changed.

Bad example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: "02:30"}

Good example
    # incidents/2025/INC-2025-001.yml
    milestones: {started: 2025-01-15T02:30:00Z}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.finding import Grade
from incidentbook.repository import Entry
from incidentbook.rules import Hit, Place, mistakes, words
from incidentbook.rules.calendar_words import time_trouble
from incidentbook.rules.context import Context

CODE = "IB202"
NAME = "unreadable-time"
SUMMARY = "A time does not exist, or lacks its day or its offset"
GRADE = Grade.ERROR


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every text that is no time, and say what is wrong with it."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.TIME):
        text = str(mistake.error.instance)
        trouble, hint = time_trouble(text)
        yield Hit(
            Place(entry, mistake.path),
            f"{words.sentence(words.subject(mistake.path))} {trouble}: `{words.shown(text)}`",
            hint,
        )
