"""Action items at "now": how many bind somebody, how many are done, late, or late with a waiver, and for how long."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.action_item import ActionItem

ORDER = 70
GROUP = "Follow-through"
WHOLE = True
_BUCKETS = ((7, "up to 7 days"), (30, "8 to 30 days"), (90, "31 to 90 days"))


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the numbers of committed, overdue, waived and finished items of the whole knowledge base, and how late they are."""
    now, zone = scope.now, scope.repo.zone
    items = [item for _, _, item in scope.repo.action_items() if item.status is not None]
    committed = [item for item in items if item.status is not None and item.status.committed]
    finished = [item for item in committed if item.status is not None and item.status.finished]
    late = [item for item in committed if item.late(now, zone)]
    overdue = [item for item in late if item.overdue(now, zone)]
    left = len(items) - len(committed)
    excluded = {"proposed or cancelled": left} if left else {}
    rows = (
        ("actions-open", "Action items open", len(committed) - len(finished), "committed and not finished"),
        (
            "actions-overdue",
            "Action items overdue",
            len(overdue),
            "committed, not finished, due day over, no waiver holds",
        ),
        ("actions-waived", "Action items late with a waiver", len(late) - len(overdue), "late, and a waiver holds"),
        ("actions-done", "Action items finished", len(finished), "done or verified"),
    )
    for key, name, value, definition in rows:
        yield Figure(
            key, name, "count", value, f'{definition}, at "now", whatever the window', n=len(committed), excluded=excluded,
        )  # fmt: skip
    yield _ageing(scope, late)


def _ageing(scope: Scope, late: Sequence[ActionItem]) -> Figure:
    today = scope.now.astimezone(scope.repo.zone).date()
    days = sorted((today - item.last_day).days for item in late if item.last_day is not None)
    parts = dict.fromkeys([name for _, name in _BUCKETS], 0) | {"over 90 days": 0}
    for count in days:
        parts[next((name for most, name in _BUCKETS if count <= most), "over 90 days")] += 1
    return Figure(
        "actions-age",
        "Days past due, median",
        "days",
        statistics.median(days) if days else None,
        'calendar days since the due day of items that are late, those with a waiver too, at "now", whatever the window',
        n=len(days),
        parts={name: count for name, count in parts.items() if count},
        note=f"the oldest {days[-1]:,} days" if days else "",
        detail=not days,
    )
