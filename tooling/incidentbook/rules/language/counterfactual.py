"""A sentence about what people should have done.

What it checks
    The same texts as `blame`: no sentence argues by what somebody should, could or ought to have done, or by what would
    not have happened if they had. What a machine should have done is left alone.

Why it matters
    It describes an incident that did not happen. Why the thing that did happen made sense at the time is the part from which
    others can learn.

Bad example
    # postmortems/2025/INC-2025-001.md
    summary: The on-call engineer should have checked the replica before the promotion.

Good example
    # postmortems/2025/INC-2025-001.md
    summary: The replica was promoted while it lagged, because the console shows no lag during a failover.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.language import _flags

CODE = "IB802"
NAME = "counterfactual"
SUMMARY = "A sentence argues by what people should have done"
GRADE = Grade.WARNING
KINDS = _flags.KINDS


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the words that tell of what did not happen."""
    yield from _flags.hits(entry, context, "counterfactual")
