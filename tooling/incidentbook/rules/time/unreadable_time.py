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

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, mistakes, offers, words
from incidentbook.rules.calendar_words import time_trouble
from incidentbook.rules.context import Context
from incidentbook.rules.whole_time import stated_zone, twice_or_never, written_out

CODE = "IB202"
NAME = "unreadable-time"
SUMMARY = "A time does not exist, or lacks its day or its offset"
GRADE = Grade.ERROR
FIX = """\
A complete time is written as RFC 3339 asks for. One without offset is taken to be local time in the `time_zone` of
`policy/knowledge-base.yml`, and is left alone where the clocks of that zone showed it twice or never."""


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every text that is no time, and say what is wrong with it."""
    for mistake in mistakes.of(entry, context, mistakes.Kind.TIME):
        text = str(mistake.error.instance)
        trouble, hint = time_trouble(text)
        zone = stated_zone(context)
        whole = written_out(text, zone)
        if zone is not None and twice_or_never(text, zone):
            hint += f" The clocks of {zone.key} were changed then: nothing but the offset says which hour is meant."
        yield Hit(
            Place(entry, mistake.path),
            f"{words.sentence(words.subject(mistake.path))} {trouble}: `{words.shown(text)}`",
            hint,
            fix=offers.word(entry, mistake.path, whole) if whole else None,
        )
