"""A person's name in an analysis.

What it checks
    The same texts as `blame`: no sentence says by name or handle what a person did or decided. Credit, attendance, authorship and
    assignment are left alone, below headings such as "Attendees" or "Credits" and in sentences that thank.

Why it matters
    A record outlives the evening. What matters is what anybody in that role would have seen; and a name on a public page cannot
    be taken back.

Bad example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, kind: action, text: "@jdoe restarted the primary"}

Good example
    # incidents/2025/INC-2025-001.yml
    timeline:
      - {id: t1, at: 2025-01-15T02:30:00Z, kind: action, text: The operations lead restarted the primary}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.language import _flags

CODE = "IB804"
NAME = "personal-name"
SUMMARY = "An analysis names a person"
GRADE = Grade.WARNING
KINDS = _flags.KINDS


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the name."""
    yield from _flags.hits(entry, context, "name")
