"""What a proposed change to a knowledge base comes to: records, figures, promises and clocks, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from incidentbook import hindsight, restatement
from incidentbook.duties import reviews
from incidentbook.duties.reviews import Owed
from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.action_item import ActionItem
from incidentbook.repository import Repository
from incidentbook.restatement import Edit, Restatement

if TYPE_CHECKING:
    from incidentbook.outputs import pr_summary as printed


@frozen
class Promise:
    """What becomes of an action item; ``before`` and ``after`` are None where it is not there."""

    before: ActionItem | None
    after: ActionItem | None

    @property
    def item(self) -> ActionItem:
        """The item as it is now, or was last."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 - a promise is in one of the two
        return found

    @property
    def what(self) -> str:
        """What becomes of it, in a word or two."""
        was, now = _binds(self.before), _binds(self.after)
        if self.after is None:
            return "taken away"
        if now and not was:
            return "committed"
        if was and not now:
            return "no longer committed"
        finished = [bool(item and item.status and item.status.finished) for item in (self.before, self.after)]
        if finished[0] != finished[1]:
            return "done" if finished[1] else "open again"
        return "proposed" if self.before is None else "changed"

    @property
    def told(self) -> list[str]:
        """What is not as it was: status, owner, due day, waiver; of a new one what it has."""
        pairs = zip(_facts(self.before), _facts(self.after), strict=True)
        found = []
        for (name, old), (_, new) in pairs:
            if old != new:
                found.append(f"{name} {new}" if not old else f"{name} {old} → {new or 'none'}")
        return found

    def plain(self) -> printed.Promise:
        """Return it for JSON."""
        return {"id": self.item.id, "title": self.item.title, "what": self.what, "told": self.told}


@frozen
class Proposal:
    """A proposed change.

    Attributes:
        edits: the records, post-mortems, playbooks and policies that are not the same.
        figures: those of the window, in both states at the same "now".
        promises: the action items that are not the same.
        clocks: the post-mortems that are owed, the first due first.

    """

    edits: tuple[Edit, ...]
    figures: Restatement
    promises: tuple[Promise, ...]
    clocks: tuple[Owed, ...]


def proposal(before: Repository, after: Repository, window: Window, now: dt.datetime) -> Proposal:
    """Return what the change from one state to another comes to, both seen at ``now``."""
    before, after = hindsight.until(before, now), hindsight.until(after, now)
    return Proposal(
        tuple(restatement.edits(before, after)),
        restatement.restate(before, after, window, now, ()),
        tuple(_promises(before, after)),
        tuple(reviews.owed(after, now)),
    )


def _promises(before: Repository, after: Repository) -> Iterator[Promise]:
    old, new = ({item.id: item for _, _, item in repo.action_items()} for repo in (before, after))
    for name in sorted(old.keys() | new.keys()):
        found = Promise(old.get(name), new.get(name))
        if found.told or found.before is None or found.after is None:
            yield found


def _binds(item: ActionItem | None) -> bool:
    return item is not None and item.status is not None and item.status.committed


def _facts(item: ActionItem | None) -> list[tuple[str, str]]:
    waiver = item.waiver.until if item is not None and item.waiver else None
    days = {"due": item.due if item else None, "completed": item.completed if item else None, "waived until": waiver}
    return [
        ("status", item.status.label.lower() if item is not None and item.status else ""),
        ("owner", item.owner if item else ""),
        ("priority", item.priority if item else ""),
        *((name, str(day) if day else "") for name, day in days.items()),
    ]
