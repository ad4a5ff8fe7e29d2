"""A post-mortem that comes later than policy allows.

What it checks
    Where `policy/severities.yml` says `postmortem: required`, the post-mortem is held (published, where no day of holding it is
    given; scheduled, where it lies ahead) within `postmortem_within` after the incident was resolved. A draft that is neither
    held nor published is late once that time has passed. Of several incidents, the one resolved last counts. Skipped ones
    are IB508's question; whether there is a post-mortem at all is IB501's. One that was held late is told without failing the
    run, since nobody can change it any more.

Why it matters
    After a week people remember the story and no longer what they knew at the time, and that is what is to be learnt from.

Bad example
    # postmortems/2025/INC-2025-001.md
    held: 2025-01-25

Good example
    # postmortems/2025/INC-2025-001.md
    held: 2025-01-16
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.duties import postmortems
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import utc_text
from incidentbook.records.time import words as duration
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB506"
NAME = "postmortem-late"
SUMMARY = "A post-mortem comes later than policy allows"
GRADE = Grade.WARNING
KINDS = ("postmortem",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the day that is too late, or at the status of what is only a draft."""
    postmortem = entry.record
    if not isinstance(postmortem, Postmortem) or postmortem.status == "skipped":
        return
    due = postmortems.due(postmortem, context.incident, context.policy(Severities), context)
    late = postmortems.late(postmortem, due.at, context) if due else None
    if due is None or late is None:
        return
    key, said = late
    allowed = f"policy asks for it within {duration(due.within.total_seconds())} after {due.incident} was resolved"
    message = f"This post-mortem {said}: {allowed}, by {utc_text(due.at)}"
    hint = "Hold it now; two pages in time are worth more than ten later." if key == "status" else ""
    past = Grade.INFO if key in ("held", "published") else None
    yield Hit(Place(entry, (key,)), message, hint or "Choose an earlier day, or correct this one.", grade=past)
