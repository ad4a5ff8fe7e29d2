"""A suppression that does not say why.

What it checks
    Every comment that keeps a finding back (`# inc: ignore[IB801] …`, in Markdown `<!-- inc: ignore[IB801] … -->`) gives its
    reason in words. One without a reason keeps nothing back.

Why it matters
    Who meets the comment in a year has to know whether it still holds. Without a reason nobody dares to take it out.

Bad example
    # incidents/2025/INC-2025-001.yml (whole)
    id: INC-2025-001
    # inc: ignore[IB801]
    title: An engineer took the primary down by mistake

Good example
    # incidents/2025/INC-2025-001.yml (whole)
    id: INC-2025-001
    # inc: ignore[IB801] the status page put it like this
    title: An engineer took the primary down by mistake
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, suppressions
from incidentbook.rules.context import Context

CODE = "IB011"
NAME = "suppression-without-reason"
SUMMARY = "A suppression gives no reason"
GRADE = Grade.WARNING


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield every suppression that names a rule and gives no reason."""
    for suppression in suppressions.of_file(entry, context):
        if suppression.words and not suppression.reason:
            named = ",".join(word.text for word in suppression.words)
            message = "This suppression gives no reason, so it keeps nothing back"
            yield Hit(Place(entry, span=suppression.span), message, f"Say why in a few words behind `[{named}]`.")
