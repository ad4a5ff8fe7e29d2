"""A file that cannot be read, or that YAML readers would read in different ways.

What it checks
    Every record, front matter and policy file is UTF-8 text and YAML 1.2: no key twice, no tabs as indentation, one document in
    a file, no tags, no merge keys, front matter that is closed, nothing nested or repeated without end.

Why it matters
    A file that one program reads and another refuses, or reads differently, is no record. A key given twice loses one of its
    values without a word.

Bad example
    # incidents/2025/INC-2025-001.yml (whole)
    id: INC-2025-001
    title: Checkout: every payment fails

Good example
    # incidents/2025/INC-2025-001.yml
    title: "Checkout: every payment fails"
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.finding import Grade
from incidentbook.repository import Entry
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context
from incidentbook.source import NO_DATA_HINT

CODE = "IB001"
NAME = "syntax"
SUMMARY = "A file is not readable as YAML 1.2"
GRADE = Grade.ERROR


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield every problem that reading the text has met."""
    del context
    for problem in entry.document.problems:
        yield Hit(Place(entry, span=problem.span), problem.message, problem.hint)
    if entry.document.value is None and not entry.document.problems:  # `null`, or `---` and nothing below
        yield Hit(Place(entry), "The file holds no data", NO_DATA_HINT)
