"""Action items of the window, by the days that are in them: opened, closed, and kept to their due day.

An item carries no day on which it was made, so that of its post-mortem stands for it. What only the history of the repository
knows (when a status was set, how often a due day was moved) is told by `inc history` and the burn-down.
"""

from __future__ import annotations

import bisect
import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from incidentbook.figures import Figure
from incidentbook.frozen import frozen
from incidentbook.metrics import Scope
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import end_of_day

ORDER = 72
GROUP = "Follow-through"
WHOLE = True
_UNSAID = "unsaid"
_ON_TIME = (
    "committed items, and occurrences of recurring ones, whose due day ended in the window, and that were done by then"
)


@frozen
class Promise:
    """A committed item with the post-mortem that holds it."""

    postmortem: Postmortem
    item: ActionItem

    @property
    def opened(self) -> dt.date | None:
        """The day of its post-mortem."""
        return self.postmortem.held or self.postmortem.published

    @property
    def finished(self) -> bool:
        """Whether the work is done."""
        return self.item.status is not None and self.item.status.finished


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield how many items were opened and closed in the window, and the share of those that came due that was done by then."""
    promises = scope.once("committed items", lambda: _committed(scope))
    yield _dated(
        scope, "actions-opened", "Action items opened",
        "committed items whose post-mortem was held (or published, where no day is given) in the window",
        lambda: [promise.opened for promise in promises],
    )  # fmt: skip
    yield _dated(
        scope, "actions-closed", "Action items closed", "items that were done or verified in the window, by their `completed`",
        lambda: [promise.item.completed for promise in promises if promise.finished],
    )  # fmt: skip
    last = min(scope.window.end, scope.now).astimezone(scope.repo.zone).date()
    yield from _on_time(
        scope,
        [
            Promise(promise.postmortem, turn)
            for promise in promises
            for turn in promise.item.turns(last)
            if turn.status is not ActionStatus.CANCELLED
        ],
    )


def _committed(scope: Scope) -> list[Promise]:
    return [
        Promise(entry.record, item)
        for entry, _, item in scope.repo.action_items()
        if entry.record and item.status and item.status.committed
    ]


def _dated(scope: Scope, key: str, name: str, definition: str, days: Callable[[], list[dt.date | None]]) -> Figure:
    """Return how many ``days`` are in the window; that is where their first instants are, so that each is in one window only."""

    def begun() -> tuple[list[dt.datetime], int]:
        all_days = days()
        known = [end_of_day(day, scope.repo.zone) - dt.timedelta(days=1) for day in all_days if day is not None]
        return sorted(known), len(all_days) - len(known)

    begins, missing = scope.once(key, begun)
    value = bisect.bisect_left(begins, scope.window.end) - bisect.bisect_left(begins, scope.window.start)
    return Figure(key, name, "count", value, definition, n=len(begins), missing=missing)


def _on_time(scope: Scope, promises: list[Promise]) -> Iterator[Figure]:
    """Yield the share that was done by its due day: of all that came due in the window, by priority and by owner."""
    came_due = [promise for promise in promises if _came_due(scope, promise.item)]
    yield _share(scope, "actions-on-time", "Action items done on time", came_due, detail=False)
    kinds: tuple[tuple[str, Callable[[ActionItem], str], Callable[[str], str]], ...] = (
        ("priority", lambda item: item.priority, lambda label: f"priority {label}"),
        ("owner", lambda item: item.owner, scope.repo.knowledge_base.team_name),
    )
    for kind, label_of, name_of in kinds:
        groups: dict[str, list[Promise]] = defaultdict(list)
        for promise in came_due:
            groups[label_of(promise.item) or _UNSAID].append(promise)
        for label in sorted(groups, key=lambda label: (-len(groups[label]), label)):
            name = f"Action items done on time, {f'no {kind}' if label == _UNSAID else name_of(label)}"
            yield _share(scope, f"actions-on-time.{kind}.{label}", name, groups[label], detail=True)


def _share(scope: Scope, key: str, name: str, promises: list[Promise], *, detail: bool) -> Figure:
    zone = scope.repo.zone
    dated = [promise for promise in promises if not (promise.finished and promise.item.completed is None)]
    accepted = [promise for promise in dated if promise.item.accepted_until is not None and not promise.finished]
    judged = [promise for promise in dated if promise not in accepted]
    kept = sum(1 for promise in judged if _kept(promise))
    waived = sum(1 for promise in judged if not promise.finished and promise.item.waived(scope.now, zone))
    more: dict[str, Any] = {
        "missing": len(promises) - len(dated),
        "excluded": {"accepted as a risk": len(accepted)} if accepted else {},
        "note": f"{waived} late with a waiver" if waived else "",
    }
    return Figure.estimated(
        key, name, "percent", scope.share(kept, len(judged)),
        _ON_TIME, detail=detail, **more,
    )  # fmt: skip


def _kept(promise: Promise) -> bool:
    item = promise.item
    return promise.finished and item.completed is not None and item.due is not None and item.completed <= item.due


def _came_due(scope: Scope, item: ActionItem) -> bool:
    """Whether its due day ended in the window; one that is due on the window's last day came due in it."""
    if item.due is None:
        return False
    end = end_of_day(item.due, scope.repo.zone)
    return scope.window.start < end <= min(scope.window.end, scope.now)
