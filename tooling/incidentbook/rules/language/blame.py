"""A sentence that blames somebody.

What it checks
    Titles, summaries, timelines, causes, action items and the Markdown of post-mortems, in English: no sentence judges a person
    or a team ("carelessly", "failed to", "forgot", "the fault of"). Imported records keep the words that others chose, as do
    quotations, code and chat logs.

Why it matters
    Who reads that a colleague was careless learns to keep quiet next time, and the weakness that let it through stays unnamed.

Bad example
    # postmortems/2025/INC-2025-001.md
    summary: The engineer forgot to renew the certificate and the site went down.

Good example
    # postmortems/2025/INC-2025-001.md
    summary: The certificate expired, as nothing reminds anybody of the day on which it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.language import _flags

CODE = "IB801"
NAME = "blame"
SUMMARY = "A sentence blames somebody"
GRADE = Grade.WARNING
KINDS = _flags.KINDS


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the words that blame."""
    yield from _flags.hits(entry, context, "blame")
