"""Action items at "now": how many bind somebody, how many are done, late, or late with a waiver."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.figures import Figure
from incidentbook.metrics import Scope

ORDER = 70
GROUP = "Follow-through"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the numbers of committed, overdue, waived and finished items of the whole knowledge base."""
    items = [item for _, _, item in scope.repo.action_items() if item.status is not None]
    committed = [item for item in items if item.status is not None and item.status.committed]
    finished = [item for item in committed if item.status is not None and item.status.finished]
    late = [item for item in committed if item.late(scope.now, scope.repo.zone)]
    overdue = [item for item in late if item.overdue(scope.now, scope.repo.zone)]
    left = len(items) - len(committed)
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
            key, name, "count", value, f'{definition}, at "now", whatever the window', n=len(committed),
            excluded={"proposed or cancelled": left} if left else {},
        )  # fmt: skip
