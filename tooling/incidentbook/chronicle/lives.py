"""The lives of action items, from what Git holds of them and not from what they say of themselves."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any, NamedTuple

from incidentbook.frozen import frozen
from incidentbook.history.clock import settled
from incidentbook.history.facts import ItemFacts
from incidentbook.history.past import GONE, POSTMORTEMS, Past
from incidentbook.records.action_item import ActionItem, ActionStatus, Waiver
from incidentbook.records.time import UTC, parse_date


class Event(NamedTuple):
    """A change of an action item.

    Attributes:
        at: when the branch got it: the time of the commit, in UTC.
        place: of the commit on the line; the first is 0.
        facts: what the item says from then on; None where it was taken away.
        older: whether it was so before, as the past is cut off there: nobody knows since when.

    """

    at: dt.datetime
    place: int
    facts: ItemFacts | None
    older: bool = False

    @property
    def status(self) -> ActionStatus | None:
        """The item's status from then on."""
        return ActionStatus(self.facts.status) if self.facts and self.facts.status else None


@frozen
class ActionLife:
    """What became of one action item, whatever file it stood in: ``events`` has every change of what counts, the oldest first."""

    id: str
    events: tuple[Event, ...]

    @property
    def last(self) -> Event:
        """The last change."""
        return self.events[-1]

    @property
    def older(self) -> bool:
        """Whether it was there before the past begins that is known."""
        return self.events[0].older

    @property
    def created(self) -> dt.datetime | None:
        """When it was first written down; None where that is before the past that is known."""
        return None if self.older else self.events[0].at

    @property
    def committed(self) -> dt.datetime | None:
        """When it first bound somebody; None where it never has, and where nobody knows."""
        bound = (event for event in self.events if event.older or (event.status and event.status.committed))
        first = next(bound, None)
        return None if first is None or first.older else first.at

    @property
    def closed(self) -> dt.datetime | None:
        """Since when it has been done, verified or cancelled; None where it is not."""
        return self._since(_is_closed)

    @property
    def reopened(self) -> tuple[dt.datetime, ...]:
        """When it was done or cancelled, and then was not any more."""
        states = [event for event in self.events if event.facts]
        pairs = itertools.pairwise(states)
        return tuple(after.at for before, after in pairs if _is_closed(before) and not _is_closed(after))

    @property
    def status_since(self) -> dt.datetime:
        """Since when it has had the status that it has (or been away)."""
        last = self.last
        since = self._since(lambda event: event.status is last.status and (event.facts is None) == (last.facts is None))
        return since or last.at

    @property
    def at_least(self) -> bool:
        """Whether it has had its status since `status_since` at the latest, and perhaps for longer."""
        return self.older and self.status_since == self.events[0].at

    @property
    def due_moved(self) -> int:
        """How often its due day was changed after it had been committed to."""
        bound = [event.facts for event in self.events if event.facts and event.status and event.status.committed]
        return sum(before.due != after.due for before, after in itertools.pairwise(bound) if before.due)

    def at(self, moment: dt.datetime) -> Event | None:
        """Return the event after which it stood as it did at ``moment``; None before it was first written."""
        then = self.until(moment)
        return then.last if then else None

    def until(self, moment: dt.datetime) -> ActionLife | None:
        """Return its life up to ``moment``: itself where that is all of it, None before it was first written."""
        place = bisect.bisect_right([event.at for event in self.events], moment)
        return self if place == len(self.events) else ActionLife(self.id, self.events[:place]) if place else None

    def _since(self, holds: Any) -> dt.datetime | None:
        """Return since when something has held without a break up to now; None where it does not."""
        since = None
        for event in reversed(self.events):
            if not holds(event):
                break
            since = event.at
        return since


@frozen
class Lives:
    """All action items that there ever were.

    Attributes:
        items: their lives by their id, in the order in which they were first written.
        left_out: how many were left out, by reason.
        begins: the time of the first commit that is known; None without one.

    """

    items: Mapping[str, ActionLife] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    begins: dt.datetime | None = None


def item_of(facts: ItemFacts) -> ActionItem:
    """Return the facts as an action item, so that one place says what is late."""
    days = (parse_date(facts.turn or facts.due), parse_date(facts.accepted_until), parse_date(facts.completed))
    waived = parse_date(facts.waived_until)
    return ActionItem(
        id=facts.id, priority=facts.priority, owner=facts.owner, due=days[0], accepted_until=days[1], completed=days[2],
        status=ActionStatus(facts.status) if facts.status else None, waiver=Waiver(until=waived) if waived else None,
    )  # fmt: skip


def lives(past: Past, until: dt.datetime | None = None) -> Lives:
    """Return the life of each action item in ``past``, or in what of it was there at some instant.

    An item is one by its id: one that moves to another file goes on. While a file cannot be read, what was last known of it
    stands. Of several files that hold an id the first by its path counts.
    """
    seconds, cut = settled(past.times), 0 if past.shortened else -1
    places = len(seconds) if until is None else bisect.bisect_right(seconds, until.timestamp())
    items = [ItemFacts._make(row) for row in past.items.read()]
    events: dict[str, list[Event]] = {}
    missing: set[tuple[int, int]] = set()
    for place, name, number in _changes(past, places, missing):
        facts = None if number is None else items[number]
        said = events.get(name)
        if said is None:
            said = events[name] = []
        if facts != (said[-1].facts if said else None):
            said.append(Event(dt.datetime.fromtimestamp(seconds[place], UTC), place, facts, place == cut))
    found = {name: ActionLife(name, tuple(said)) for name, said in events.items() if said}
    left_out = Counter({"without an id": len(missing)} if missing else {})
    return Lives(found, dict(left_out), dt.datetime.fromtimestamp(seconds[0], UTC) if seconds else None)


def _changes(past: Past, places: int, missing: set[tuple[int, int]]) -> Iterator[tuple[int, str, int | None]]:
    """Yield the place of one of the first commits, the id of an item that it changed, and the number of its facts from then on.

    Items without an id go into ``missing``, each with its file.
    """
    rows, ids = past.postmortems.read(), [row[0] for row in past.items.read()]
    wanted = [path.startswith(POSTMORTEMS) for path in past.paths]
    holding: dict[int, list[int]] = {}  # what each file holds
    homes: dict[str, dict[int, int]] = {}  # in which files an item stands
    touched: dict[str, None] = {}
    now = -1
    for place, path, number in zip(past.at, past.path, past.number, strict=True):
        if place >= places:
            break
        if not wanted[path] or (number < 0 and number != GONE):
            continue
        if place != now:
            yield from _told(past, now, touched, homes)
            now, touched = place, {}
        before, after = holding.get(path, []), rows[number][2] if number >= 0 else []
        if before == after:
            continue
        holding[path] = after
        for item in before:
            homes[ids[item]].pop(path, None)
            touched[ids[item]] = None
        for item in after:
            name = ids[item]
            homes.setdefault(name, {}).setdefault(path, item)  # of two with the same id the first counts
            touched[name] = None
            if not name:
                missing.add((path, item))
    yield from _told(past, now, touched, homes)


def _told(
    past: Past, place: int, touched: Mapping[str, None], homes: Mapping[str, Mapping[int, int]]
) -> Iterator[tuple[int, str, int | None]]:
    for name in touched:
        found = homes[name]
        if name:
            home = min(found, key=past.paths.__getitem__) if len(found) > 1 else next(iter(found), None)
            yield place, name, None if home is None else found[home]


def _is_closed(event: Event) -> bool:
    return event.status is not None and (event.status.finished or event.status is ActionStatus.CANCELLED)
