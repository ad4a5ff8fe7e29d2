"""What a proposed change to a knowledge base comes to: records, figures, promises and clocks, before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from incidentbook import alterations, hindsight, restatement
from incidentbook.alterations import Edit
from incidentbook.duties import reviews
from incidentbook.duties.reviews import Owed
from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.action_item import ActionItem, Occurrence
from incidentbook.repository import Repository
from incidentbook.restatement import Restatement

if TYPE_CHECKING:
    from incidentbook.outputs import pr_summary as printed

_SHOWN = 200  # characters of a description


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
        """What is not as it was: status, owner, due day, waiver, occurrences, words; of a new one what it has.

        Whoever commits to an item reads by whom and until when, also where that stood there before.
        """
        promised = ("owner", "due") if self.what == "committed" else ()
        pairs = zip(_facts(self.before), _facts(self.after), strict=True)
        found = []
        for (name, old), (_, new) in pairs:
            if old != new:
                found.append(f"{name} {new}" if not old else f"{name} {old} → {new or 'none'}")
            elif name in promised and new:
                found.append(f"{name} {new}")
        if self.before and self.after and self.before.title != self.after.title:
            found.append(f"title was: {self.before.title}")  # another promise, perhaps
        if self.before and self.after and self.before.description != self.after.description:
            found.append(
                f"description: {_cut(self.after.description)}" if self.after.description else "description taken out"
            )
        return found + _occurrences(self.before, self.after)

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
        tuple(alterations.edits(before, after, read=True)),
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
    item = item or ActionItem()
    days = {
        "due": next(item.open_days(), None),
        "completed": item.completed,
        "risk accepted until": item.accepted_until,
        "waived until": item.waiver.until if item.waiver else None,
    }
    return [
        ("status", item.status.label.lower() if item.status else ""),
        ("owner", item.owner),
        ("priority", item.priority),
        ("recurrence", item.recurrence),
        ("kind", item.kind),
        ("factors", " ".join(item.factors)),
        ("evidence", " ".join(f"{one.kind}:{one.ref}" for one in item.evidence)),
        ("reason", item.reason),
        ("issue", item.issue),
        ("disclosure", item.disclosure or ""),
        *((name, str(day) if day else "") for name, day in days.items()),
    ]


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _occurrences(before: ActionItem | None, after: ActionItem | None) -> list[str]:
    """Return what became of single occurrences, in the order of their days."""
    old, new = (
        {one.due: one for one in (item.occurrences if item else ()) if one.due and one.settled}
        for item in (before, after)
    )
    days = sorted(day for day in old.keys() | new.keys() if old.get(day) != new.get(day))
    return [f"occurrence of {day} {_became(new.get(day))}" for day in days]


def _became(told: Occurrence | None) -> str:
    if told is None:
        return "owed again"
    return f"done on {told.completed}" if told.completed else f"left out: {told.reason}"
