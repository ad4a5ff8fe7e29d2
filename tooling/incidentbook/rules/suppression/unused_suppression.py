"""A suppression that keeps nothing back.

What it checks
    For every rule that a comment `# inc: ignore[…] reason` names, there is a finding that it keeps back. It is judged only where
    all rules that the word names have run and none has failed.

Why it matters
    A suppression that is left behind keeps back the next mistake at its place, which nobody has looked at.

Bad example
    # incidents/2025/INC-2025-001.yml (whole)
    # inc: ignore[IB401] the service is called so in the old inventory
    id: INC-2025-001

Good example
    # incidents/2025/INC-2025-001.yml
    title: This one has no suppression to begin with
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from incidentbook import rules
from incidentbook.entry import Entry
from incidentbook.finding import Fix, Grade
from incidentbook.rules import Hit, Place, suppressions
from incidentbook.rules.context import Context

CODE = "IB012"
NAME = "unused-suppression"
SUMMARY = "A suppression keeps nothing back"
GRADE = Grade.WARNING
_KEEPS = re.compile(r"[|>][1-9]?\+")
FIX = "Takes the word out, and the comment with it where it names no other rule."


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield every rule that a suppression names; `rules.settle` takes those away that keep something back, or may do so."""
    # none where a text keeps its blank lines, which would go on where the comment has ended it
    mendable = suppressions.MARK in entry.document.text and _KEEPS.search(entry.document.text) is None
    means_something = functools.cache(lambda word: bool(suppressions.named(word, rules.discover())))
    for suppression in suppressions.of_file(entry, context):
        if not suppression.reason:
            continue
        for word, removal in zip(suppression.words, suppression.removals, strict=True):
            if means_something(word.text):
                where = "in this file" if suppression.whole else "here"
                message = f"There is nothing {where} that `{word.text}` would keep back"
                alone = len(suppression.words) == 1
                hint = "Take the comment out." if alone else f"Take `{word.text}` out of the comment."
                yield Hit(
                    Place(entry, span=word.span),
                    message,
                    hint,
                    fix=Fix(hint.removesuffix("."), (removal,)) if mendable and removal else None,
                )
