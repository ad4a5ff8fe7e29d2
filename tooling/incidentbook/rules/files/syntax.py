"""A file that cannot be read, or that YAML readers would read in different ways.

What it checks
    Every record, front matter and policy file is UTF-8 text and YAML 1.2: no key twice, no tabs as indentation, one document in
    a file, no tags, no merge keys, front matter that is closed, nothing nested or repeated without end, no file of more than
    5 MB, no infinity for a number.

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

import math
import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, KeyPath, Place, words
from incidentbook.rules.context import Context
from incidentbook.source import NO_DATA_HINT

CODE = "IB001"
NAME = "syntax"
SUMMARY = "A file is not readable as YAML 1.2"
GRADE = Grade.ERROR
_UNLIMITED = re.compile(r"\.(?:nan|inf)\b|[0-9.]e\+?[0-9]{3}", re.IGNORECASE)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield every problem that reading the text has met."""
    del context
    for problem in entry.document.problems:
        yield Hit(Place(entry, span=problem.span), problem.message, problem.hint)
    if entry.document.value is None and not entry.document.problems:  # `null`, or `---` and nothing below
        yield Hit(Place(entry), "The file holds no data", NO_DATA_HINT)
    if _UNLIMITED.search(entry.document.text, entry.document.yaml_offset, entry.document.yaml_end):
        for path in _without_end(entry.document.value, ()):
            written = getattr(entry.document.node(path), "value", "")
            message = f"`{words.shown(written)}` is no number that a record can hold"
            yield Hit(Place(entry, path), message, "Write the number, or leave the key out.")


def _without_end(value: object, path: KeyPath) -> Iterator[KeyPath]:
    """Yield where infinity and what is no number stand: no figure can be made of them."""
    if isinstance(value, dict | list):
        for step, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _without_end(item, (*path, step))
    elif isinstance(value, float) and not math.isfinite(value):
        yield path
