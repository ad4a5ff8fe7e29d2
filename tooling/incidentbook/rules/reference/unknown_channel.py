"""A channel that policy does not know.

What it checks
    Every channel over which a communication went, or an escalation goes, is a key of `policy/communications.yml`.

Why it matters
    Whether customers were told in time is judged by channel and audience.

Bad example
    # incidents/2025/INC-2025-001.yml
    communications:
      - {id: c1, at: 2025-01-15T02:45:00Z, audience: public, channel: statuspage, text: We are investigating}

Good example
    # incidents/2025/INC-2025-001.yml
    communications:
      - {id: c1, at: 2025-01-15T02:45:00Z, audience: public, channel: status-page, text: We are investigating}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.reference import _terms

CODE = "IB407"
NAME = "unknown-channel"
SUMMARY = "A channel is not in policy/communications.yml"
GRADE = Grade.ERROR
FIX = _terms.FIX
_WHERE = {"incident": ("communications.*.channel",), "escalation": ("escalation.*.*.by",)}
KINDS = tuple(_WHERE)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every channel that policy does not know."""
    return _terms.unknown(entry, context, _WHERE, "communications", "channel")
