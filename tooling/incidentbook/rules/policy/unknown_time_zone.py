"""A time zone that does not exist.

What it checks
    `time_zone` in `policy/knowledge-base.yml` is a name of the IANA time zone database, such as `Europe/Lisbon` or `UTC`.

Why it matters
    A day ends in this zone: due dates, deadlines and monthly figures depend on it. An unknown zone is read as UTC.

Bad example
    # policy/knowledge-base.yml
    time_zone: Europe/Lisboa

Good example
    # policy/knowledge-base.yml
    time_zone: Europe/Lisbon
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, mistakes, walk, words
from incidentbook.rules.context import Context

CODE = "IB502"
NAME = "unknown-time-zone"
SUMMARY = "The knowledge base's time zone does not exist"
GRADE = Grade.ERROR
KINDS = ("knowledge-base",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at a zone that this machine's time zone database does not hold."""
    if context.zone.key == entry.document.value.get("time_zone") if isinstance(entry.document.value, dict) else True:
        return
    if any(mistake.path == ("time_zone",) for mistake in mistakes.of(entry, context, mistakes.Kind.FORM)):
        return  # IB105 has said it
    for path, name in walk.texts(entry.document.value, "time_zone"):
        meant = words.suggestion(name, sorted(zoneinfo.available_timezones()))
        yield Hit(
            Place(entry, path),
            f"There is no time zone `{words.shown(name)}`{meant}",
            "Use a name such as Europe/Lisbon or UTC.",
        )
