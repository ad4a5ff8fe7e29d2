"""A contributing factor outside the vocabulary.

What it checks
    Every contributing factor that a post-mortem names, in its causes or on an action item, is a key of `policy/factors.yml`.

Why it matters
    Factors are counted over many incidents to see what keeps coming back. Two spellings of one factor hide it.

Bad example
    # postmortems/2025/INC-2025-001.md
    causes:
      nodes: [{id: script, factor: automation-defekt, text: The script stopped half way}]

Good example
    # postmortems/2025/INC-2025-001.md
    causes:
      nodes: [{id: script, factor: automation-defect, text: The script stopped half way}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.reference import _terms

CODE = "IB403"
NAME = "unknown-factor"
SUMMARY = "A contributing factor is not in policy/factors.yml"
GRADE = Grade.ERROR
FIX = _terms.FIX
_WHERE = {"postmortem": ("causes.nodes.*.factor", "action_items.*.factors.*")}
KINDS = tuple(_WHERE)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every factor that policy does not know."""
    return _terms.unknown(entry, context, _WHERE, "factors", "factor")
