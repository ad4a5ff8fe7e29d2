"""A text that names a record which its readers may not see.

What it checks
    Texts and Markdown name no incident (`INC-…`) whose level is narrower than the text's own. Links in fields (`links`,
    `incidents`, `field_disclosure` and the like) are left alone: a view takes those out by itself.

Why it matters
    The number alone tells that there was an incident, and when. Text is published as it was written.

Bad example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: A key was exposed
    status: declared
    severity: sev1
    disclosure: restricted
    milestones: {started: 2025-01-15T02:30:00Z}

    # incidents/2025/INC-2025-001.yml
    summary: Every request failed, as in INC-2025-002.

Good example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: A key was exposed
    status: declared
    severity: sev1
    disclosure: restricted
    milestones: {started: 2025-01-15T02:30:00Z}

    # incidents/2025/INC-2025-001.yml
    summary: Every request failed.
    links: {related: [INC-2025-002]}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.rules.safety import _levels

CODE = "IB909"
NAME = "hidden-record"
SUMMARY = "A text names a record that its readers may not see"
GRADE = Grade.WARNING
KINDS = ("incident", "postmortem", "playbook")
_ID = re.compile(r"(?<![\w/-])INC-[0-9]{4}-[0-9]{3,}(?![\w-])")
_LIKE_AN_ID = re.compile(r"INC-[0-9]{4}-[0-9]{3,}")  # begins with letters, so that it is found ten times as fast
# Taken out of a view by themselves, or of no text at all.
_FIELDS = frozenset(
    ("id", "incidents", "links", "duplicate_of", "merged_into", "field_disclosure", "provenance", "ref", "url")
)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every id of a narrower record."""
    if entry.record is None:
        return
    level = _levels.of_file(context, entry)
    named = set(_LIKE_AN_ID.findall(entry.document.text))
    narrower = {name: hidden for name in named if (hidden := context.level(name)) and hidden.rank > level.rank}
    for passage, reader in _levels.texts(context, entry) if narrower else ():
        if _FIELDS.intersection(step for step in passage.path if isinstance(step, str)):
            continue
        for match in _ID.finditer(passage.text):
            hidden = narrower.get(match[0], reader)
            if reader.rank < hidden.rank:
                message = f"{match[0]} is {hidden}, and this text is {reader}"
                place = Place(context.incidents(match[0])[0], ("disclosure",), message="the narrower record")
                hint = "Say it without the number, and link the record under `links`."
                yield Hit(passage.place(*match.span()), message, hint, related=(place,))
