"""A post-mortem that was skipped, which policy does not allow.

What it checks
    A post-mortem with `status: skipped` covers no incident for which `policy/severities.yml` says `postmortem: required`, unless
    that severity has `postmortem_skippable: true`.

Why it matters
    A reason is quickly found after a bad week. Where the organisation has said that it wants to learn from such incidents, it
    decides in its policy, and not one by one, which of them may go by.

Bad example
    # postmortems/2025/INC-2025-001.md (whole)
    ---
    incidents: [INC-2025-001]
    status: skipped
    skip_reason: Same causes as the one before
    ---

Good example
    # postmortems/2025/INC-2025-001.md (whole)
    ---
    incidents: [INC-2025-001]
    status: published
    held: 2025-01-16
    ---
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.duties import postmortems
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB508"
NAME = "postmortem-skipped"
SUMMARY = "A post-mortem was skipped that policy asks for"
GRADE = Grade.ERROR
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the status of one that was skipped and may not be."""
    postmortem = entry.record
    if not isinstance(postmortem, Postmortem) or postmortem.status != "skipped":
        return
    incident = postmortems.unskippable(postmortem, context.incident, context.policy(Severities), context.zone)
    if incident is None or incident.severity is None:
        return
    asks = Place(
        context.policies["severities"],
        ("severities", incident.severity.value, "postmortem"),
        message="policy asks here",
    )
    message = f"{incident.id} is {incident.severity}, and policy lets no post-mortem of such an incident be skipped"
    hint = "Hold it; or let `postmortem_skippable: true` in policy/severities.yml say that a reason is enough."
    yield Hit(Place(entry, ("status",)), message, hint, related=(asks,))
